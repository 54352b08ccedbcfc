// The yardstick Y: time to parse the analysed texts with the TypeScript parser and nothing else. No JSDoc, no parent links,
// one process, every text read beforehand, no tree kept. Standard input: a JSON list of { name, text }. Output: milliseconds.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import ts from 'typescript';

const texts = JSON.parse(readFileSync(0, 'utf8')) as readonly { readonly name: string; readonly text: string }[];
const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

const cpuBefore = process.cpuUsage();
const start = performance.now();
let statements = 0;
for (const { name, text } of texts) statements += ts.createSourceFile(name, text, options, false).statements.length;
const wall = performance.now() - start;
const cpu = process.cpuUsage(cpuBefore);

// The count is printed so that no engine may leave the work out.
process.stdout.write(JSON.stringify({ wall, cpu: (cpu.user + cpu.system) / 1000, statements }));
