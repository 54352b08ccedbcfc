// Writes findings as a scan of a very large program would have them, one JSON text a line: elements, files, lines, ids, symbols, paths
// and vendors differ from one to the next as they do there. Arguments: how many, the file. The same number gives the same findings.
import { closeSync, openSync, writeSync } from 'node:fs';
import { loadShipped } from '../../test/catalog/rules.ts';
import { findingsOf } from '../../test/policy/random-findings.ts';
import { createRandom } from '../../test/policy/random.ts';

export function writeFindings(count: number, path: string): void {
  const make = findingsOf(loadShipped());
  const random = createRandom(20_261_130);
  const file = openSync(path, 'w');
  for (let made = 0; made < count; made += 1) writeSync(file, `${JSON.stringify(make(random).finding)}\n`);
  closeSync(file);
}
