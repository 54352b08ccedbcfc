// The outer fixpoint: data that waits in a cell (module variable, field of instances that are not visible) meets the sinks
// that read the cell. Cells never make call edges; they only connect values.
import type { Engine } from './engine.ts';
import { ConstFlag, ConstKind, Op } from '#model/facts';
import { opcode, operand, type Cls } from './program.ts';
import { stateOf } from './request-state.ts';
import type { StaticType } from './static-type.ts';
import { alternatives, awaited, elementOf } from './static-type.ts';
import type { SinkEffect } from './summary.ts';
import { cellOfField } from './summary.ts';
import { originType } from './classify.ts';
import type { Taint, Value } from './value.ts';
import { convert, ELEMENT, flatten, Form, holdsData, join, leftOut, load, mapTaints, membersOf, taintKey, typedLike } from './value.ts';

const MAX_HOPS = 6;
const MAX_EXPANDED = 64;

export function resolveHits(engine: Engine): readonly SinkEffect[] {
  const out: SinkEffect[] = [];
  for (const hit of engine.hits) for (const taint of expand(engine, hit.taint, 0, new Set())) out.push({ ...hit, taint });
  return out;
}

/** The concrete origins behind a taint. */
function expand(engine: Engine, t: Taint, hops: number, seen: Set<string>): readonly Taint[] {
  const key = taintKey(t);
  if (seen.has(key)) return [];
  seen.add(key);
  if (hops > MAX_HOPS) {
    engine.limit('cell-hops');
    return [];
  }
  if (t.origin.kind === 'cell') {
    const held = engine.cells.get(t.origin.key);
    if (held === undefined && t.origin.otherwise) return expand(engine, { ...t, origin: t.origin.otherwise }, hops, seen);
    if (held === undefined) return t.origin.key.startsWith('f') ? [t] : [];
    const path = t.path === '' ? [] : t.path.split('/');
    return [...follow(engine, t, held, path, hops, seen), ...ofInstance(engine, t, held, path, hops, seen)];
  }
  if (t.origin.kind !== 'opaque' || t.path === '') return [t];
  const state = stateOf(engine, t.origin, membersOf(t.path));
  const held = state && engine.cells.get(state.key);
  if (state && held) {
    const found = follow(engine, t, held, state.rest, hops, seen);
    // Who else writes it, a library perhaps, is not in sight: what says nothing leaves the word to the names.
    if (found.some((f) => engine.classifier.classify(f).claims.length > 0)) return found;
  }
  return throughFields(engine, t, hops, seen) ?? [t];
}

/** A singleton: what its methods write to its fields is read through the variable that holds it. */
function ofInstance(engine: Engine, t: Taint, held: Value, path: readonly string[], hops: number, seen: Set<string>): readonly Taint[] {
  const [field, ...rest] = path;
  if (!held.cls || field === undefined) return [];
  const written = writtenField(engine, { k: 'instance', cls: held.cls, env: new Map() }, field);
  return written ? follow(engine, t, written, rest, hops, seen) : [];
}

function follow(engine: Engine, t: Taint, held: Value, path: readonly string[], hops: number, seen: Set<string>): readonly Taint[] {
  let v = held;
  for (const k of path) v = load(v, k);
  v = leftOut(v, t);
  v = typedLike(v, t);
  if (t.form === Form.Deep) v = convert(v, Form.Deep, 'whole');
  else if (t.form === Form.Text) v = convert(v, Form.Text, 'own');
  else if (t.form === Form.Part) v = convert(v, Form.Part, 'own');
  const through = mapTaints(v, (b) => ({
    ...b,
    guards: [...b.guards, ...t.guards], hint: b.hint ?? t.hint, facts: [...new Set([...b.facts, ...t.facts])].sort(),
    assumed: [...new Set([...b.assumed, ...t.assumed, 'field-based' as const])].sort(),
    // A name of the whole says nothing of a member that was written to it.
    alias: b.alias ?? (t.path === '' ? t.alias : undefined),
    trace: t.trace ? { k: 'rope' as const, prev: b.trace, next: t.trace } : b.trace,
  }));
  const out: Taint[] = [];
  for (const next of flatten(through)) {
    if (out.length >= MAX_EXPANDED) {
      engine.limit('cell-width');
      break;
    }
    out.push(...expand(engine, next, hops + 1, seen));
  }
  return out;
}

/** Walks the path; where it passes a field that some method writes in sight, what was written counts, not the name. */
function throughFields(engine: Engine, t: Taint, hops: number, seen: Set<string>): readonly Taint[] | undefined {
  const keys = t.path.split('/');
  let type: StaticType = originType(t.origin);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? '';
    if (key === ELEMENT) {
      type = elementOf(awaited(type));
      continue;
    }
    if (isLiteralField(engine, awaited(type), key)) return [];
    const found = writtenField(engine, awaited(type), key);
    if (found) {
      const reached = follow(engine, t, found, keys.slice(i + 1), hops, seen);
      // `this.ctx.body = account` says nothing of what else a field holds that a library has made.
      return reached.length > 0 || isMade(engine, awaited(type), key) ? reached : undefined;
    }
    type = engine.types.member(awaited(type), key);
  }
  return undefined;
}

/** A field with a literal of its own that nothing in sight overwrites with anything else: a constant, not data. */
function isLiteralField(engine: Engine, type: StaticType, key: string): boolean {
  if (type.k !== 'instance') return false;
  const at = engine.types.fieldInitialiser(type.cls, key, false);
  if (!at || opcode(at.fn, at.r) !== Op.Const || operand(at.fn, at.r, 3) & ConstFlag.Empty) return false;
  const kind = operand(at.fn, at.r, 1);
  const held = engine.cells.get(cellOfField(type.cls.id, key));
  return (kind === ConstKind.String || kind === ConstKind.Number) && (held === undefined || !holdsData(held));
}

/** Whether the program itself declares a field or puts something there. */
function isMade(engine: Engine, type: StaticType, key: string): boolean {
  if (engine.types.memberFacts(type, key)) return true;
  return alternatives(type).some((part) => {
    for (let c: Cls | undefined = part.k === 'instance' ? part.cls : undefined, hops = 0; c && hops < 8; c = engine.types.baseOf(c), hops++) if (engine.types.storesTo(c, key).length > 0) return true;
    return false;
  });
}

function writtenField(engine: Engine, type: StaticType, key: string): Value | undefined {
  let out: Value | undefined;
  for (const part of alternatives(type)) {
    if (part.k !== 'instance') continue;
    const classes: Cls[] = [...engine.types.below(part.cls)];
    for (let c: Cls | undefined = part.cls, hops = 0; c && hops < 8; c = engine.types.baseOf(c), hops++) classes.push(c);
    for (const c of classes) {
      const held = engine.cells.get(cellOfField(c.id, key));
      if (held !== undefined) out = out === undefined ? held : join(out, held);
    }
  }
  return out && holdsData(out) ? out : undefined;
}

