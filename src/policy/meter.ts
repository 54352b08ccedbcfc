// Puts a meter into compiled policies: each turn of a loop that the policies themselves make takes one step from a supply that
// the host fills before an evaluation; without a step left the module traps. Rego always ends, but lists inside lists may take
// days. Steps are counted, not seconds, so that a policy passes or fails alike on every machine.
import { LOOP, WasmReader } from './wasm-reader.ts';

/** The exported global that holds what is left. */
export const SUPPLY = 'fiduciary_steps';

const GLOBALS = 6;
const EXPORTS = 7;
const CODE = 10;
const HEAD = 8;
/** What OPA's planner calls the functions it makes of rules, for each depth of `with`. */
const PLANNED = /^g\d+\./;

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** The same module with a meter. */
export function withMeter(wasm: Uint8Array): Uint8Array {
  const sections = readSections(wasm);
  const imports = sections.find(({ id }) => id === 2);
  const globals = sections.find(({ id }) => id === GLOBALS);
  const imported = imports === undefined ? { functions: 0, globals: 0 } : countImports(imports.content);
  const supply = imported.globals + (globals === undefined ? 0 : new WasmReader(globals.content).number());
  const planned = plannedFunctions(sections);
  return join([wasm.subarray(0, HEAD), ...sections.flatMap(({ id, content }) => {
    const changed = id === GLOBALS ? withItem(content, SUPPLY_GLOBAL)
      : id === EXPORTS ? withItem(content, join([toName(SUPPLY), [3], toNumber(supply)]))
      : id === CODE ? meterCode(content, (index) => planned.has(index + imported.functions), toNumber(supply))
      : content;
    return [[id], toNumber(changed.length), changed];
  })]);
}

/** `i32`, mutable, zero at first: a module that nobody gave steps does nothing. */
const SUPPLY_GLOBAL = Uint8Array.of(0x7f, 1, 0x41, 0, 0x0b);

function readSections(wasm: Uint8Array): readonly Section[] {
  const reader = new WasmReader(wasm, HEAD);
  const sections: Section[] = [];
  while (reader.at < wasm.length) {
    const id = reader.byte();
    const length = reader.number();
    sections.push({ id, content: wasm.subarray(reader.at, reader.at + length) });
    reader.at += length;
  }
  return sections;
}

function countImports(content: Uint8Array): { readonly functions: number; readonly globals: number } {
  const reader = new WasmReader(content);
  const count = { functions: 0, globals: 0 };
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) count.functions += 1;
    if (kind === 3) count.globals += 1;
    if (kind === 1 || kind === 3) reader.byte();
    if (kind === 3) reader.byte();
    else if (kind === 0) reader.number();
    else for (let numbers = (reader.byte() & 1) + 1; numbers > 0; numbers -= 1) reader.number();
  }
  return count;
}

/** Indices, imports included, of what was made of rules: the rest is the runtime, which ends by itself. */
function plannedFunctions(sections: readonly Section[]): ReadonlySet<number> {
  const planned = new Set<number>();
  for (const { content } of sections.filter(({ id }) => id === 0)) {
    const reader = new WasmReader(content);
    if (reader.name() !== 'name') continue;
    while (reader.at < content.length) {
      const kind = reader.byte();
      const end = reader.number() + reader.at;
      // Names of functions.
      if (kind === 1) for (let left = reader.number(); left > 0; left -= 1) {
        const index = reader.number();
        if (PLANNED.test(reader.name())) planned.add(index);
      }
      reader.at = end;
    }
  }
  if (planned.size === 0) throw new Error('compiled policies name no function of theirs');
  return planned;
}

function meterCode(content: Uint8Array, isPlanned: (index: number) => boolean, supply: Uint8Array): Uint8Array {
  const reader = new WasmReader(content);
  const count = reader.number();
  const step = join([[0x23], supply, [0x45, 0x04, 0x40, 0x00, 0x0b, 0x23], supply, [0x41, 1, 0x6b, 0x24], supply]);
  const bodies = Array.from({ length: count }, (_, index) => {
    const length = reader.number();
    const body = content.subarray(reader.at, reader.at + length);
    reader.at += length;
    const metered = isPlanned(index) ? meterBody(body, step) : body;
    return join([toNumber(metered.length), metered]);
  });
  return join([toNumber(count), ...bodies]);
}

function meterBody(body: Uint8Array, step: Uint8Array): Uint8Array {
  const reader = new WasmReader(body);
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.number();
    reader.byte();
  }
  const parts: Uint8Array[] = [];
  let from = 0;
  while (reader.at < body.length) {
    if (reader.instruction() !== LOOP) continue;
    parts.push(body.subarray(from, reader.at), step);
    from = reader.at;
  }
  return join([...parts, body.subarray(from)]);
}

/** A list of things with one more at its end. */
function withItem(content: Uint8Array, item: Uint8Array): Uint8Array {
  const reader = new WasmReader(content);
  const count = reader.number();
  return join([toNumber(count + 1), content.subarray(reader.at), item]);
}

function toNumber(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...bytes, left]);
    bytes.push((left % 128) | 0x80);
  }
}

function toName(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return join([toNumber(bytes.length), bytes]);
}

const join = (parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Uint8Array.from(part)));
