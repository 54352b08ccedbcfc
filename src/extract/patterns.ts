// Destructuring, in declarations, parameters and assignments → loads, rests and joins with defaults.
import type ts from 'typescript';
import { Op } from '#model/facts';
import { assignTo, isAssignment } from './assignments.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, writeName } from './lowering.ts';
import {
  isArrayLiteralExpression, isBinaryExpression, isComputedPropertyName, isIdentifier, isObjectBindingPattern, isOmittedExpression,
  isPropertyAssignment, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement,
} from './syntax.ts';
import { memberName } from './types.ts';

/** Binds a declaration's name or pattern to the value. */
export function bindPattern(l: Lowering, name: ts.BindingName, value: number): void {
  if (isIdentifier(name)) writeName(l, name, value, true);
  else if (isObjectBindingPattern(name)) bindObject(l, name, value);
  else bindArray(l, name, value);
}

function bindObject(l: Lowering, pattern: ts.ObjectBindingPattern, value: number): void {
  const taken: string[] = [];
  for (const element of pattern.elements) {
    if (element.dotDotDotToken) {
      bindPattern(l, element.name, emit(l, Op.Rest, value, l.b.list(taken.map((k) => l.b.string(k))), 0, element));
      continue;
    }
    const part = member(l, value, element.propertyName ?? (element.name as ts.Identifier), element, taken);
    bindPattern(l, element.name, withDefault(l, part, element.initializer, element));
  }
}

function member(l: Lowering, value: number, name: ts.PropertyName, node: ts.Node, taken: string[]): number {
  const key = isComputedPropertyName(name) ? constantKey(name.expression) : memberName(name);
  if (key === undefined) return emit(l, Op.Elem, value, expression(l, (name as ts.ComputedPropertyName).expression), 0, node);
  taken.push(key);
  return emit(l, Op.Load, value, l.b.string(key), 0, node);
}

function withDefault(l: Lowering, value: number, initializer: ts.Expression | undefined, node: ts.Node): number {
  if (!initializer) return value;
  return emit(l, Op.Join, 0, l.b.list([value, expression(l, initializer)]), 0, node);
}

function bindArray(l: Lowering, pattern: ts.ArrayBindingPattern, value: number): void {
  pattern.elements.forEach((element, i) => {
    if (isOmittedExpression(element)) return;
    const part = element.dotDotDotToken ? emit(l, Op.RestArray, value, i, 0, element) : emit(l, Op.Load, value, l.b.string(String(i)), 0, element);
    bindPattern(l, element.name, withDefault(l, part, element.initializer, element));
  });
}

/** `({ a, b: c = 1, ...rest } = value)` and `[a, b] = value`. */
export function assignPattern(l: Lowering, pattern: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, value: number): void {
  if (isArrayLiteralExpression(pattern)) assignArray(l, pattern, value);
  else assignObject(l, pattern, value);
}

function assignArray(l: Lowering, pattern: ts.ArrayLiteralExpression, value: number): void {
  const parts = pattern.elements.map((element, i) => {
    if (isOmittedExpression(element)) return -1;
    if (isSpreadElement(element)) return emit(l, Op.RestArray, value, i, 0, element);
    return emit(l, Op.Load, value, l.b.string(String(i)), 0, element);
  });
  pattern.elements.forEach((element, i) => {
    const part = parts[i] ?? -1;
    if (part >= 0) assignElement(l, isSpreadElement(element) ? element.expression : element, part);
  });
}

function assignElement(l: Lowering, target: ts.Expression, value: number): void {
  if (isBinaryExpression(target) && isAssignment(target.operatorToken.kind)) {
    assignTo(l, target.left, withDefault(l, value, target.right, target));
  } else assignTo(l, target, value);
}

function assignObject(l: Lowering, pattern: ts.ObjectLiteralExpression, value: number): void {
  const taken: string[] = [];
  for (const p of pattern.properties) {
    if (isSpreadAssignment(p)) assignTo(l, p.expression, emit(l, Op.Rest, value, l.b.list(taken.map((k) => l.b.string(k))), 0, p));
    else if (isShorthandPropertyAssignment(p)) {
      taken.push(p.name.text);
      const part = emit(l, Op.Load, value, l.b.string(p.name.text), 0, p);
      writeName(l, p.name, withDefault(l, part, p.objectAssignmentInitializer, p), false);
    } else if (isPropertyAssignment(p)) assignElement(l, p.initializer, member(l, value, p.name, p, taken));
  }
}
