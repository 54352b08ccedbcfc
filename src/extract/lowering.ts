// The state of lowering one file, and the small helpers that every part of it uses.
import type ts from 'typescript';
import type { ExportFacts, OpCode } from '#model/facts';
import { ConstFlag, ConstKind, Op, VarKind } from '#model/facts';
import type { FileBuilder, FunctionBuilder } from './builder.ts';
import { keptText, regexFlags, smallInteger, stringFlags } from './constants.ts';
import { bindName, lookup, ownName, type Scope } from './scope.ts';
import { isNumericLiteral, isStringLiteralLike, startOfNode } from './syntax.ts';
import type { View } from './views.ts';

export interface TemplateNames {
  /** The value of a name that nothing declares. */
  member(node: ts.Node, name: string): number;
  /** The object whose member such a name is when it is assigned. */
  holder(node: ts.Node): number;
  /** What a template sees of a variable, given what the variable holds. */
  seen(node: ts.Node, variable: number, held: number): number;
}

export interface Lowering {
  file: ts.SourceFile;
  readonly b: FileBuilder;
  /** Plain JavaScript: types come from documentation comments. */
  readonly js: boolean;
  fn: FunctionBuilder;
  scope: Scope;
  /** Where `export` puts what it names: the exports of the file, or those of a namespace. */
  exports: ExportFacts[];
  /** Label of the loop that is lowered next. */
  label: string | undefined;
  /** Class whose members are being lowered, or -1. */
  cls: number;
  /** The component's template, where it lies in a file of its own. */
  readonly template: string | undefined;
  /** What is lowered is a part of a template: where it begins in the file, or the place that stands for all of it. */
  shift: number;
  place: readonly [start: number, end: number] | undefined;
  /** In a template: what names mean there. */
  names: TemplateNames | undefined;
  /** What a template outside of the code shows of its page's or component's data. */
  view: View | undefined;
}

export const emit = (l: Lowering, op: OpCode, a: number, b: number, c: number, node: ts.Node): number =>
  (l.place ? l.fn.emit(op, a, b, c, l.place[0], l.place[1]) : l.fn.emit(op, a, b, c, startOfNode(node, l.file) + l.shift, node.end + l.shift));

export const startOf = (l: Lowering, node: ts.Node): number => (l.place ? l.place[0] : startOfNode(node, l.file) + l.shift);

export function undefinedValue(l: Lowering, node: ts.Node): number {
  return emit(l, Op.Const, ConstKind.Undefined, -1, 0, node);
}

export function stringConst(l: Lowering, text: string, node: ts.Node): number {
  const kept = keptText(text);
  const flags = stringFlags(text) | (Math.min(text.length, 0x7fff) << 16);
  return emit(l, Op.Const, ConstKind.String, kept === undefined ? -1 : l.b.string(kept), flags, node);
}

export function numberConst(l: Lowering, text: string, node: ts.Node, negative = false): number {
  const value = Number(text) * (negative ? -1 : 1);
  const c = smallInteger(value) ? ConstFlag.SmallInteger | ((value + 64) << 16) : 0;
  return emit(l, Op.Const, ConstKind.Number, -1, c, node);
}

export function regexConst(l: Lowering, node: ts.RegularExpressionLiteral): number {
  const name = CAPTURED.exec(node.text)?.[1];
  return emit(l, Op.Const, ConstKind.Regex, name === undefined ? -1 : l.b.string(name), regexFlags(node.text), node);
}

/** `/(?:^|;)\s*locale=([^;]+)/` captures what stands behind a name; `/(?:a|locale)=(.*)/` behind more than one. */
const CAPTURED = /^\/(?:\(\?:[^()]*\)|\[[^\]]*\]|\^|;|\\s\*|\\b| )*([A-Za-z_][\w-]*)=\(\[\^[^\]]*\][*+]\)/;

export function readName(l: Lowering, node: ts.Identifier): number {
  const { text } = node;
  const variable = lookup(l.scope, text);
  if (variable !== undefined) {
    l.b.capture(variable, l.fn.index);
    const held = emit(l, Op.GetVar, variable, 0, 0, node);
    return l.names ? l.names.seen(node, variable, held) : held;
  }
  if (text === 'undefined') return undefinedValue(l, node);
  if (l.names) return l.names.member(node, text);
  if (text === 'arguments' && l.fn.index > 0) return emit(l, Op.Arguments, 0, 0, 0, node);
  return emit(l, Op.Global, l.b.string(text), 0, 0, node);
}

export function writeName(l: Lowering, node: ts.Identifier, value: number, declaration: boolean): void {
  const variable = lookup(l.scope, node.text);
  if (variable === undefined) {
    const global = l.names ? l.names.holder(node) : emit(l, Op.Global, l.b.string('globalThis'), 0, 0, node);
    emit(l, Op.Store, global, l.b.string(node.text), value, node);
    return;
  }
  l.b.capture(variable, l.fn.index);
  l.b.assigned(variable, l.fn, value, declaration);
  emit(l, Op.SetVar, variable, value, declaration ? 1 : 0, node);
}

/** Declares a name in the current scope; a `var` or function that is declared twice keeps its variable. */
export function declare(l: Lowering, name: string, kind: number, start: number, ref = -1): number {
  const known = ownName(l.scope, name);
  if (known !== undefined && (kind === VarKind.Var || kind === VarKind.Function)) return known;
  const variable = l.b.variable(name, l.scope.fn, kind, start, undefined, ref);
  bindName(l.scope, name, variable);
  return variable;
}

/** A key that is known while lowering: an identifier, a string or a number, never a computed one. */
export function constantKey(node: ts.Expression): string | undefined {
  if (isStringLiteralLike(node)) return keptText(node.text);
  if (isNumericLiteral(node)) return node.text;
  return undefined;
}
