// How many of the known plaintext-transport cases in public code a scan finds. Each case was found by reading, before any scan.
// Usage: … bench/transport.ts <folder with OWNER+NAME.json results>
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '#model/result';

interface Case {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly also?: readonly number[];
  readonly elsewhere?: readonly { readonly file: string; readonly line: number }[];
  readonly doubt?: string;
  readonly what: string;
}

/** Lines to either side that still name the same call. */
const TOLERANCE = 3;

const folder = process.argv[2] ?? '.';
const cases = JSON.parse(readFileSync(new URL('transport-cases.json', import.meta.url), 'utf8')) as readonly Case[];
let found = 0;
let doubtfulFound = 0;
for (const c of cases) {
  const file = join(folder, `${c.repo.replace('/', '+')}.json`);
  const result = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : undefined;
  const spots = [{ file: c.file, line: c.line }, ...(c.also ?? []).map((line) => ({ file: c.file, line })), ...(c.elsewhere ?? [])];
  const hit = result?.findings.find((f) => f.channel === 'transport' && f.confidence !== 'low' && [f.sink.location, f.sink.inner].some((l) => spots.some((s) => s.file === l.file && Math.abs(s.line - l.line) <= TOLERANCE)));
  if (hit && c.doubt) doubtfulFound++;
  else if (hit) found++;
  const elements = hit ? hit.elements.map((e) => e.element).join(', ') || 'connection only' : '';
  process.stdout.write(`${hit ? 'found ' : result ? 'missed' : 'absent'} ${c.repo} ${c.file}:${c.line}${c.doubt ? ' (doubtful)' : ''} ${elements}\n`);
}
const clear = cases.filter((c) => !c.doubt).length;
process.stdout.write(`${found} of ${clear} clear cases found; ${doubtfulFound} of ${cases.length - clear} doubtful ones\n`);
