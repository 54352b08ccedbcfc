// Takes one flow of one library model away, and asks whether a fixture notices.
import { resolve } from 'node:path';
import type { Catalog, ModelEntry } from '#model/catalog';
import { shipped } from '../fuzz/analyse.ts';
import { findLeaves, type Leaf } from '../harness/leaves.ts';
import { type Files, problemsOf, readLeaf } from '../metamorphic/leaf-files.ts';

/** A model without one of its flows; one that is neutral is gone altogether. */
export interface FlowMutant {
  readonly id: string;
  readonly what: string;
  readonly catalog: Catalog;
  readonly entry: ModelEntry;
}

export type Fate = 'noticed' | 'survived' | 'unused';

export const flowMutants = (): readonly FlowMutant[] => shipped.models.flatMap((entry, index) => {
  const without = (changed: readonly ModelEntry[]): Catalog => ({ ...shipped, models: [...shipped.models.slice(0, index), ...changed, ...shipped.models.slice(index + 1)] });
  const flows = entry.flows.map((flow, at) => ({ id: entry.id, what: spelled(flow), entry, catalog: without([{ ...entry, flows: entry.flows.filter((_, other) => other !== at) }]) }));
  return entry.neutral && entry.flows.length === 0 ? [{ id: entry.id, what: 'neutral', entry, catalog: without([]) }] : flows;
});

function spelled({ input, output, kind }: ModelEntry['flows'][number]): string {
  const place = ({ base, index, open, path, callback }: typeof input): string =>
    `${base === 'arg' ? `arg${index}${open ? '..' : ''}` : base}${callback === undefined ? '' : callback.kind === 'param' ? `.param${callback.index}` : '.return'}${path.map((key) => (key === '[*]' ? key : /^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('')}`;
  return `${place(input)} -> ${place(output)}${kind === 'value' ? '' : `: ${kind}`}`;
}

export class FlowTrial {
  readonly #leaves: readonly { readonly leaf: Leaf; readonly files: Files; readonly words: ReadonlySet<string> }[];

  constructor() {
    this.#leaves = findLeaves(resolve('fixtures')).map((leaf) => {
      const files = readLeaf(leaf);
      return { leaf, files, words: new Set([...files.values()].flatMap((text) => text.match(/[\w$]+/g) ?? [])) };
    });
  }

  /** Only fixtures that write one of the names can notice. */
  try({ entry, catalog }: FlowMutant): Fate {
    const names = namesOf(entry);
    const fit = this.#leaves.filter(({ words }) => names.some((name) => words.has(name)));
    if (fit.length === 0) return 'unused';
    return fit.some(({ leaf, files }) => problemsOf(leaf, files, catalog).length > 0) ? 'noticed' : 'survived';
  }
}

/** The last words of the callees: `map` of `any:.map`, `cloneDeep` of `npm:lodash/cloneDeep`. */
const namesOf = ({ callees }: ModelEntry): readonly string[] =>
  [...new Set(callees.flatMap(({ root, members }) => members.findLast((names) => !names.every((name) => name === '()' || name === 'new' || name === '*')) ?? root.name.match(/[\w$]+/g)?.slice(-1) ?? []))];
