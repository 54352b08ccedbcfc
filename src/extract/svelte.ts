// A Svelte component → a function of its properties: the script is its body, the code of the markup stands behind it. What the
// script imports and declares as types belongs to the module.
import type ts from 'typescript';
import { LoopKind, Op, VarKind } from '#model/facts';
import { declareAll, hoistVars } from './declarations.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit, startOf, undefinedValue } from './lowering.ts';
import { bindName, childScope, lookup } from './scope.ts';
import { block } from './statements.ts';
import { createSourceFile, isBinaryExpression, isExported, isIdentifier, isVariableStatement, NodeFlags, ScriptKind, ScriptTarget, SyntaxKind } from './syntax.ts';
import { toType } from './types.ts';

const OF_MODULE = new Set<ts.SyntaxKind>([SyntaxKind.ImportDeclaration, SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.ExportDeclaration]);

export function lowerComponent(l: Lowering, statements: readonly ts.Statement[], markup: string): void {
  block(l, statements.filter((s) => OF_MODULE.has(s.kind)));
  const inner = statements.filter((s) => !OF_MODULE.has(s.kind));
  const fn = l.b.newFunction({ n: 'component', kind: 'arrow', parent: l.fn.index, cls: -1, params: [], start: 0, end: l.file.text.length });
  const saved = { fn: l.fn, scope: l.scope };
  l.fn = fn;
  l.scope = childScope(saved.scope, fn.index);
  const body = inner.filter((s) => !property(l, s));
  hoistVars(l, body);
  for (const s of body) reactive(l, s);
  declareAll(l, body);
  block(l, body.map((s) => (isReactive(s) ? s.statement : s)));
  new Markup(l, markup).read();
  l.b.complete(fn);
  l.fn = saved.fn;
  l.scope = saved.scope;
  emit(l, Op.Closure, fn.index, 0, 0, l.file);
}

/** `export let owner: Holder` is given from outside. */
function property(l: Lowering, s: ts.Statement): boolean {
  if (!isVariableStatement(s) || !isExported(s) || (s.declarationList.flags & NodeFlags.Const) !== 0) return false;
  for (const d of s.declarationList.declarations) {
    if (!isIdentifier(d.name)) continue;
    const type = toType(d.type, l.file);
    const v = l.b.variable(d.name.text, l.fn.index, VarKind.Param, startOf(l, d.name), type);
    bindName(l.scope, d.name.text, v);
    l.fn.draft.params = [...l.fn.draft.params, { v, n: d.name.text, ...(type ? { type } : {}) }];
    if (d.initializer) emit(l, Op.SetVar, v, emit(l, Op.Join, 0, l.b.list([emit(l, Op.GetVar, v, 0, 0, d.name), expression(l, d.initializer)]), 0, d), 1, d);
  }
  return true;
}

const isReactive = (s: ts.Statement): s is ts.LabeledStatement => s.kind === SyntaxKind.LabeledStatement && (s as ts.LabeledStatement).label.text === '$';

/** `$: total = …` declares what it assigns. */
function reactive(l: Lowering, s: ts.Statement): void {
  if (!isReactive(s) || s.statement.kind !== SyntaxKind.ExpressionStatement) return;
  const assigned = (s.statement as ts.ExpressionStatement).expression;
  if (!isBinaryExpression(assigned) || !isIdentifier(assigned.left) || lookup(l.scope, assigned.left.text) !== undefined) return;
  bindName(l.scope, assigned.left.text, l.b.variable(assigned.left.text, l.fn.index, VarKind.Let, startOf(l, assigned.left), undefined));
}

/* ---------- markup ---------- */

const EACH = /^#each\s+([^]+?)\s+as\s+([\w$]+)/;
const AWAIT = /^#await\s+([^]+?)(?:\s+then\s+([\w$]+))?$/;

/** Code in braces, in order; blocks that bind a name hold up to their end. */
class Markup {
  private readonly l: Lowering;
  private readonly text: string;
  /** What ends the open blocks. */
  private readonly ends: (() => void)[] = [];

  constructor(l: Lowering, text: string) {
    this.l = l;
    this.text = text;
  }

  read(): void {
    for (let at = 0; at < this.text.length; ) {
      const raw = this.text[at] === '<' ? /^<(script|style)\b|^<!--/.exec(this.text.slice(at, at + 8)) : null;
      if (raw) {
        const end = this.text.indexOf(raw[1] === undefined ? '-->' : `</${raw[1]}`, at + 4);
        at = end < 0 ? this.text.length : end + 3;
      } else if (this.text[at] === '{') {
        const end = closing(this.text, at);
        this.piece(this.text.slice(at + 1, end), at + 1);
        at = end + 1;
      } else at++;
    }
    while (this.ends.length > 0) this.ends.pop()?.();
  }

  private piece(text: string, at: number): void {
    if (text.startsWith('/')) this.ends.pop()?.();
    else if (text.startsWith('#')) this.open(text, at);
    else if (text.startsWith('@')) this.code(text.replace(/^@\w+/, (word) => ' '.repeat(word.length)), at);
    else if (!text.startsWith(':')) this.code(text, at);
  }

  private open(text: string, at: number): void {
    const { l } = this;
    const saved = l.scope;
    l.scope = childScope(saved, l.fn.index);
    const each = EACH.exec(text);
    const later = AWAIT.exec(text);
    if (each) {
      const items = this.code(each[1] ?? '', at + text.indexOf(each[1] ?? ''));
      const op = emit(l, Op.Loop, LoopKind.Of, 0, 0, l.file);
      this.bind(each[2] ?? '', emit(l, Op.Iterate, items, 0, LoopKind.Of, l.file));
      this.ends.push(() => {
        l.fn.patch(op, 'b', l.fn.next);
        l.scope = saved;
      });
      return;
    }
    if (later) {
      const value = this.code(later[1] ?? '', at + text.indexOf(later[1] ?? ''));
      if (later[2] !== undefined) this.bind(later[2], emit(l, Op.Await, value, 0, 0, l.file));
    } else this.code(text.replace(/^#\w+/, (word) => ' '.repeat(word.length)), at);
    this.ends.push(() => {
      l.scope = saved;
    });
  }

  private bind(name: string, value: number): void {
    const { l } = this;
    const v = l.b.variable(name, l.fn.index, VarKind.Let, 0, undefined);
    bindName(l.scope, name, v);
    l.b.assigned(v, l.fn, value, true);
    emit(l, Op.SetVar, v, value, 1, l.file);
  }

  private code(text: string, at: number): number {
    const { l } = this;
    const { file: outer, shift } = l;
    const file = createSourceFile('markup.ts', `(${text})`, { languageVersion: ScriptTarget.Latest }, false, ScriptKind.TS);
    const [statement] = file.statements;
    if (statement?.kind !== SyntaxKind.ExpressionStatement) return undefinedValue(l, l.file);
    l.file = file;
    l.shift = at - 1;
    const made = expression(l, (statement as ts.ExpressionStatement).expression);
    l.file = outer;
    l.shift = shift;
    return made;
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  let quote: string | undefined;
  for (let i = open; i < text.length; i++) {
    const sign = text[i];
    if (quote !== undefined) quote = sign === quote && text[i - 1] !== '\\' ? undefined : quote;
    else if (depth > 0 && (sign === '"' || sign === "'" || sign === '`')) quote = sign;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return i;
  }
  return text.length;
}
