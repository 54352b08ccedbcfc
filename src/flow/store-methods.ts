// Reducers of a slice, mutations of a store: nobody calls them in sight. They are given the state and what was dispatched to them
// by name or by their creator; what they return or change is the state.
import type { ModelMethods } from '#model/catalog';
import { Op, PropertyKind } from '#model/facts';
import type { Frame } from './frame.ts';
import { literalMember } from './literals.ts';
import { cellValue, keyOf, orParameter } from './named-cells.ts';
import { objectMade } from './object-names.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text } from './program.ts';
import { EMPTY, isEmpty, load, type Value } from './value.ts';

/** Runs the functions of a store once, with what is passed to them wherever. */
export function runMethods(frame: Frame, op: number, cell: string, methods: ModelMethods, options: Value): void {
  runIn(frame, op, cell, [], methods, options);
  const parts = methods.parts === undefined ? undefined : load(options, methods.parts).fields;
  for (const [name, part] of parts ?? []) runIn(frame, op, cell, [name], methods, part);
}

function runIn(frame: Frame, op: number, cell: string, path: readonly string[], methods: ModelMethods, options: Value): void {
  const { engine, fn } = frame;
  const initial = load(options, 'state');
  if (!isEmpty(initial) && path.length > 0) frame.write(cell, path, initial);
  const object = methods.at.path.reduce((v, k) => load(v, k), options);
  for (const [name, method] of object.fields ?? []) {
    // `{ reducer, prepare }` makes the payload itself.
    for (const callee of method.calls ?? load(method, 'reducer').calls ?? []) {
      const args: Value[] = callee.fn.facts.params.map(() => EMPTY);
      if (methods.state !== undefined) args[methods.state] = path.reduce((v, k) => load(v, k), cellValue(engine, fn, op, cell));
      args[methods.given] = orParameter(engine, cellValue(engine, fn, op, callCell(fn, op, methods, name)), callee.fn, methods.given);
      const { ret, outs } = frame.invoke(callee, args, EMPTY, op, [name]);
      if (methods.state === undefined) continue;
      for (const changed of [ret, outs.get(methods.state)]) if (changed && !isEmpty(changed)) frame.write(cell, path, changed);
    }
  }
}

const callCell = (fn: Fn, op: number, { called, named }: ModelMethods, name: string): string =>
  (named === undefined ? keyOf('call', [`${objectMade(fn, op)}.${called ?? ''}.${name}`]) : keyOf(named, [name]));

/** Cells that the functions of a store read, as far as they are written in its options. */
export function methodCells(fn: Fn, op: number, methods: ModelMethods): readonly string[] {
  let r = methods.at.index < argumentCount(fn, op) ? argument(fn, op, methods.at.index) : -1;
  for (const key of methods.at.path) r = r >= 0 && opcode(fn, r) === Op.Object ? (literalMember(fn, r, key) ?? -1) : -1;
  if (r < 0 || opcode(fn, r) !== Op.Object) return methods.named === undefined ? [] : [''];
  const items = list(fn.unit, operand(fn, r, 2));
  const out: string[] = [];
  for (let i = 0; i < items.length; i += 3) if (items[i] === PropertyKind.Plain) out.push(callCell(fn, op, methods, text(fn.unit, items[i + 1] ?? -1)));
  return out;
}
