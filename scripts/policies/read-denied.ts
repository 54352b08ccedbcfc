// Which control denies the program of each duty, as fixtures/duties/denied.yaml has it and test/policy/duties.test.ts proves it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Id of a duty → id of a control. */
export const readDenied = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(parse(readFileSync('fixtures/duties/denied.yaml', 'utf8')) as Readonly<Record<string, string>>));
