// Every fixture with every rewrite, and what is known not to hold: which rewrite of which leaf, and why.
import { isShown } from '../harness/compare.ts';
import type { Leaf } from '../harness/leaves.ts';
import { findingsIn } from '../fuzz/analyse.ts';
import { BREAKING } from './breaking.ts';
import { type Files, problemsOf, rewritten, touchedLines } from './leaf-files.ts';
import { type Rewrite, REWRITES } from './rewrites.ts';

export interface Known {
  readonly leaf: string;
  readonly rewrite: string;
  readonly why: string;
}

const NAME = 'the name in front of the data was the evidence, and the new variable has none';
const CLOSURE = 'the closure reads a captured value';

export const KNOWN: readonly Known[] = [
  { leaf: 'patterns/29-higher-order', rewrite: 'extract a variable', why: NAME },
  { leaf: 'patterns/51-commonjs', rewrite: 'extract a variable', why: `a member that is added to module.exports is not followed: ${NAME}` },
  { leaf: 'patterns/63-query-results', rewrite: 'extract a variable', why: NAME },
  { leaf: 'patterns/67-http-clients', rewrite: 'template to concatenation', why: 'an empty text in front of an address hides where it begins' },
  ...['extract a function', 'extract a named function'].flatMap((rewrite) => [
    { leaf: 'patterns/35-factories', rewrite, why: `${CLOSURE} of a module variable that a factory made` },
    { leaf: 'provenance/20-sql-and-column-names', rewrite, why: `${CLOSURE}, and does not see from which query it came` },
    { leaf: 'quiet/24-stripping-validators', rewrite, why: `${CLOSURE}, whose members the validator cannot tell apart` },
  ]),
];

const isKnown = (leaf: Leaf, names: readonly string[]): boolean => KNOWN.some((known) => known.leaf === leaf.name && names.includes(known.rewrite));

export interface Outcome {
  readonly tried: boolean;
  readonly problems: readonly string[];
}

/** One rewrite after the other. */
export function tryRewrites(leaf: Leaf, files: Files, rewrites: readonly Rewrite[]): Outcome {
  let at: Files | undefined = files;
  for (const rewrite of rewrites) at = at && rewritten(at, rewrite);
  if (at === undefined) return { tried: false, problems: [] };
  const names = rewrites.map(({ name }) => name);
  const found = problemsOf(leaf, at);
  if (!isKnown(leaf, names)) return { tried: true, problems: found.map((problem) => `${leaf.name}, ${names.join(', then ')}: ${problem}`) };
  const isGone = found.length === 0 && rewrites.length === 1;
  return { tried: true, problems: isGone ? [`${leaf.name}, ${names.join()}: holds now, take it from the list of what is known`] : [] };
}

/** After a breaking change no log that it has touched may be reported. */
export function tryBreaking(leaf: Leaf, files: Files, rewrite: (typeof BREAKING)[number]): Outcome {
  const at = rewritten(files, rewrite);
  if (at === undefined) return { tried: false, problems: [] };
  const touched = touchedLines(files, rewrite);
  const left = findingsIn(at).filter((finding) => {
    const { file, line } = finding.sink.inner;
    return isShown(finding) && finding.channel === 'log' && touched.has(`${file}:${line}`);
  });
  return { tried: true, problems: left.map(({ sink, elements }) => `${leaf.name}, ${rewrite.name}: still ${elements.map(({ element }) => element).join(', ')} at ${sink.inner.file}:${sink.inner.line}`) };
}

export const pairsOf = (): readonly (readonly [Rewrite, Rewrite])[] => REWRITES.flatMap((first) => REWRITES.filter((second) => second !== first).map((second) => [first, second] as const));
