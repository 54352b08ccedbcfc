// Tells when something in folders has changed: once for changes that come together, as an editor's saving does.
import { watch } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const TOGETHER = 100;

export async function* watchFolders(folders: readonly string[]): AsyncGenerator<void> {
  let wake: (() => void) | undefined;
  let changed = false;
  const watchers = folders.map((folder) => watch(folder, { recursive: true }, () => {
    changed = true;
    wake?.();
  }));
  try {
    for (;;) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      await wait(TOGETHER);
      changed = false;
      yield;
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
