// Templates of Angular components → a method of the component that does what the template does: it evaluates bindings, hands
// inputs to other components and runs the handlers of events. A name that the template does not declare is a member.
import type ts from 'typescript';
import { Op, PropertyKind } from '#model/facts';
import type { Lowering } from './lowering.ts';
import { emit, startOf } from './lowering.ts';
import { type Attribute, type MarkupElement, type Piece, readMarkup, split } from './markup.ts';
import { TemplateCode } from './template-code.ts';
import { childScope } from './scope.ts';
import { decoratorsOf, isCallExpression, isIdentifier, isObjectLiteralExpression, isPropertyAssignment, isStringLiteralLike } from './syntax.ts';
import { memberName } from './types.ts';

type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

/** The template that a component's decorator holds or names. */
export function lowerTemplate(l: Lowering, node: ClassNode, cls: number): void {
  const options = componentOptions(node);
  if (!options) return;
  const inline = property(options, 'template');
  const named = property(options, 'templateUrl');
  if (inline && isStringLiteralLike(inline)) {
    const start = startOf(l, inline) + 1;
    asMethod(l, inline, cls, new Template(l, inline, cls, start), l.file.text.slice(start, inline.end - 1));
  } else if (named && l.template !== undefined) asMethod(l, named, cls, new Template(l, named, cls, -1), l.template);
}

function componentOptions(node: ClassNode): ts.ObjectLiteralExpression | undefined {
  for (const d of decoratorsOf(node) ?? []) {
    if (!isCallExpression(d.expression) || !isIdentifier(d.expression.expression) || d.expression.expression.text !== 'Component') continue;
    const [options] = d.expression.arguments;
    if (options && isObjectLiteralExpression(options)) return options;
  }
  return undefined;
}

function property(options: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const p of options.properties) if (isPropertyAssignment(p) && memberName(p.name) === name) return p.initializer;
  return undefined;
}

function asMethod(l: Lowering, node: ts.Node, cls: number, template: Template, text: string): void {
  const fn = l.b.newFunction({ n: 'template', kind: 'method', parent: l.fn.index, cls, params: [], markup: true, start: startOf(l, node), end: node.end });
  const saved = { fn: l.fn, scope: l.scope };
  l.fn = fn;
  // What a module declares is not visible in a template.
  l.scope = childScope(undefined, fn.index);
  template.nodes(readMarkup(text, true));
  l.b.complete(fn);
  l.fn = saved.fn;
  l.scope = saved.scope;
}

class Template extends TemplateCode {
  nodes(nodes: readonly (MarkupElement | Piece)[]): void {
    for (const node of nodes) {
      if ('tag' in node) this.scoped(() => this.element(node));
      else this.interpolations(node);
    }
  }

  /* ---------- elements ---------- */

  private element(element: MarkupElement): void {
    if (element.tag.startsWith('@')) return this.block(element);
    const repeated = element.attributes.find((a) => a.name === '*ngFor');
    const condition = element.attributes.find((a) => a.name === '*ngIf');
    if (repeated?.value) {
      const [item, of] = repetition(repeated.value);
      if (of) return this.loop(item, of, () => this.plain(element));
    }
    if (condition?.value) this.condition(condition.value);
    this.plain(element);
  }

  private block({ tag, head, children }: MarkupElement): void {
    if (tag === '@for' && head) {
      const [declared = head] = split(head, ';');
      const of = declared.text.indexOf(' of ');
      if (of > 0) return this.loop(declared.text.slice(0, of).trim(), { text: declared.text.slice(of + 4), at: declared.at + of + 4 }, () => this.nodes(children));
    }
    if (head && tag !== '@defer') this.condition(head);
    this.nodes(children);
  }

  /** `user$ | async as user; else loading` and `user$ | async; as user`. */
  private condition(value: Piece): void {
    const [tested = value, ...rest] = split(value, ';');
    const alias = / as\s+([\w$]+)\s*$/.exec(tested.text);
    const name = alias?.[1] ?? rest.map((r) => /^\s*as\s+([\w$]+)/.exec(r.text)?.[1]).find((n) => n !== undefined);
    const made = this.value(alias ? { text: tested.text.slice(0, alias.index), at: tested.at } : tested);
    if (name !== undefined) this.bind(name, made);
  }

  private loop(item: string, of: Piece, inner: () => void): void {
    const alias = / as\s+([\w$]+)\s*$/.exec(of.text);
    this.each(item, this.value(alias ? { text: of.text.slice(0, alias.index), at: of.at } : of), inner);
  }

  /** Bindings of an element of the page only matter when they call something; a component gets them as inputs. */
  private plain({ tag, attributes, children }: MarkupElement): void {
    const { l } = this;
    const isComponent = tag.includes('-');
    const inputs: number[] = [];
    for (const a of attributes) {
      const name = bound(a);
      if (name === undefined || !a.value || a.value.text.trim() === '') continue;
      if (isComponent) inputs.push(PropertyKind.Plain, l.b.string(name), this.value(a.value));
      else if (a.value.text.includes('(')) this.value(a.value);
    }
    if (inputs.length > 0) emit(l, Op.Jsx, -1, l.b.string(tag), emit(l, Op.Object, 0, l.b.list(inputs), 0, this.node), this.node);
    for (const a of attributes) if (a.value && /^(?:\(.+\)|on-.+)$/.test(a.name) && a.value.text.includes('(')) this.handler(a.value);
    this.nodes(children);
  }

  private interpolations({ text, at }: Piece): void {
    for (let open = text.indexOf('{{'); open >= 0; ) {
      const close = text.indexOf('}}', open);
      if (close < 0) return;
      const inner = { text: text.slice(open + 2, close), at: at + open + 2 };
      if (inner.text.includes('(')) this.value(inner);
      open = text.indexOf('{{', close);
    }
  }
}

/** The input that an attribute binds: `[user]`, `[(user)]`, `bind-user`. */
function bound({ name }: Attribute): string | undefined {
  const found = /^(?:\[\(?([\w.-]+)\)?\]|bind-([\w.-]+))$/.exec(name);
  const input = found?.[1] ?? found?.[2];
  return input === undefined || input.includes('.') ? undefined : input;
}

/** `let user of users; trackBy: byId` */
function repetition(value: Piece): readonly [item: string, of: Piece | undefined] {
  const found = /^\s*let\s+([\w$]+)\s*;?\s*of\s+/.exec(value.text);
  if (!found) return ['', undefined];
  const rest = { text: value.text.slice(found[0].length), at: value.at + found[0].length };
  return [found[1] ?? '', split(rest, ';')[0] ?? rest];
}
