// The members that `data` of a mini-program component can have: those its options declare and those that some `setData` or
// assignment of the file names. A component is set by nobody else, so that any other member is undefined.
import type ts from 'typescript';
import {
  forEachChild, isBinaryExpression, isCallExpression, isComputedPropertyName, isElementAccessExpression, isIdentifier, isObjectLiteralExpression,
  isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment, isVariableDeclaration, SyntaxKind,
} from './syntax.ts';
import { memberName } from './types.ts';

/** Options by which code elsewhere adds members. */
const OPEN = new Set(['behaviors', 'mixins', 'computed', 'store', 'storeBindings', 'observers', 'externalData']);

export class GivenData {
  private readonly statements: readonly ts.Statement[];
  private readonly options: ts.ObjectLiteralExpression;
  private names: Set<string> | undefined;
  private isOpen = false;
  /** Variables that stand for the component, and those whose `data` is handed to somebody or replaced. */
  private readonly selves = new Set<string>();
  private readonly handedOn = new Set<string>();

  constructor(statements: readonly ts.Statement[], options: ts.ObjectLiteralExpression) {
    this.statements = statements;
    this.options = options;
  }

  /** Whether the member may be there. */
  has(name: string): boolean {
    if (this.names === undefined) {
      this.names = new Set();
      this.readOptions(this.names);
      for (const s of this.statements) if (!this.isOpen) this.read(s, this.names);
      for (const self of this.selves) this.isOpen ||= this.handedOn.has(self);
    }
    return this.isOpen || this.names.has(name);
  }

  private readOptions(names: Set<string>): void {
    for (const p of this.options.properties) {
      const name = p.name && !isComputedPropertyName(p.name) ? memberName(p.name) : undefined;
      if (name === undefined || OPEN.has(name)) this.isOpen = true;
      else if (name !== 'data' && name !== 'properties') continue;
      else if (isPropertyAssignment(p) && isObjectLiteralExpression(p.initializer)) this.addKeys(p.initializer, names);
      else this.isOpen = true;
    }
  }

  private read(node: ts.Node, names: Set<string>): void {
    if (isCallExpression(node)) this.readCall(node, names);
    else if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer?.kind === SyntaxKind.ThisKeyword) this.selves.add(node.name.text);
    else if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) this.readTarget(node.left, names);
    forEachChild(node, (child) => this.read(child, names));
  }

  private readCall({ expression: callee, arguments: args }: ts.CallExpression, names: Set<string>): void {
    const [first] = args;
    if (isPropertyAccessExpression(callee) && callee.name.text === 'setData' && first) {
      if (isObjectLiteralExpression(first)) this.addKeys(first, names);
      else this.isOpen = true;
    }
    // Whoever gets all of it may add to it.
    for (const a of args) this.handOn(a);
  }

  /** `this.data.orders = x`, `that.data[key] = x` */
  private readTarget(target: ts.Expression, names: Set<string>): void {
    for (let at = target; isPropertyAccessExpression(at) || isElementAccessExpression(at); at = at.expression) {
      if (!isPropertyAccessExpression(at.expression) || at.expression.name.text !== 'data') continue;
      if (isPropertyAccessExpression(at)) names.add(at.name.text);
      else this.isOpen = true;
    }
    this.handOn(target);
  }

  private handOn(node: ts.Expression): void {
    if (!isPropertyAccessExpression(node) || node.name.text !== 'data') return;
    if (node.expression.kind === SyntaxKind.ThisKeyword) this.isOpen = true;
    else if (isIdentifier(node.expression)) this.handedOn.add(node.expression.text);
  }

  /** `'form.name'` sets a part of `form`. */
  private addKeys(object: ts.ObjectLiteralExpression, names: Set<string>): void {
    for (const p of object.properties) {
      const isPlain = isPropertyAssignment(p) || isShorthandPropertyAssignment(p);
      const name = isPlain && !isComputedPropertyName(p.name) ? memberName(p.name) : undefined;
      if (name === undefined) this.isOpen = true;
      else names.add(name.split(/[.[]/)[0] ?? name);
    }
  }
}
