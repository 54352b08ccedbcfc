// Decorators → the calls that they are, made where the class stands. What they are given is code like any other: the factory
// of a provider, the transformer of a column, a function that makes the text of a message.
import type ts from 'typescript';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { decoratorsOf, isCallExpression, isConstructorDeclaration, isMethodDeclaration, isSetAccessor } from './syntax.ts';

export function lowerDecorators(l: Lowering, node: ts.ClassDeclaration | ts.ClassExpression): void {
  callAll(l, node);
  for (const member of node.members) {
    callAll(l, member);
    if (isMethodDeclaration(member) || isConstructorDeclaration(member) || isSetAccessor(member)) for (const parameter of member.parameters) callAll(l, parameter);
  }
}

function callAll(l: Lowering, node: ts.Node): void {
  // One without arguments hands nothing on.
  for (const { expression: call } of decoratorsOf(node) ?? []) if (isCallExpression(call)) expression(l, call);
}
