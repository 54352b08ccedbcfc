// Compares a rendered text with the reviewed one, byte for byte. UPDATE_GOLDEN=1 writes what is rendered; read the diff.
import { readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

export function matchesGolden(name: string, actual: string): void {
  const file = new URL(`./golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  assert.fixture(actual, readFileSync(file, 'utf8'));
}
