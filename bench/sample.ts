// A seeded random sample of findings to be read by hand: file:line, rule, elements, path. Same seed, same sample.
// Usage: node --conditions=source --import tsx bench/sample.ts FOLDER [--seed N] [--count N] [--labels FILE] [--sources FOLDER] [--all]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '#model/finding';
import { compareText, type Location } from '#model/location';
import type { Result } from '#model/result';
import { selectVisible } from '#report/visible';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
    labels: { type: 'string' },
    sources: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder with the OWNER+NAME.json results');

interface Candidate {
  readonly repository: string;
  readonly finding: Finding;
}

/** A finding this near to a labelled line is known already; the score of the labels allows as much. */
const NEAR = 3;

const labelled = values.labels === undefined ? [] : readLabels(values.labels);
const candidates = readdirSync(folder).filter((name) => name.endsWith('.json')).sort(compareText).flatMap(readCandidates);
const chosen = shuffle(candidates, Number(values.seed)).slice(0, Number(values.count));
process.stdout.write(`${chosen.length} of ${candidates.length} findings, seed ${values.seed}\n`);
for (const [index, candidate] of chosen.entries()) print(index + 1, candidate);

function readCandidates(name: string): readonly Candidate[] {
  const repository = name.replace(/\.json$/, '');
  const { findings } = JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')) as Result;
  const { shown } = selectVisible(findings, { confidence: values.all ? 'low' : 'medium', quiet: false });
  return shown.filter(({ sink }) => !isLabelled(repository, sink.location)).map((finding) => ({ repository, finding }));
}

function readLabels(file: string): readonly { readonly repository: string; readonly file: string; readonly line: number }[] {
  return readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').flatMap((line) => {
    const label = JSON.parse(line) as { repo: string; file: string; line: number; alt?: { file: string; line: number }[] };
    return [label, ...(label.alt ?? [])].map((place) => ({ repository: label.repo.replace('/', '+'), file: place.file, line: place.line }));
  });
}

function isLabelled(repository: string, location: Location): boolean {
  return labelled.some((label) => label.repository === repository && label.file === location.file && Math.abs(label.line - location.line) <= NEAR);
}

/** Fisher-Yates with a small generator (mulberry32): `Math.random` takes no seed. */
function shuffle<T>(items: readonly T[], seed: number): readonly T[] {
  const list = [...items];
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let last = list.length - 1; last > 0; last -= 1) {
    const [picked] = list.splice(Math.floor(next() * (last + 1)), 1);
    if (picked !== undefined) list.push(picked);
  }
  return list;
}

function print(number: number, { repository, finding }: Candidate): void {
  const { sink, elements, sources, rule, confidence, decision } = finding;
  const lines = [
    `\n${number}. ${repository} ${at(sink.location)}  ${rule}  ${decision.effect}  ${confidence}`,
    `   ${sink.callee}  <-  ${elements.map(({ element, witness }) => `${element} (${witness})`).join(', ') || 'no element'}`,
    ...excerpt(repository, sink.location),
    ...sources.flatMap((source) => [
      `   from ${source.name}  ${at(source.location)}  ${source.assumptions.join(', ')}`,
      ...source.path.map((step) => `     ${step.kind.padEnd(9)} ${at(step.location)}  ${step.names.join(' ')}`),
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function at({ file, line }: Location): string {
  return `${file}:${line}`;
}

/** The lines themselves, when the sources lie beside: `<sources>/OWNER+NAME/…`. */
function excerpt(repository: string, { file, line }: Location): readonly string[] {
  const path = values.sources === undefined ? undefined : join(values.sources, repository, file);
  if (path === undefined || !existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(Math.max(0, line - 2), line + 2).map((text, index) => `   | ${Math.max(1, line - 1) + index}  ${text.slice(0, 160)}`);
}
