// Functions that a library puts together: `flow(f, g)`, `R.pipe(f, g)`, `compose(g, f)`. A call of the whole calls its parts one
// after the other.
import { Op, VarField, VarFlag, VarKind } from '#model/facts';
import { externalNames, writtenChain } from './callee.ts';
import { narrowedBy, waitingAt } from './curried.ts';
import type { Engine } from './engine.ts';
import type { Frame } from './frame.ts';
import type { Fn, Unit } from './program.ts';
import { callArguments, opcode, operand, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { callable, EMPTY, ofCallables, type Value } from './value.ts';

interface Composed {
  readonly fn: Fn;
  /** Registers of the parts, the first to be called first. */
  readonly parts: readonly number[];
}

/** The parts of a function value that a library has put together; undefined when it has not. */
function composedAt(engine: Engine, fn: Fn, r: number, depth = 0): Composed | undefined {
  if (depth > 4) return undefined;
  switch (opcode(fn, r)) {
    case Op.Cast: return composedAt(engine, fn, operand(fn, r, 1), depth + 1);
    case Op.GetVar: return composedVariable(engine, fn.unit, operand(fn, r, 1), depth + 1);
    case Op.Call: {
      const callee = operand(fn, r, 1);
      const { models } = engine.callees.match({ external: externalNames(engine.types.ofRegister(fn, callee)), chain: writtenChain(fn, callee) });
      const order = models.find((m) => m.composes)?.composes;
      // `pick(['id'])(customer)`: a part that stands alone.
      if (order === undefined) return models.length > 0 ? waitingAlone(engine, fn, r) : undefined;
      const parts = [...callArguments(fn, r)];
      return { fn, parts: order === 'forward' ? parts : parts.reverse() };
    }
    default: return undefined;
  }
}

const waitingAlone = (engine: Engine, fn: Fn, r: number): Composed | undefined => (waitingAt(engine, fn, r) ? { fn, parts: [r] } : undefined);

function composedVariable(engine: Engine, unit: Unit, v: number, depth: number): Composed | undefined {
  if (varField(unit, v, VarField.Kind) === VarKind.Import) {
    const symbol = engine.types.symbols.variable(unit, v);
    return symbol?.kind === 'variable' ? composedVariable(engine, symbol.unit, symbol.v, depth + 1) : undefined;
  }
  const init = varField(unit, v, VarField.Init);
  if (init < 0 || varField(unit, v, VarField.Flags) & VarFlag.Reassigned) return undefined;
  return composedAt(engine, engine.program.fnOf(unit, varField(unit, v, VarField.Owner)), init, depth);
}

/** The result of calling a composed function; undefined when the callee is none. */
export function callComposed(frame: Frame, op: number, callee: number, args: readonly Value[]): Value | undefined {
  const composed = composedAt(frame.engine, frame.fn, callee);
  if (!composed) return undefined;
  let given = args;
  for (const r of composed.parts) {
    if (r < 0) return undefined;
    const held = composed.fn === frame.fn ? frame.value(r) : undefined;
    const type = frame.engine.types.ofRegister(composed.fn, r);
    const part = held?.calls ? held : type.k === 'functions' ? ofCallables(type.fns.map(callable)) : undefined;
    const waiting = part ? undefined : waitingAt(frame.engine, composed.fn, r);
    if (part) given = [frame.callFunction(part, given, op)];
    // A function of a library is taken to keep what it works on, unless it protects it or answers a question.
    else if (waiting) given = [narrowedBy(waiting, given[0] ?? EMPTY)];
    else if (endsFlow(frame.engine, composed.fn, r, type)) return EMPTY;
  }
  return given[0];
}

function endsFlow(engine: Engine, fn: Fn, r: number, type: StaticType): boolean {
  const found = engine.callees.match({ external: externalNames(type), chain: writtenChain(fn, r) });
  return found.protections.length > 0 || found.models.some((m) => m.neutral);
}
