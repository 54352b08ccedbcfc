// Cells that the catalogue names: an event, a queue, a store, told apart by names or objects. A call or a decorated method that
// reads one reads what calls elsewhere wrote; where nothing in sight writes it, the reader's own types and names speak.
import type { CallPlace, ModelCell, ModelEntry } from '#model/catalog';
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import { literalMember } from './literals.ts';
import { fileStem, nameOf, nameOfSkeleton, objectMade, objectOf, type TextOf } from './object-names.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand } from './program.ts';
import type { Origin, Value } from './value.ts';
import { isEmpty, mapTaints, ofOrigin } from './value.ts';
import { UNKNOWN } from './static-type.ts';

const PREFIX = 'n:';
export const isNamedCell = (key: string): boolean => key.startsWith(PREFIX);

/** The cell that a call writes or reads; undefined when its name is not in sight. */
export function cellOfCall(engine: Engine, fn: Fn, op: number, cell: ModelCell, textOf?: TextOf): string | undefined {
  const callee = operand(fn, op, 1);
  // `worker.onmessage = f` is told by what it is assigned to.
  const isMember = opcode(fn, op) !== Op.Store && (opcode(fn, callee) === Op.Load || opcode(fn, callee) === Op.Elem);
  const receiver = isMember ? operand(fn, callee, 1) : callee;
  const parts: string[] = [];
  for (const place of cell.key) {
    // A name of several words is the same event on whatever bus; `change` is not.
    if (place.base === 'this' && parts.some(isTelling)) continue;
    if (place.base === 'return') {
      parts.push(objectMade(fn, op));
      continue;
    }
    const r = place.base === 'this' ? receiver : place.base === 'callee' ? callee : argumentAt(fn, op, place);
    const name = nameOf(engine, fn, r, textOf);
    const part = name === undefined ? objectOf(engine, fn, r) : name.includes('/') ? fileStem(name) : name;
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return keyOf(cell.kind, parts);
}

export const keyOf = (kind: string, parts: readonly string[]): string => PREFIX + [kind, ...parts].join(':');

/** The kind of cell that a key is of. */
export const kindOf = (key: string): string => key.slice(PREFIX.length, key.indexOf(':', PREFIX.length));

const isTelling = (name: string): boolean => /[a-z\d][A-Z]|[\p{L}\d][.:_/-][\p{L}\d]/u.test(name);

function argumentAt(fn: Fn, op: number, place: CallPlace): number {
  if ((opcode(fn, op) !== Op.Call && opcode(fn, op) !== Op.New) || place.base !== 'arg' || place.index >= argumentCount(fn, op)) return -1;
  let r = argument(fn, op, place.index);
  for (const key of place.path) r = r >= 0 && opcode(fn, r) === Op.Object ? (literalMember(fn, r, key) ?? -1) : -1;
  return r;
}

/** Arguments of an event are cells of their own: `cell[0]`. */
export const partOf = (key: string, [first = '']: readonly string[]): string => (isIndex(first) ? `${key}/${first}` : key);
/** Members below that. */
export const pathIn = (path: readonly string[]): readonly string[] => (isIndex(path[0] ?? '') ? path.slice(1) : path);
const isIndex = (member: string): boolean => /^\d+$/.test(member);

/** What is read of a cell. */
export const cellValue = (engine: Engine, fn: Fn, op: number, key: string): Value => ofOrigin(engine.cell(key, '', UNKNOWN, fn.unit, op));

/** A parameter that reads a cell is what it is declared to be where nothing in sight writes the cell. */
export function orParameter(engine: Engine, v: Value, fn: Fn, index: number): Value {
  return isEmpty(v) || index >= fn.facts.params.length ? v : orElse(engine, v, engine.openParam(fn, index));
}

export function orElse(engine: Engine, v: Value, otherwise: Origin): Value {
  return mapTaints(v, (t) => {
    const { origin } = t;
    return origin.kind === 'cell' && isNamedCell(origin.key) && !origin.otherwise && t.path === '' ? { ...t, origin: engine.cellOr(origin, otherwise) } : t;
  });
}

/** What a decorated method reads, by parameter: `@OnEvent('customer.opened')`. */
export function decoratedReads(engine: Engine, fn: Fn): ReadonlyMap<number, string> | undefined {
  if (fn.facts.cls < 0 || fn.facts.kind !== 'method') return undefined;
  const cls = engine.program.clsOf(fn.unit, fn.facts.cls);
  if (!fn.facts.decorators && !cls.facts.decorators) return undefined;
  let found: Map<number, string> | undefined;
  for (const entry of engine.decoratedCells) {
    for (const key of keysOfMethod(engine, fn, entry)) {
      for (const { input, output } of entry.flows) {
        if (input.base === 'cell' && output.base === 'arg') (found ??= new Map()).set(output.index, partOf(key, input.path));
      }
    }
  }
  return found;
}

function keysOfMethod(engine: Engine, fn: Fn, { cell }: ModelEntry): readonly string[] {
  if (!cell) return [];
  const cls = engine.program.clsOf(fn.unit, fn.facts.cls);
  const out: string[] = [];
  for (const written of cell.decorators) {
    const [name, method] = written.split('.');
    if (method !== undefined && method !== fn.facts.n) continue;
    for (const d of (method === undefined ? fn.facts.decorators : cls.facts.decorators) ?? []) {
      if (d.n !== name) continue;
      const parts = cell.key.map((place) => {
        // Of the class that the method stands in: `@Processor('mails')`.
        const args = place.base === 'this' ? (cls.facts.decorators?.find((x) => x.args.length > 0)?.args ?? []) : d.args;
        const arg = args[place.index];
        return arg && nameOfSkeleton(engine, fn.unit, arg);
      });
      const known = parts.filter((p) => p !== undefined);
      if (known.length === parts.length || (known.length > 0 && isTelling(known[0] ?? ''))) out.push(keyOf(cell.kind, known));
    }
  }
  return out;
}
