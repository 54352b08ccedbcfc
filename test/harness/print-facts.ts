// Facts as short lines, for tests of lowering: one operation a line, registers as `r3`, variables and strings by name.
import { extract } from '#extract/extract';
import {
  BinaryKind, ConstFlag, ConstKind, type FileFacts, type FunctionFacts, LoopKind, Op, OP_WIDTH, PropertyKind, type SourceText, UnaryKind, VAR_WIDTH,
  VarField, VarFlag, VarKind,
} from '#model/facts';

const nameOf = (table: Readonly<Record<string, number>>, value: number): string => Object.keys(table).find((key) => table[key] === value) ?? String(value);

/** The operations of a function, by its name; of the module without one. */
export function printOps(text: string, name = '', language: SourceText['language'] = 'ts'): readonly string[] {
  const facts = extract({ text, language });
  const fn = facts.functions.find((f) => f.n === name);
  if (fn === undefined) throw new Error(`no function ${name}; there are ${facts.functions.map((f) => f.n).join(', ')}`);
  return printFunction(facts, fn);
}

export function printFunction(facts: FileFacts, fn: FunctionFacts): readonly string[] {
  return Array.from({ length: fn.count }, (_, i) => `${i} ${printOp(facts, fn, i)}`);
}

function printOp(facts: FileFacts, fn: FunctionFacts, i: number): string {
  const at = (fn.first + i) * OP_WIDTH;
  const [code = -1, a = -1, b = -1, c = -1] = facts.code.subarray(at, at + OP_WIDTH);
  const r = (register: number): string => (register < -1 ? `...r${~register}` : register < 0 ? '-' : `r${register}`);
  const s = (id: number): string => facts.strings[id] ?? '-';
  const list = (x: number): readonly number[] => [...facts.extra.subarray(x + 1, x + 1 + (facts.extra[x] ?? 0))];
  const op = nameOf(Op, code);
  switch (code) {
    case Op.Const: return `${op} ${nameOf(ConstKind, a)}${b < 0 ? '' : ` ${s(b)}`}${c & ConstFlag.SmallInteger ? ` ${(c >> 16) - 64}` : ''}`;
    case Op.GetVar: return `${op} ${printName(facts, a)}`;
    case Op.SetVar: return `${op} ${printName(facts, a)} ${r(b)}${c === 1 ? ' declared' : ''}`;
    case Op.Global:
    case Op.Import: return `${op} ${s(a)}`;
    case Op.Load: return `${op} ${r(a)}.${s(b)}`;
    case Op.Delete: return `${op} ${r(a)}.${s(b)}`;
    case Op.Elem:
    case Op.DeleteElem: return `${op} ${r(a)}[${r(b)}]`;
    case Op.Store: return `${op} ${r(a)}.${s(b)} ${r(c)}`;
    case Op.StoreElem: return `${op} ${r(a)}[${r(b)}] ${r(c)}`;
    case Op.Call:
    case Op.New: return `${op} ${r(a)}(${list(b).slice(1).map(r).join(' ')})`;
    case Op.Object: return `${op} ${printProperties(list(b), r, s)}`;
    case Op.Array:
    case Op.Template:
    case Op.Join: return `${op} ${list(b).map(r).join(' ')}`;
    case Op.Concat: return `${op} ${r(a)} ${r(b)}`;
    case Op.Binary: return `${op} ${nameOf(BinaryKind, a)} ${r(b)} ${r(c)}`;
    case Op.Unary: return `${op} ${nameOf(UnaryKind, a)} ${r(b)}`;
    case Op.Closure: return `${op} ${facts.functions[a]?.n || `#${a}`}`;
    case Op.ClassValue: return `${op} ${facts.classes[a]?.n || `#${a}`}`;
    case Op.Rest: return `${op} ${r(a)} without ${list(b).map(s).join(' ')}`;
    case Op.RestArray: return `${op} ${r(a)} from ${b}`;
    case Op.Cast: return `${op} ${r(a)} ${JSON.stringify(facts.types[b])}`;
    case Op.If: return `${op} ${r(a)} else ${b} end ${c}`;
    case Op.Loop: return `${op} ${nameOf(LoopKind, a)} end ${b}`;
    case Op.Iterate: return `${op} ${nameOf(LoopKind, c)} ${r(a)}`;
    case Op.Switch: return `${op} ${r(a)} ${list(b).map((x, n) => (n % 2 === 0 ? r(x) : `at ${x}`)).join(' ')} end ${c}`;
    case Op.Try: return `${op} catch ${a} finally ${b} end ${c}`;
    case Op.Block: return `${op} end ${b}`;
    case Op.Break:
    case Op.Continue: return `${op} ${a}`;
    case Op.Await:
    case Op.Yield:
    case Op.Return:
    case Op.Throw: return `${op} ${r(a)}`;
    case Op.Jsx: return `${op} ${a < 0 ? s(b) : r(a)} ${r(c)}`;
    default: return op;
  }
}

function printProperties(items: readonly number[], r: (register: number) => string, s: (id: number) => string): string {
  const parts: string[] = [];
  for (let i = 0; i < items.length; i += 3) {
    const [kind = 0, key = -1, value = -1] = items.slice(i, i + 3);
    const name = kind === PropertyKind.Spread ? '...' : kind === PropertyKind.Computed ? `[${r(key)}]` : `${kind === PropertyKind.Plain ? '' : `${nameOf(PropertyKind, kind)} `}${s(key)}`;
    parts.push(`${name}:${r(value)}`);
  }
  return `{${parts.join(' ')}}`;
}

export const printName = (facts: FileFacts, v: number): string => facts.strings[facts.vars[v * VAR_WIDTH + VarField.Name] ?? -1] || `$${v}`;

/** `name Kind` with what is known of its values: `init` when there is one only, and the flags. */
export function printVars(text: string, language: SourceText['language'] = 'ts'): readonly string[] {
  const facts = extract({ text, language });
  return Array.from({ length: facts.vars.length / VAR_WIDTH }, (_, v) => {
    const field = (f: number): number => facts.vars[v * VAR_WIDTH + f] ?? -1;
    const owner = field(VarField.Owner);
    const words = [
      printName(facts, v), nameOf(VarKind, field(VarField.Kind)), ...(owner === 0 ? [] : [`of ${facts.functions[owner]?.n || `#${owner}`}`]),
      ...(field(VarField.Init) < 0 ? [] : ['init']), ...Object.entries(VarFlag).filter(([, bit]) => field(VarField.Flags) & bit).map(([name]) => name.toLowerCase()),
    ];
    return words.join(' ');
  });
}

/** Names of the variables that a function takes from around it. */
export function printCaptures(text: string, name: string, language: SourceText['language'] = 'ts'): readonly string[] {
  const facts = extract({ text, language });
  return (facts.functions.find((f) => f.n === name)?.captures ?? []).map((v) => printName(facts, v));
}
