// What the analyser says of many programs at once: each lies in a folder of its own, and one scan reads them all.
import { createNodeHost } from '#host/node-host';
import { createOverlayHost } from '#host/overlay-host';
import { defaultConfig } from '#config/valid-config';
import type { Catalog } from '#model/catalog';
import type { Channel } from '#model/channel';
import type { Finding } from '#model/finding';
import { scan } from '#session';
import { createClock } from '#session/clock';
import { NO_STORE } from '#session/facts-store';
import { loadRunCatalog } from '#session/load-catalog';
import { loadPolicies } from '#session/load-policies';
import { readProgram } from '#session/read-program';
import { isShown } from '../harness/compare.ts';
import { type Arrival, arrivalKey, MARKED, type Program } from './program.ts';

/** A folder that is not on the disk: nothing but the texts lies in it. */
const ROOT = '/fiduciary-fuzz';
const disk = createNodeHost();
const config = defaultConfig(ROOT);
/** What ships, as it is. */
export const shipped = loadRunCatalog(disk, config);
const policies = loadPolicies(disk, shipped, config, { today: '2026-11-30' });

/** Findings of files in memory, by paths relative to a root. */
export function findingsIn(files: ReadonlyMap<string, string>, catalog: Catalog = shipped, everything = false): readonly Finding[] {
  const host = createOverlayHost(disk, new Map([...files].map(([path, text]) => [`${ROOT}/${path}`, text])));
  const program = readProgram(host, ROOT, config, NO_STORE, { jobs: 1 });
  return scan(host, { root: ROOT, config, paths: [], everything }, { clock: createClock(host), catalog, policies, program, kept: undefined, keep: () => undefined }).result.findings;
}

/** Channels of the sinks that a run listens to: nobody hears what an error or a rejected promise holds. */
const WATCHED: ReadonlySet<Channel> = new Set<Channel>(['log', 'storage', 'url', 'transport']);
/** Told by the name of the callee, as a program of ours writes it. */
export const channelOf = (code: string): string => /\b(?:console|localStorage)\b|https?:/.exec(code)?.[0] ?? '';
const FIELD_OF = new Map(MARKED.map(({ element, field }) => [element, field]));

/** What the analyser reports of a program. Data of an element that no field has is named by the element. */
export interface Reported {
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /**
   * Channels and fields of findings that stand at a call, in words. A call and a rule have one finding, however many sinks of the called
   * function the data reaches, and it names the first of them.
   */
  readonly atCalls: ReadonlySet<string>;
}

export function analyse(programs: readonly Program[]): readonly Reported[] {
  const folder = (index: number): string => `p${index}`;
  const texts = new Map<string, string>(programs.flatMap((program, index) => Object.entries(program.files).map(([path, text]) => [`${folder(index)}/${path}`, text] as const)));
  const found = programs.map(() => ({ arrivals: new Map<string, Arrival>(), atCalls: new Set<string>() }));
  for (const finding of findingsIn(texts)) {
    if (!isShown(finding) || !WATCHED.has(finding.channel)) continue;
    const { file, line, endLine } = finding.sink.inner;
    const lines = (texts.get(file) ?? '').split('\n').slice(line - 1, endLine).join('\n');
    const sink = /\bs\d+\b/.exec(lines)?.[0] ?? `line ${line}`;
    const index = Number(/^p(\d+)/.exec(file)?.[1]);
    for (const { element } of finding.elements) {
      const arrival = { sink, field: FIELD_OF.get(element) ?? element };
      found[index]?.arrivals.set(arrivalKey(arrival), arrival);
      if (finding.sink.location.line !== line || finding.sink.location.file !== file) found[index]?.atCalls.add(`${channelOf(lines)} ${arrival.field}`);
    }
  }
  return found;
}
