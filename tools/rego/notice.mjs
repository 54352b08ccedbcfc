// Prints the NOTICE of rego.wasm: what is linked into it, in which version, and the licences, each text once.
// Reads the modules that Go has downloaded. A module without a licence that can be told is an error.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const OPA = 'github.com/open-policy-agent/opa';
const LICENCE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

/** Telling words of each licence. */
const KINDS = [
  ['Apache-2.0', /Apache License\s+Version 2\.0|Licensed under the Apache License/],
  ['MIT', /Permission is hereby granted, free of charge/],
  ['BSD-3-Clause', /Redistribution and use[\s\S]*(Neither the name|may not be used to endorse)/],
  ['BSD-2-Clause', /Redistribution and use/],
];

const go = (...args) => execFileSync('go', args, { cwd: HERE, encoding: 'utf8', env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' } }).trim();
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const parts = [...linkedParts(), ...runtimeParts()];
process.stdout.write(render(parts));

/** Go's own library, each module, and what a module carries in its packages from elsewhere. */
function linkedParts() {
  const rows = go('list', '-deps', '-f', '{{with .Module}}{{.Path}}|{{.Version}}|{{.Dir}}|{{$.Dir}}{{end}}', '.').split('\n').filter((row) => row.includes('|'));
  const folders = new Map();
  for (const [path, version, root, folder] of rows.map((row) => row.split('|'))) {
    if (version === '') continue;
    // A package in a module, and every folder above it, may have a licence of its own.
    for (let at = folder; at.startsWith(root); at = dirname(at)) folders.set(at, { path, version, root });
  }
  const modules = [...folders].flatMap(([folder, { path, version, root }]) => {
    const name = [path, ...relative(root, folder).split(sep)].filter((part) => part !== '').join('/');
    return textsIn(folder).map((text) => ({ name, version, text }));
  });
  const missing = rows.map((row) => row.split('|')[0]).find((path) => path !== 'fiduciary/tools/rego' && !modules.some(({ name }) => name === path));
  if (missing !== undefined) throw new Error(`${missing} has no licence`);
  const library = { name: 'The Go standard library and runtime', version: go('env', 'GOVERSION'), text: readFileSync(join(go('env', 'GOROOT'), 'LICENSE'), 'utf8') };
  return [library, ...modules.sort((a, b) => byText(a.name, b.name))];
}

/** The C and C++ of OPA's wasm runtime, which is part of every policy that the toolchain compiles. */
function runtimeParts() {
  const [version, root] = go('list', '-m', '-f', '{{.Version}}|{{.Dir}}', OPA).split('|');
  const source = join(root, 'wasm', 'src');
  const heads = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(c|cc|h)$/.test(file))
    .flatMap((file) => commentsOf(readFileSync(join(source, file), 'utf8')).filter((text) => /copyright.*\d{4}|Permission is hereby granted/i.test(text)).map((text) => ({ file, text })));
  const name = (file) => `${OPA}/wasm/src/${file.includes(sep) ? `${file.split(sep)[0]}/` : basename(file)}`;
  return [
    ...heads.map(({ file, text }) => ({ name: name(file), version, text })).sort((a, b) => byText(a.name, b.name)),
    { name: `${OPA}/wasm/src/re2/`, version, text: readFileSync(join(HERE, 'licences', 're2.txt'), 'utf8') },
  ];
}

/** Block comments, and runs of line comments. */
function commentsOf(text) {
  return (text.match(/\/\*[\s\S]*?\*\/|(?:^\/\/.*\n)+/gm) ?? []).map((comment) =>
    comment.split('\n').map((line) => line.replace(/^\s*(\/\*+|\*+\/|\*|\/\/)? ?/, '').replace(/\s*\*+\/$/, '')).join('\n'));
}

function textsIn(folder) {
  return readdirSync(folder).filter((file) => LICENCE.test(file)).sort(byText).map((file) => readFileSync(join(folder, file), 'utf8'));
}

function render(all) {
  const texts = new Map();
  for (const { name, version, text } of all) {
    const tidy = text.replaceAll('\r\n', '\n').replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
    const owners = texts.get(tidy) ?? new Set();
    texts.set(tidy, owners.add(`${name} ${version}`));
  }
  const kinds = new Map();
  for (const [text, owners] of texts) for (const owner of owners) kinds.set(owner, [...(kinds.get(owner) ?? []), ...kindsOf(text)]);
  const list = [...kinds].sort(([a], [b]) => byText(a, b)).map(([owner, found]) => `  ${owner}: ${[...new Set(found)].sort(byText).join(', ') || 'in its own words, below'}`);
  return [
    'rego.wasm is built from tools/rego, under the licence of this project, and from the following.',
    '',
    ...list,
    '',
    ...[...texts].flatMap(([text, owners]) => ['-'.repeat(80), ...owners, '', text, '']),
  ].join('\n');
}

function kindsOf(text) {
  const kinds = KINDS.filter(([, words]) => words.test(text)).map(([kind]) => kind);
  return kinds.filter((kind) => kind !== 'BSD-2-Clause' || !kinds.includes('BSD-3-Clause'));
}
