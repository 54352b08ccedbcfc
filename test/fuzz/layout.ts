// Lays the parts of a program out in files: where the types stand, how the entry looks, how one file hands its functions to another.
export interface Layout {
  readonly language: 'ts' | 'tsx' | 'js';
  readonly async: boolean;
  readonly entry: 'function' | 'arrow' | 'method' | 'pattern';
  readonly types: 'here' | 'file';
  /** How a second file exports and the first imports; `none`: there is one file. */
  readonly library: 'none' | 'named' | 'prefixed' | 'barrel' | 'namespace' | 'default' | 'require' | 'require-name' | 'import-require' | 'star-as' | 'dynamic';
}

/** What stands at the top level of a file, and the names of it that are used where it was asked for. */
export interface TopPart {
  readonly file: string;
  readonly text: string;
  readonly names: readonly string[];
  readonly byWhom: string;
}

const TYPES = `interface Customer {
  email: string;
  phone: string;
  cardNumber: string;
  password: string;
  tier: string;
}

interface Pair {
  left: string;
  right: string;
}`;
const LOADER = 'declare function loadCustomer(): Customer;';
const PATTERN = '{ email, phone, cardNumber, password }';

export function layOut(layout: Layout, body: readonly string[], tops: readonly TopPart[]): Readonly<Record<string, string>> {
  const extension = layout.language === 'tsx' ? 'tsx' : 'ts';
  const inLibrary = tops.filter(({ file }) => file === 'lib');
  const exported = inLibrary.filter(({ byWhom }) => byWhom === 'main').flatMap(({ names }) => names);
  const entry = [...tops.filter(({ file }) => file === 'main').map(({ text }) => text), entryOf(layout, body)].join('\n\n');
  if (inLibrary.length === 0) return withTypes(layout, { [`main.${extension}`]: entry });
  const library = libraryOf(layout, inLibrary.map(({ text }) => text).join('\n\n'), exported);
  return withTypes(layout, {
    ...Object.fromEntries(Object.entries(library.files).map(([name, text]) => [`${name}.${extension}`, text])),
    [`main.${extension}`]: `${library.imports}\n\n${library.uses(entry)}`,
  });
}

function entryOf({ entry, async, language }: Layout, body: readonly string[]): string {
  const lines = body.join('\n').split('\n');
  const inner = (indent: string): string => lines.map((line) => `${indent}${line}`.trimEnd()).join('\n');
  const before = async ? 'async ' : '';
  const parameters = 'customer: Customer, customers: Customer[]';
  const imported = language === 'tsx' ? `import React from 'react';\n\n` : '';
  switch (entry) {
    case 'function': return `${imported}export ${before}function run(${parameters}) {\n${inner('  ')}\n}`;
    case 'pattern': return `${imported}export ${before}function run(${PATTERN}: Customer, customers: Customer[]) {\n${inner('  ')}\n}`;
    case 'arrow': return `${imported}export const run = ${before}(${parameters}) => {\n${inner('  ')}\n};`;
    case 'method': return `${imported}class Desk {\n  ${before}handle(${parameters}) {\n${inner('    ')}\n  }\n}\n\nexport const run = (${parameters}) => new Desk().handle(customer, customers);`;
    default: throw new Error(`no entry ${String(entry)}`);
  }
}

interface Library {
  readonly files: Readonly<Record<string, string>>;
  readonly imports: string;
  /** The text of the first file, with the names as it knows them. */
  readonly uses: (text: string) => string;
}

const same = (text: string): string => text;

function libraryOf({ library }: Layout, text: string, names: readonly string[]): Library {
  const list = names.join(', ');
  const through = (object: string) => (main: string): string => names.reduce((at, name) => at.replace(new RegExp(`\\b${name}\\b`, 'g'), `${object}.${name}`), main);
  switch (library) {
    case 'none': throw new Error('no second file was asked for');
    case 'named': return { files: { lib: `${text}\n\nexport { ${list} };` }, imports: `import { ${list} } from './lib';`, uses: same };
    case 'prefixed': {
      const at = names.reduce((before, name) => before.replace(new RegExp(`^((?:async function\\*?|function\\*?|abstract class|class|const|enum|namespace|interface|type) ?)(?=${name}\\b)`, 'gm'), 'export $1'), text);
      return { files: { lib: at }, imports: `import { ${names.map((name) => `${name} as ${name}x`).join(', ')} } from './lib.js';`, uses: (main) => names.reduce((before, name) => before.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}x`), main) };
    }
    case 'barrel': return { files: { lib: `${text}\n\nexport { ${list} };`, index: `export * from './lib';` }, imports: `import { ${list} } from './index';`, uses: same };
    case 'namespace': return { files: { lib: `${text}\n\nexport { ${list} };` }, imports: `import * as lib from './lib';`, uses: through('lib') };
    case 'default': {
      const [first = '', ...others] = names;
      // A declaration may say so itself.
      const inline = text.replace(new RegExp(`^(?=(?:async )?(?:function\\*? |class )${first}\\b)`, 'm'), 'export default ');
      if (inline !== text && !new RegExp(`function ${first}\\([^]*function ${first}\\(`).test(text)) return { files: { lib: `${inline}${others.length > 0 ? `\n\nexport { ${others.join(', ')} };` : ''}` }, imports: `import ${first}${others.length > 0 ? `, { ${others.join(', ')} }` : ''} from './lib';`, uses: same };
      return { files: { lib: `${text}\n\nexport default ${first};${others.length > 0 ? `\nexport { ${others.join(', ')} };` : ''}` }, imports: `import ${first}${others.length > 0 ? `, { ${others.join(', ')} }` : ''} from './lib';`, uses: same };
    }
    case 'star-as': return { files: { lib: `${text}\n\nexport { ${list} };`, index: `export * as lib from './lib';` }, imports: `import { lib } from './index';`, uses: through('lib') };
    case 'dynamic': return { files: { lib: `${text}\n\nexport { ${list} };` }, imports: `const loading = import('./lib');`, uses: (main) => through('lib')(main).replace(/^((?:export )?(?:async function run|const run = async|export const run = async)[^\n]*\{\n|  async handle[^\n]*\{\n)/m, '$1  const lib = await loading;\n') };
    case 'require': return { files: { lib: `${text}\n\nmodule.exports = { ${list} };` }, imports: `const { ${list} } = require('./lib');`, uses: same };
    case 'require-name': return { files: { lib: `${text}\n\n${names.map((name) => `exports.${name} = ${name};`).join('\n')}` }, imports: `const lib = require('./lib');`, uses: through('lib') };
    case 'import-require': return { files: { lib: `${text}\n\nexport = { ${list} };` }, imports: `import lib = require('./lib');`, uses: through('lib') };
    default: throw new Error(`no library ${String(library)}`);
  }
}

function withTypes({ types }: Layout, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const complete = Object.entries(files).map(([path, text]) => {
    const loaded = text.includes('loadCustomer(') ? `${LOADER}\n` : '';
    if (types === 'file') {
      const used = ['Customer', 'Pair'].filter((name) => new RegExp(`\\b${name}\\b`).test(loaded + text));
      return [path, `${used.length > 0 ? `import type { ${used.join(', ')} } from './types';\n` : ''}${loaded}${text}\n`];
    }
    const needed = /\b(?:Customer|Pair)\b/.test(text) ? `${TYPES}\n` : '';
    return [path, `${needed}${loaded}\n${text}\n`.trimStart()];
  });
  return Object.fromEntries(types === 'file' ? [['types.ts', TYPES.replaceAll('interface', 'export interface')], ...complete] : complete);
}
