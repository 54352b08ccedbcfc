// Runs a program and says what really arrived at its sinks. Every outcome of `Math.random` is tried in turn, so that what can happen
// on any way through the program is seen. Masks remove a marker; encodings do not.
import { inspect } from 'node:util';
import ts from 'typescript';
import { type Arrival, arrivalKey, customer, MARKED, type Program } from './program.ts';

export interface Truth {
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly runs: number;
  /** What the program threw out of its entry, which a program made by chance should not do. */
  readonly errors: readonly string[];
}

const MAX_RUNS = 256;
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.React, experimentalDecorators: true, esModuleInterop: true,
  useDefineForClassFields: true, verbatimModuleSyntax: false,
};

export async function observe(program: Program): Promise<Truth> {
  const code = compile(program);
  const arrivals = new Map<string, Arrival>();
  const errors = new Set<string>();
  const open: (readonly boolean[])[] = [[]];
  let runs = 0;
  const unhandled = (error: unknown): void => void errors.add(String(error));
  process.on('unhandledRejection', unhandled);
  while (open.length > 0 && runs < MAX_RUNS) {
    const prefix = open.pop() ?? [];
    const taken: boolean[] = [];
    const toss = (): number => {
      const fell = prefix[taken.length] ?? false;
      // What was not prescribed could have fallen otherwise.
      if (taken.length >= prefix.length && taken.length < 24) open.push([...taken, true]);
      taken.push(fell);
      return fell ? 0 : 0.75;
    };
    runs += 1;
    try {
      await runOnce(code, program.main, toss, (sink, seen) => note(arrivals, sink, seen));
    } catch (error) {
      errors.add(error instanceof Error ? `${error.name}: ${error.message}` : 'something else');
    }
  }
  // Node tells of promises that nobody has caught when all that was due has run.
  await new Promise((done) => setImmediate(done));
  process.off('unhandledRejection', unhandled);
  return { arrivals, runs, errors: [...errors] };
}

type Code = ReadonlyMap<string, (...globals: readonly unknown[]) => void>;
const GLOBALS = ['require', 'module', 'exports', 'console', 'localStorage', 'fetch', 'Math', 'React', 'loadCustomer', 'setTimeout'] as const;

function compile({ files }: Program): Code {
  return new Map(Object.entries(files).map(([path, text]) => [path, compiledFile(path, text)]));
}

type CompiledFile = (...globals: readonly unknown[]) => void;
const compiled = new Map<string, CompiledFile>();

/** Kept for a while: whoever makes a program smaller asks for nearly the same files again and again. */
function compiledFile(path: string, text: string): CompiledFile {
  const key = `${path}\n${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const { outputText } = ts.transpileModule(text, { compilerOptions: OPTIONS, fileName: path });
  // The text is a program that we have made ourselves.
  const made = new Function(...GLOBALS, outputText) as CompiledFile;
  if (compiled.size > 500) compiled.clear();
  compiled.set(key, made);
  return made;
}

async function runOnce(code: Code, main: string, toss: () => number, seen: (sink: string, text: string) => void): Promise<void> {
  const print = (...args: readonly unknown[]): void => record(seen, args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg, { depth: 6 }))).join(' '));
  const fetched = (url: unknown, options?: { readonly body?: unknown }): Promise<unknown> => {
    record(seen, `${String(url)} ${String(options?.body ?? '')}`);
    return Promise.resolve({ ok: true });
  };
  const chance = Object.create(Math, { random: { value: toss } }) as typeof Math;
  const globals = {
    console: { log: print, info: print, warn: print, error: print, debug: print },
    localStorage: { setItem: (key: unknown, value: unknown) => record(seen, `${String(key)} ${String(value)}`) },
    fetch: fetched,
    Math: chance,
    React: { createElement: createElement, Fragment: (properties: unknown) => properties },
    loadCustomer: customer,
    setTimeout: (task: () => void) => void Promise.resolve().then(task),
  };
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(path, module);
    const require = (specifier: string): unknown => (specifier.startsWith('.') ? load(resolveIn(code, specifier)) : { default: globals.React, ...globals.React, __esModule: true });
    code.get(path)?.(require, module, module.exports, globals.console, globals.localStorage, globals.fetch, globals.Math, globals.React, globals.loadCustomer, globals.setTimeout);
    return module.exports;
  };
  const { run } = load(main) as { readonly run: (...args: readonly unknown[]) => unknown };
  await run(customer(), [customer()]);
  // Promises that nobody waits for have a few turns as well.
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

function resolveIn(code: Code, specifier: string): string {
  const stem = specifier.replace(/^\.\//, '').replace(/\.js$/, '');
  const found = [...code.keys()].find((path) => path.replace(/\.[a-z]+$/, '') === stem);
  if (found === undefined) throw new Error(`no module ${specifier}`);
  return found;
}

/** The smallest runtime: a component is a function of its properties, called where it is written. */
function createElement(component: unknown, properties: object | null, ...children: readonly unknown[]): unknown {
  const all = { ...properties, children: children.length === 1 ? children[0] : children };
  return typeof component === 'function' ? (component as (properties: object) => unknown)(all) : all;
}

function record(seen: (sink: string, text: string) => void, text: string): void {
  const sink = /\bs\d+\b/.exec(text)?.[0];
  if (sink === undefined) throw new Error('a sink without a name');
  seen(sink, text);
}

function note(arrivals: Map<string, Arrival>, sink: string, text: string): void {
  const readable = readings(text);
  for (const { field, core } of MARKED) if (readable.some((reading) => reading.includes(core))) arrivals.set(arrivalKey({ sink, field }), { sink, field });
}

/** The text as it is, unescaped and decoded; letters only, so that what was put between them does not matter; both directions. */
function readings(text: string): readonly string[] {
  // Where something else stands right before what was encoded, the signs of the code begin later.
  const tokens = [...`${text} ${unescaped(text)}`.matchAll(/[\w+/-]{8,}/g)].flatMap(([token]) => [0, 1, 2, 3].map((start) => token.slice(start)));
  const decoded = tokens.flatMap((token) => [Buffer.from(token, 'base64').toString('latin1'), Buffer.from(token, 'hex').toString('latin1')]);
  return [text, unescaped(text), ...decoded].flatMap((reading) => {
    const letters = reading.toLowerCase().replace(/[^a-z]/g, '');
    return [letters, [...letters].reverse().join('')];
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
