// Makes a program from a seed: moves follow each other, each takes what earlier ones made; sinks stand between them and at the end.
import ts from 'typescript';
import { createRandom, type Random } from '../policy/random.ts';
import { layOut, type Layout, type TopPart } from './layout.ts';
import { type Move, readMoves, type Shape } from './moves.ts';
import type { Program } from './program.ts';
import { childOf, type HoleKind, type Scope, type Variable, visible } from './scope.ts';

const all = readMoves('test/fuzz/moves');
const isSink = (move: Move): boolean => move.code.includes('$s') && move.makes === undefined && move.top === '';
const SINKS = all.filter(isSink);
const MOVES = all.filter((move) => !isSink(move));
const WORDS = ['note', 'branch', 'queue', 'ledger', 'window', 'letter', 'teller', 'vault'] as const;
const MAX_DEPTH = 3;
const TOKEN = /\$(body|loop|cb|fn|afn)\(([^)]*)\)|\$(ret|\?|[1-9]|[a-hmoswCEF])(?![\w])/g;
const TOP_NAMES = new Set(['f', 'g', 'h', 'C', 'E', 'F']);

export function generate(seed: number): Program {
  return new Generator(seed).program();
}

/** Names of all moves, for those who ask which of them programs have used. */
export const moveNames = (): readonly string[] => MOVES.map(({ name }) => name);

/** A hole with what was written into it. */
interface Filled extends Scope {
  readonly written: readonly string[];
}

class Generator {
  readonly #seed: number;
  readonly #random: Random;
  readonly #layout: Layout;
  readonly #tops: TopPart[] = [];
  readonly #used = new Set<string>();
  #names = 0;
  #sinks = 0;
  #budget: number;

  constructor(seed: number) {
    this.#seed = seed;
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1));
    this.#random = random;
    this.#budget = 4 + random.int(8);
    const language = random.pick(['ts', 'ts', 'ts', 'tsx', 'js'] as const);
    const async = random.chance(0.5);
    this.#layout = {
      language,
      async,
      entry: random.pick(['function', 'function', 'arrow', 'method', 'pattern']),
      types: random.pick(['here', 'here', 'file']),
      library: random.pick(['none', 'none', 'named', 'prefixed', 'barrel', 'namespace', 'default', 'require', 'require-name', language === 'js' ? 'named' : 'import-require', 'star-as', async ? 'dynamic' : 'named']),
    };
  }

  program(): Program {
    const { entry, async, language } = this.#layout;
    const scope: Scope = { variables: [], parent: undefined, async, depth: 0, file: 'main', region: {}, owner: {} };
    const known = (name: string, shape: Shape): void => void scope.variables.push({ name, shape, mutable: false, region: scope.region, whole: false });
    if (entry === 'pattern') {
      for (const field of ['email', 'phone', 'cardNumber', 'password']) known(field, 'text');
    } else known('customer', 'record');
    known('customers', 'records');
    const lines = [this.#opening(scope), ...this.#moves(scope, this.#budget), ...this.#closing(scope)];
    const files = layOut(this.#layout, lines.filter((line) => line !== ''), this.#tops);
    return { seed: this.#seed, files: language === 'js' ? asJavaScript(files) : files, main: `main.${language}` };
  }

  /** One text at least, so that nearly every move can be made. */
  #opening(scope: Scope): string {
    const first = MOVES.find(({ name }) => name === this.#random.pick(['email', 'phone', 'card', 'destructured']));
    return first && scope.variables.some(({ shape }) => shape === 'record') ? this.#write(first, scope) : '';
  }

  #closing(scope: Scope): readonly string[] {
    return [this.#sink(scope), this.#sink(scope), this.#random.chance(0.5) ? this.#sink(scope) : ''];
  }

  #moves(scope: Scope, count: number): readonly string[] {
    const lines: string[] = [];
    for (let index = 0; index < count && this.#budget > 0; index += 1) {
      this.#budget -= 1;
      const move = this.#choose(scope);
      if (move) lines.push(this.#write(move, scope));
      if (this.#random.chance(0.15)) lines.push(this.#sink(scope));
    }
    return lines.filter((line) => line !== '');
  }

  #sink(scope: Scope): string {
    const shapes = new Set(visible(scope).map(({ shape }) => shape));
    const fit = SINKS.filter((move) => this.#fits(move, scope, shapes));
    return fit.length === 0 ? '' : this.#write(this.#random.pick(fit), scope);
  }

  #choose(scope: Scope): Move | undefined {
    const shapes = new Set(visible(scope).map(({ shape }) => shape));
    const fit = MOVES.filter((move) => this.#fits(move, scope, shapes));
    if (fit.length === 0) return undefined;
    const markup = fit.filter((move) => move.flags.has('tsx'));
    if (markup.length > 0 && this.#random.chance(0.12)) return this.#random.pick(markup);
    // What was made last is worth more than what is made anew.
    const wanted = this.#random.pick([...shapes]);
    const near = fit.filter((move) => move.takes.includes(wanted));
    return this.#random.pick(near.length > 0 && this.#random.chance(0.6) ? near : fit);
  }

  #fits(move: Move, scope: Scope, shapes: ReadonlySet<Shape>): boolean {
    const { language } = this.#layout;
    if (move.flags.has('async') && !scope.async) return false;
    if (move.flags.has('ts') && language === 'js') return false;
    if (move.flags.has('tsx') && language !== 'tsx') return false;
    if (move.flags.has('plain') && language === 'tsx') return false;
    if (/\$(?:body|loop|cb|fn|afn)\(/.test(move.code + move.top) && (scope.depth >= MAX_DEPTH || this.#budget <= 0)) return false;
    if (move.code.includes('$m') && this.#assignable(move, scope).length === 0) return false;
    if (isSink(move) && move.flags.has('whole') && !visible(scope).some(({ shape, whole }) => shape === 'text' && !whole)) return false;
    return move.takes.every((shape) => shapes.has(shape));
  }

  /** A variable that is surely overwritten there, or one that only gains. */
  #assignable(move: Move, scope: Scope): readonly Variable[] {
    const overwrites = !move.code.includes('+=');
    return visible(scope).filter(({ mutable, region }) => mutable && (overwrites ? region === scope.region : ownerHas(scope, region)));
  }

  #write(move: Move, scope: Scope): string {
    this.#used.add(move.name);
    const names = new Map<string, string>();
    const taken: string[] = [];
    const narrow = isSink(move) && move.flags.has('whole');
    for (const shape of move.takes) taken.push(this.#input(scope, shape, taken, narrow));
    let whole = move.flags.has('whole') || visible(scope).some((variable) => variable.whole && taken.includes(variable.name));
    const target = move.code.includes('$m') ? this.#random.pick(this.#assignable(move, scope)) : undefined;
    if (target) target.whole ||= whole;
    const declared = this.#random.pick(['const', 'let']);
    // A type is no value that a module could hand over in every way: what names one stays where it is.
    const inLibrary = move.top !== '' && !move.code.includes('$F') && scope.file === 'main' && this.#layout.library !== 'none' && (this.#layout.library !== 'dynamic' || isInEntry(scope)) && this.#random.chance(0.7);
    const file = inLibrary ? 'lib' : scope.file;
    const needed = new Set<string>();
    const nameOf = (token: string): string => {
      const known = names.get(token);
      if (known !== undefined) return known;
      const made = `${/[A-Z]/.test(token) ? 'K' : TOP_NAMES.has(token) ? 'f' : 'v'}${(this.#names += 1)}`;
      names.set(token, made);
      return made;
    };
    const expand = (text: string, top: boolean): string => {
      let last: Filled | undefined;
      return text.split('\n').map((line) => {
        const indent = /^ */.exec(line)?.[0] ?? '';
        return line.replace(TOKEN, (_, hole: HoleKind | undefined, params: string | undefined, token: string | undefined) => {
          if (hole !== undefined) {
            last = this.#hole({ ...scope, file: top ? file : scope.file }, hole, top, params ?? '', nameOf, whole);
            return indented(last.written, indent);
          }
          switch (token) {
            case 'ret': {
              const given = last ? this.#input(last, 'text', [], false) : `''`;
              whole ||= last !== undefined && visible(last).some((variable) => variable.whole && variable.name === given);
              return given;
            }
            case '?': return 'Math.random() < 0.5';
            case 'w': return this.#random.pick(WORDS);
            case 's': return `s${(this.#sinks += 1)}`;
            case 'd': return declared;
            case 'm': return target?.name ?? '';
            default: {
              const given = taken[Number(token) - 1];
              if (given !== undefined) return given;
              if (!top && TOP_NAMES.has(token ?? '')) needed.add(nameOf(token ?? ''));
              return nameOf(token ?? '');
            }
          }
        });
      }).join('\n');
    };
    const top = move.top === '' ? '' : expand(move.top, true);
    const code = expand(move.code, false);
    if (top !== '') this.#tops.push({ file, text: top, names: [...needed], byWhom: scope.file });
    const made = names.get('o');
    if (made !== undefined && move.makes !== undefined) {
      scope.variables.push({ name: made, shape: move.makes, mutable: move.makes === 'text' && declared === 'let' && move.code.includes('$d $o'), region: scope.region, whole });
    }
    return code;
  }

  #hole(outer: Scope, kind: HoleKind, top: boolean, params: string, nameOf: (token: string) => string, whole: boolean): Filled {
    const inner = childOf(outer, kind, top);
    for (const param of params.split(',').filter((one) => one !== '')) {
      const [token = '', shape = 'text'] = param.trim().split(':');
      inner.variables.push({ name: nameOf(token), shape: shape as Shape, mutable: false, region: inner.region, whole });
    }
    const written = this.#moves(inner, 1 + this.#random.int(3));
    const sink = this.#random.chance(0.4) || kind === 'body' ? this.#sink(inner) : '';
    return { ...inner, written: [...written, sink].filter((line) => line !== '') };
  }

  /** One that can be seen, rather a late one. */
  #input(scope: Scope, shape: Shape, taken: readonly string[], narrow: boolean): string {
    const fit = visible(scope).filter((variable) => variable.shape === shape && !(narrow && variable.whole));
    const fresh = fit.filter(({ name }) => !taken.includes(name));
    const from = fresh.length > 0 ? fresh : fit;
    const near = from.slice(-3);
    return from.length === 0 ? `'${this.#random.pick(WORDS)}'` : this.#random.pick(this.#random.chance(0.75) ? near : from).name;
  }
}

/** What is loaded late is there in the entry alone. */
const isInEntry = (scope: Scope): boolean => (scope.parent ? isInEntry(scope.parent) : scope.depth === 0);

/** Whether the region lies in the function that the scope belongs to. */
function ownerHas(scope: Scope, region: object): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.owner !== scope.owner) return false;
    if (at.region === region) return true;
  }
  return false;
}

const indented = (parts: readonly string[], indent: string): string => parts.join('\n').split('\n').join(`\n${indent}`);

function asJavaScript(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const compilerOptions: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, useDefineForClassFields: true };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/\.ts$/, '.js'), ts.transpileModule(text, { compilerOptions, fileName: path }).outputText.replace(/^export \{\};\n/m, '')]));
}
