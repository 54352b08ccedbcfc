// What the engine knows about one line: names and why they classify, flows that end there, what stopped the others.
import type { ExplainIndex, ExplainNote } from '#model/explain';
import type { Finding } from '#model/finding';
import { Op } from '#model/facts';
import type { RepoPath } from '#model/location';
import type { Engine } from './engine.ts';
import { writtenChain } from './callee.ts';
import { locateOp, opcode, operand, text, varName, type Fn, type Unit } from './program.ts';

export function explainIndex(engine: Engine, findings: readonly Finding[], aside: ReadonlySet<RepoPath>): ExplainIndex {
  return {
    at(file, line) {
      const unit = engine.program.units.find((u) => u.path === file);
      if (unit?.exempt === true || (!unit && aside.has(file))) return [notFollowed(file, line)];
      if (!unit) return [];
      const notes: ExplainNote[] = [];
      for (const fn of functionsOf(engine, unit)) for (let op = 0; op < fn.count; op++) notes.push(...noteOf(engine, fn, op, line));
      notes.push(...flowsAt(engine, file, line));
      const reported = findings.some((f) => f.sink.location.file === file && f.sink.location.line === line);
      return notes.length === 0 && !reported ? [] : distinct(notes);
    },
  };
}

const notFollowed = (file: RepoPath, line: number): ExplainNote => ({
  location: { file, line, column: 1, endLine: line, endColumn: 1 }, kind: 'not-analysed', names: [],
  reason: 'tests, mocks, stories and seeds are not followed where the policies allow what they do (params.context.exempt)',
});

const functionsOf = (engine: Engine, unit: Unit): readonly Fn[] => engine.program.fns.slice(unit.firstFunction, unit.firstFunction + unit.facts.functions.length);

function noteOf(engine: Engine, fn: Fn, op: number, line: number): readonly ExplainNote[] {
  const code = opcode(fn, op);
  if (code !== Op.Load && code !== Op.GetVar && code !== Op.Call && code !== Op.New) return [];
  const location = locateOp(fn, op);
  if (location.line !== line) return [];
  if (code === Op.Call || code === Op.New) return sinkNote(engine, fn, op);
  const name = code === Op.Load ? text(fn.unit, operand(fn, op, 2)) : varName(fn.unit, operand(fn, op, 1));
  const owners = code === Op.Load ? writtenChain(fn, operand(fn, op, 1)).filter((n) => n !== '()').slice(-1) : [];
  const match = engine.catalog.names.classify({ name, owners });
  if (match) return [{ location, kind: 'classified', names: [...owners, name], element: match.element, witness: match.witness, reason: `by its name, ${match.confidence} confidence; counts only where the value's origin is not visible` }];
  return engine.catalog.names.isLookAlike(name) ? [{ location, kind: 'classified', names: [name], reason: 'looks like data by its words, but names something about it' }] : [];
}

function sinkNote(engine: Engine, fn: Fn, op: number): readonly ExplainNote[] {
  const names = writtenChain(fn, operand(fn, op, 1)).filter((n) => n !== '?' && n !== '()');
  const location = locateOp(fn, op);
  const { fns, tier } = engine.types.targets(fn, op);
  if (fns.length > 0) return [{ location, kind: 'flow', names: [...names], reason: `calls code of the project (${tier}): what that code does with its arguments counts` }];
  if (engine.sinkPlaces.has(`${fn.id}:${op}`)) {
    const reached = engine.hits.some((h) => h.use.fn === fn && h.use.op === op);
    return [{ location, kind: 'sink', names: [...names], reason: reached ? 'a sink of the catalogue; values from opaque origins reach it' : 'a sink of the catalogue; nothing that is not constant or known to be harmless reaches it' }];
  }
  return [];
}

function flowsAt(engine: Engine, file: string, line: number): readonly ExplainNote[] {
  const notes: ExplainNote[] = [];
  for (const hit of engine.hits) {
    const location = locateOp(hit.place.fn, hit.place.op);
    const inner = locateOp(hit.use.fn, hit.use.op);
    if (!((location.file === file && location.line === line) || (inner.file === file && inner.line === line))) continue;
    const { claims, name } = engine.classifier.classify(hit.taint);
    if (claims.length === 0) notes.push({ location, kind: 'stopped', names: [name], reason: 'reaches the sink, but neither its declared type nor its names say that it is customer data' });
    for (const guard of hit.taint.guards) notes.push({ location: locateOp(guard.fn, guard.op), kind: 'stopped', names: [guard.by, name], reason: `a ${guard.kind === 'partial' ? 'partial mask' : guard.kind} was met on the way` });
    for (const c of claims) notes.push({ location, kind: 'flow', names: [name], element: c.element, witness: c.witness, reason: `${c.confidence} confidence` });
  }
  return notes;
}

function distinct(notes: readonly ExplainNote[]): readonly ExplainNote[] {
  const seen = new Set<string>();
  return notes.filter((n) => {
    const key = JSON.stringify(n);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
