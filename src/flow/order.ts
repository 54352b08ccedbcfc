// The order in which functions are summarised: strongly connected components of the call graph, callees first
// (Tarjan 1972, iterative). A closure counts as a callee of the function that makes it.
import { Op, VarField, VarKind } from '#model/facts';
import type { Fn, Program } from './program.ts';
import { callArguments, list, opcode, operand, varField } from './program.ts';
import type { Types } from './types.ts';

export interface Order {
  /** Components, callees before callers; each sorted by function number. */
  readonly components: readonly (readonly number[])[];
  readonly componentOf: Int32Array;
  /** Functions that some expression names, other than by declaring them. */
  readonly referenced: ReadonlySet<number>;
}

export function computeOrder(program: Program, types: Types): Order {
  const referenced = new Set<number>();
  const callees = program.fns.map((fn) => calleesOf(program, types, fn, referenced));
  const n = program.fns.length;
  const componentOf = new Int32Array(n).fill(-1);
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const onStack = new Uint8Array(n);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] !== -1) continue;
    const work: { readonly v: number; next: number }[] = [{ v: root, next: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1];
      if (!top) break;
      const { v } = top;
      if (top.next === 0) {
        index[v] = low[v] = counter++;
        stack.push(v);
        onStack[v] = 1;
      }
      const w = callees[v]?.[top.next];
      if (w !== undefined) {
        top.next++;
        if (index[w] === -1) work.push({ v: w, next: 0 });
        else if (onStack[w]) low[v] = Math.min(low[v] ?? 0, index[w] ?? 0);
        continue;
      }
      if (low[v] === index[v]) components.push(pop(stack, onStack, v, componentOf, components.length));
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low[parent.v] = Math.min(low[parent.v] ?? 0, low[v] ?? 0);
    }
  }
  return { components, componentOf, referenced };
}

function pop(stack: number[], onStack: Uint8Array, until: number, componentOf: Int32Array, component: number): number[] {
  const members: number[] = [];
  for (;;) {
    const w = stack.pop();
    if (w === undefined) break;
    onStack[w] = 0;
    componentOf[w] = component;
    members.push(w);
    if (w === until) break;
  }
  return members.sort((a, b) => a - b);
}

function calleesOf(program: Program, types: Types, fn: Fn, referenced: Set<number>): readonly number[] {
  const out = new Set<number>();
  const names = types.accessorNames;
  for (let op = 0; op < fn.facts.count; op++) {
    switch (opcode(fn, op)) {
      case Op.Closure: out.add(fn.unit.firstFunction + operand(fn, op, 1)); break;
      case Op.GetVar: {
        const v = operand(fn, op, 1);
        if (varField(fn.unit, v, VarField.Kind) === VarKind.Function && varField(fn.unit, v, VarField.Ref) >= 0) {
          const f = fn.unit.firstFunction + varField(fn.unit, v, VarField.Ref);
          referenced.add(f);
          out.add(f);
        } else if (varField(fn.unit, v, VarField.Kind) === VarKind.Const) {
          for (const id of heldFunctions(program, fn, v)) out.add(id);
        } else if (varField(fn.unit, v, VarField.Kind) === VarKind.Import) {
          const type = types.ofVariable(fn.unit, v);
          if (type.k === 'functions') for (const f of type.fns) out.add(f.id);
        }
        break;
      }
      case Op.Call:
      case Op.New: {
        for (const f of types.targets(fn, op).fns) out.add(f.id);
        if (opcode(fn, op) === Op.New) {
          const type = types.ofRegister(fn, op);
          for (let c = type.k === 'instance' ? type.cls : undefined, hops = 0; c && hops < 6; c = types.baseOf(c), hops++) if (c.facts.fields >= 0) out.add(c.unit.firstFunction + c.facts.fields);
        }
        break;
      }
      case Op.Jsx: {
        const component = operand(fn, op, 1);
        const type = component >= 0 ? types.ofRegister(fn, component) : undefined;
        if (type?.k === 'functions') for (const f of type.fns) out.add(f.id);
        break;
      }
      case Op.Load: {
        if (!names.has(fn.unit.facts.strings[operand(fn, op, 2)] ?? '')) break;
        for (const f of types.accessors(fn, op)) out.add(f.id);
        break;
      }
      case Op.Store: {
        const key = fn.unit.facts.strings[operand(fn, op, 2)] ?? '';
        if (names.has(key)) for (const f of types.accessorsOf(types.ofRegister(fn, operand(fn, op, 1)), key, 'setter')) out.add(f.id);
        break;
      }
    }
  }
  out.delete(fn.id);
  return [...out];
}

/** Functions that a constant holds without being one: `debounce(() => …)`, a table of handlers. */
function heldFunctions(program: Program, fn: Fn, v: number): readonly number[] {
  const init = varField(fn.unit, v, VarField.Init);
  const owner = varField(fn.unit, v, VarField.Owner);
  if (init < 0 || owner === fn.local) return [];
  const maker = program.fnOf(fn.unit, owner);
  const parts = opcode(maker, init) === Op.Call ? [...callArguments(maker, init)].slice(0, 1)
    : opcode(maker, init) === Op.Array ? [...list(maker.unit, operand(maker, init, 2))]
    : opcode(maker, init) === Op.Object ? [...list(maker.unit, operand(maker, init, 2))].filter((_, i) => i % 3 === 2)
    : [];
  return parts.flatMap((r) => (r >= 0 && opcode(maker, r) === Op.Closure ? [maker.unit.firstFunction + operand(maker, r, 1)] : []));
}
