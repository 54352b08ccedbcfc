// The table of src/ imports holds, and the check that says so does see departures from it.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { architectureProblems, checkArchitecture } from '../scripts/checks/architecture.ts';
import { parseText } from '../scripts/checks/sources.ts';

const architecture = suite('architecture');
const whats = (files: Readonly<Record<string, string>>, exceptions: Parameters<typeof architectureProblems>[1] = []): readonly string[] =>
  architectureProblems(Object.entries(files).map(([file, text]) => parseText(file, text)), exceptions).map(({ where, what }) => `${where} ${what}`);

architecture('src/ keeps to the table', () => {
  assert.equal(checkArchitecture(), []);
});

architecture('an import along the table is fine', () => {
  assert.equal(whats({ 'src/flow/solve.ts': "import type { Gap } from '#model/gap';\nimport { link } from './link.ts';\nimport { join } from 'node:path';" }), []);
});

architecture('an import against the table is told with its line', () => {
  assert.equal(whats({ 'src/flow/solve.ts': "\nimport type { Facts } from '#extract/facts';" }), ['src/flow/solve.ts:2 flow may not import extract']);
});

architecture('a relative import may not cross folders', () => {
  assert.equal(whats({ 'src/flow/solve.ts': "import { x } from '../model/gap.ts';" }), ['src/flow/solve.ts:1 ../model/gap.ts crosses folders: write #model/gap']);
});

architecture('packages and Node modules stay where they belong', () => {
  assert.equal(whats({ 'src/report/text.ts': "import { readFileSync } from 'fs';" }), ['src/report/text.ts:1 report may not import fs (only host)']);
  assert.equal(whats({ 'src/flow/a.ts': "type T = import('typescript').Node;" }), ['src/flow/a.ts:1 flow may not import typescript (only extract, project)']);
  assert.equal(whats({ 'src/host/net.ts': "import 'node:https';" }), ['src/host/net.ts:1 host may not import node:https (no folder may)']);
});

architecture('process is seen as a global, not as a name', () => {
  assert.equal(whats({ 'src/flow/a.ts': 'export const cwd = process.cwd();' }), ['src/flow/a.ts:1 flow may not use process.cwd: go through host']);
  assert.equal(whats({ 'src/flow/a.ts': 'const a = { process() {} }; a.process();' }), []);
  assert.equal(whats({ 'src/cli/bin.ts': 'process.exitCode = process.argv.length;' }), []);
});

architecture('a cycle between folders is told once', () => {
  const files = { 'src/model/a.ts': "import '#report/b';", 'src/report/b.ts': "import '#model/a';" };
  assert.equal(whats(files, [{ from: 'src/model/a.ts', to: 'report', reason: 'test' }]), ['src/model import cycle: model -> report -> model']);
});

architecture('an exception that nothing needs is a problem', () => {
  assert.equal(whats({ 'src/model/a.ts': '' }, [{ from: 'src/model/a.ts', to: 'host', reason: 'test' }]), ['src/model/a.ts the exception for host is no longer needed']);
});

architecture.run();
