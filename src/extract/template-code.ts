// Code in the attributes and texts of templates: its pieces are parsed and lowered where they stand.
import type ts from 'typescript';
import { LoopKind, Op, VarKind } from '#model/facts';
import { expression } from './expressions.ts';
import type { Lowering, TemplateNames } from './lowering.ts';
import { emit, startOf, undefinedValue } from './lowering.ts';
import { type Piece, split } from './markup.ts';
import { bindName, childScope } from './scope.ts';
import { block } from './statements.ts';
import { parseCode } from './shown.ts';

export class TemplateCode implements TemplateNames {
  protected readonly l: Lowering;
  protected readonly node: ts.Node;
  /** Offset of the template in the file, or -1 when it lies in another one: then all of it stands where that is named. */
  protected readonly start: number;
  protected readonly cls: number;

  constructor(l: Lowering, node: ts.Node, cls: number, start: number) {
    this.cls = cls;
    this.l = l;
    this.node = node;
    this.start = start;
  }

  protected scoped(run: () => void): void {
    const saved = this.l.scope;
    this.l.scope = childScope(saved, this.l.fn.index);
    run();
    this.l.scope = saved;
  }

  protected each(item: string, iterable: number, inner: () => void): void {
    const { l } = this;
    const op = emit(l, Op.Loop, LoopKind.Of, 0, 0, this.node);
    this.bind(item, emit(l, Op.Iterate, iterable, 0, LoopKind.Of, this.node));
    inner();
    l.fn.patch(op, 'b', l.fn.next);
  }

  protected bind(name: string, value: number): void {
    const { l } = this;
    const variable = l.b.variable(name, l.fn.index, VarKind.Let, startOf(l, this.node), undefined);
    bindName(l.scope, name, variable);
    l.b.assigned(variable, l.fn, value, true);
    emit(l, Op.SetVar, variable, value, 1, this.node);
  }

  /** A function of the event, which comes from outside. */
  protected handler(code: Piece): number {
    const { l } = this;
    const fn = l.b.newFunction({ n: '', kind: 'arrow', parent: l.fn.index, cls: this.cls, params: [], markup: true, start: startOf(l, this.node), end: this.node.end });
    const saved = { fn: l.fn, scope: l.scope };
    l.fn = fn;
    l.scope = childScope(saved.scope, fn.index);
    const v = l.b.variable('$event', fn.index, VarKind.Param, startOf(l, this.node), undefined);
    bindName(l.scope, '$event', v);
    fn.draft.params = [{ v, n: '$event' }];
    this.parsed(code, '', (file) => block(l, file.statements));
    l.b.complete(fn);
    l.fn = saved.fn;
    l.scope = saved.scope;
    return emit(l, Op.Closure, fn.index, 0, 0, this.node);
  }

  /** The value of a binding, behind its pipes: only `async` makes something else of it. */
  protected value(code: Piece): number {
    const [first = code, ...pipes] = split(code, '|');
    let made = -1;
    this.parsed(first, '(', (file) => {
      const [statement] = file.statements;
      if (statement && 'expression' in statement) made = expression(this.l, statement.expression as ts.Expression);
    }, ')');
    if (made < 0) return undefinedValue(this.l, this.node);
    return pipes.some((p) => p.text.trim() === 'async') ? emit(this.l, Op.Await, made, 0, 0, this.node) : made;
  }

  private parsed({ text, at }: Piece, before: string, use: (file: ts.SourceFile) => void, behind = ''): void {
    const { l } = this;
    const file = parseCode(before + text + behind);
    const { file: outer, shift, place, names } = l;
    const named = startOf(l, this.node);
    l.file = file;
    l.names = this;
    if (this.start < 0) l.place = [named, this.node.end];
    else l.shift = this.start + at - before.length;
    use(file);
    l.file = outer;
    l.shift = shift;
    l.place = place;
    l.names = names;
  }

  /* ---------- names: members of `this`, unless a template has others ---------- */

  holder(node: ts.Node): number {
    return emit(this.l, Op.This, 0, 0, 0, node);
  }

  member(node: ts.Node, name: string): number {
    return emit(this.l, Op.Load, this.holder(node), this.l.b.string(name), 0, node);
  }

  seen(_: ts.Node, __: number, held: number): number {
    return held;
  }
}
