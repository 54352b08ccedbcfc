// The same program gives the same bytes: twice, in any order of files, from a cold or a warm cache, in another folder.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultConfig } from '#config/valid-config';
import type { Host, TaskAnswer } from '#host/host';
import { createNodeHost } from '#host/node-host';
import { renderJson } from '#report/json';
import { scan } from '#session';
import type { ScanOptions } from '#session/open-scan';
import { shuffled } from './harness/shuffled.ts';

const SHUFFLES = 20;

const determinism = suite<{ folder: string; root: string; expected: string }>('determinism');

determinism.before(async (context) => {
  // Outside of any repository, so that nothing but the files themselves can count.
  context.folder = mkdtempSync(join(tmpdir(), 'fiduciary-determinism-'));
  context.root = join(context.folder, 'program');
  cpSync('fixtures', context.root, { recursive: true });
  context.expected = await scanned(createNodeHost(), context.root);
});

determinism.after(({ folder }) => {
  rmSync(folder, { recursive: true, force: true });
});

determinism('there is something to compare', ({ expected }) => {
  const { findings } = JSON.parse(expected) as { readonly findings: readonly unknown[] };
  assert.ok(findings.length > 10, `only ${findings.length} findings`);
});

determinism('two runs', async ({ root, expected }) => {
  same(await scanned(createNodeHost(), root), expected);
});

determinism(`${SHUFFLES} orders in which the disk may list its files`, async ({ root, expected }) => {
  for (let seed = 1; seed <= SHUFFLES; seed += 1) same(await scanned(shuffled(createNodeHost(), seed), root), expected, `seed ${seed}`);
});

determinism('a cold and a warm cache', async ({ folder, root, expected }) => {
  const cache = join(folder, 'cache');
  same(await scanned(createNodeHost(), root, cache), expected, 'cold');
  same(await scanned(createNodeHost(), root, cache), expected, 'warm');
});

determinism('one thread and several', async ({ root, expected }) => {
  same(await scanned(createNodeHost(), root, undefined, { jobs: 1 }), expected, 'one thread');
  // On a machine that is busy with other things the first thread may have done all before the others have started.
  let done = 0;
  for (let attempt = 0; attempt < 8 && done <= 20; attempt += 1) {
    const answers: TaskAnswer[] = [];
    same(await scanned(listening(createNodeHost(), answers), root, undefined, { jobs: 3 }), expected, 'three threads');
    done += answers.filter(({ bytes }) => bytes !== undefined).length;
  }
  assert.ok(done > 20, 'the other threads have done something');
});

determinism('threads that answer nothing', async ({ root, expected }) => {
  const host: Host = { ...createNodeHost(), startThreads: () => ({ count: 2, open: 0, give: () => undefined, take: () => undefined, end: () => undefined }) };
  same(await scanned(host, root, undefined, { jobs: 3 }), expected);
});

determinism('all functions evaluated, and only those that can reach a sink', async ({ root, expected }) => {
  // All but the way there: of two that are equally good, the one that passes through markup is met in one case only.
  const findingsOf = (json: string): string => JSON.stringify((JSON.parse(json) as { readonly findings: unknown }).findings, (key, value: unknown) => (key === 'path' ? undefined : value), 1);
  same(findingsOf(await scanned(createNodeHost(), root, undefined, { everything: true })), findingsOf(expected));
});

determinism('another folder', async ({ folder, root, expected }) => {
  const copy = join(folder, 'somewhere', 'else');
  cpSync(root, copy, { recursive: true });
  same(await scanned(createNodeHost(), copy), expected);
});

determinism.run();

async function scanned(host: Host, root: string, cacheDir?: string, options: Partial<ScanOptions> = {}): Promise<string> {
  const { result } = await scan(host, { root, config: defaultConfig(root), paths: [], cacheDir, ...options });
  return renderJson(result);
}

/** Tells the first line that differs: the whole texts would fill the screen. */
function same(actual: string, expected: string, when = ''): void {
  if (actual === expected) return;
  const [ours, theirs] = [actual.split('\n'), expected.split('\n')];
  const line = theirs.findIndex((text, index) => text !== ours[index]);
  assert.unreachable(`${when} line ${line + 1}: ${ours[line]?.trim() ?? 'end'} instead of ${theirs[line]?.trim() ?? 'end'}`);
}

/** Keeps what threads answer, and waits for each: on a busy machine the main one would be done before they have begun. */
function listening(host: Host, answers: TaskAnswer[]): Host {
  return {
    ...host,
    startThreads(_, count) {
      const threads = host.startThreads?.(new URL('./session/source-thread.mjs', import.meta.url), count);
      if (!threads) throw new Error('the host has no threads');
      return {
        count,
        get open() {
          return threads.open;
        },
        give: (task) => threads.give(task),
        take(patience) {
          // On a busy machine the main thread would otherwise have done everything before another has begun.
          const answer = threads.take(threads.open > 0 ? { rounds: 100 } : patience);
          if (answer) answers.push(answer);
          return answer;
        },
        end: () => threads.end(),
      };
    },
  };
}
