// Cells that are written or read without a call: a handler that is assigned (`worker.onmessage = f`), an element of markup that
// hands a value down (`<Context.Provider value={user}>`).
import { Op } from '#model/facts';
import { type CalleeNames, externalNames, type Matches, writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import type { Frame } from './frame.ts';
import { cellOfCall, cellValue, partOf, pathIn } from './named-cells.ts';
import type { Fn } from './program.ts';
import { opcode, operand, text } from './program.ts';
import { load, type Value } from './value.ts';

/** What the catalogue says of an assignment or element that concerns a cell. */
export function cellMatches(engine: Engine, fn: Fn, op: number): Matches | undefined {
  const names = opcode(fn, op) === Op.Jsx ? elementNames(engine, fn, op) : handlerNames(engine, fn, op);
  const found = names && engine.callees.match(names);
  return found && found.cells.length > 0 ? found : undefined;
}

function handlerNames(engine: Engine, fn: Fn, store: number): CalleeNames | undefined {
  const key = text(fn.unit, operand(fn, store, 2));
  if (!key.startsWith('on')) return undefined;
  const object = operand(fn, store, 1);
  const external = externalNames(engine.types.member(engine.types.ofRegister(fn, object), key));
  return external.length === 0 ? undefined : { external, chain: [...writtenChain(fn, object), key] };
}

function elementNames(engine: Engine, fn: Fn, jsx: number): CalleeNames | undefined {
  const component = operand(fn, jsx, 1);
  const external = component < 0 ? [] : externalNames(engine.types.ofRegister(fn, component));
  return external.length === 0 ? undefined : { external, chain: writtenChain(fn, component) };
}

/** Runs a handler that is assigned with what its cell holds. */
export function assignedReads(frame: Frame, op: number, value: Value): void {
  const { engine, fn } = frame;
  if (!value.calls) return;
  for (const { cell, flows } of cellMatches(engine, fn, op)?.cells ?? []) {
    const key = cell && cellOfCall(engine, fn, op, cell);
    if (key === undefined) continue;
    for (const { input, output } of flows) {
      if (input.base !== 'cell' || output.callback?.kind !== 'param') continue;
      const held = pathIn(input.path).reduce((v, k) => load(v, k), cellValue(engine, fn, op, partOf(key, input.path)));
      frame.callFunction(value, [held], op);
    }
  }
}

/** What an element hands down, a member of its properties. */
export function elementWrites(frame: Frame, op: number, properties: Value): void {
  const { engine, fn } = frame;
  for (const { cell, flows } of cellMatches(engine, fn, op)?.cells ?? []) {
    const key = cell && cellOfCall(engine, fn, op, cell);
    if (key === undefined) continue;
    for (const { input, output } of flows) {
      if (output.base === 'cell' && input.base === 'arg') frame.write(partOf(key, output.path), pathIn(output.path), input.path.reduce((v, k) => load(v, k), properties));
    }
  }
}
