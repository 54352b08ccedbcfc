// Type annotations as written → TypeExpr, unresolved. Names stay names; nothing is looked up here.
import ts from 'typescript';
import type { MemberFacts, TypeExpr } from '#model/facts';
import { docTags } from './doc-comments.ts';

const PRIMITIVES: Readonly<Record<number, string>> = {
  [ts.SyntaxKind.StringKeyword]: 'string', [ts.SyntaxKind.NumberKeyword]: 'number', [ts.SyntaxKind.BooleanKeyword]: 'boolean',
  [ts.SyntaxKind.BigIntKeyword]: 'bigint', [ts.SyntaxKind.SymbolKeyword]: 'symbol', [ts.SyntaxKind.AnyKeyword]: 'any',
  [ts.SyntaxKind.UnknownKeyword]: 'unknown', [ts.SyntaxKind.VoidKeyword]: 'void', [ts.SyntaxKind.UndefinedKeyword]: 'undefined',
  [ts.SyntaxKind.NeverKeyword]: 'never', [ts.SyntaxKind.ObjectKeyword]: 'object',
};

const MAX_DEPTH = 12;

export function toType(node: ts.TypeNode | undefined, file: ts.SourceFile, depth = 0): TypeExpr | undefined {
  if (node === undefined || depth > MAX_DEPTH) return undefined;
  const of = (n: ts.TypeNode): TypeExpr => toType(n, file, depth + 1) ?? { k: 'primitive', n: 'any' };
  const primitive = PRIMITIVES[node.kind];
  if (primitive !== undefined) return { k: 'primitive', n: primitive };
  if (ts.isTypeReferenceNode(node)) {
    const name = entityName(node.typeName);
    return node.typeArguments ? { k: 'ref', n: name, args: node.typeArguments.map(of) } : { k: 'ref', n: name };
  }
  if (ts.isArrayTypeNode(node)) return { k: 'array', of: of(node.elementType) };
  if (ts.isUnionTypeNode(node)) return { k: 'union', of: node.types.map(of) };
  if (ts.isIntersectionTypeNode(node)) return { k: 'intersection', of: node.types.map(of) };
  if (ts.isParenthesizedTypeNode(node)) return of(node.type);
  if (ts.isTypeLiteralNode(node)) return { k: 'object', members: toMembers(node.members, file, depth + 1) };
  if (ts.isLiteralTypeNode(node)) return literalType(node.literal);
  if (ts.isTupleTypeNode(node)) return { k: 'tuple', of: node.elements.map((e) => of(ts.isNamedTupleMember(e) ? e.type : e)) };
  if (ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node)) return of(node.type);
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) return toFunctionType(node, file, depth);
  if (ts.isTypeOperatorNode(node)) return node.operator === ts.SyntaxKind.KeyOfKeyword ? { k: 'keyof', of: of(node.type) } : of(node.type);
  if (ts.isIndexedAccessTypeNode(node)) return { k: 'index', of: of(node.objectType), key: of(node.indexType) };
  if (ts.isTypeQueryNode(node)) return { k: 'typeof', n: entityName(node.exprName) };
  if (ts.isMappedTypeNode(node)) return node.type ? { k: 'mapped', of: of(node.type) } : { k: 'mapped' };
  if (ts.isImportTypeNode(node)) return importType(node, of);
  if (ts.isConditionalTypeNode(node)) return { k: 'union', of: [of(node.trueType), of(node.falseType)] };
  if (ts.isTypePredicateNode(node)) return { k: 'primitive', n: 'boolean' };
  if (ts.isTemplateLiteralTypeNode(node)) return { k: 'primitive', n: 'string' };
  return { k: 'primitive', n: 'any' };
}

export const entityName = (name: ts.EntityName | ts.Expression): string => {
  if (ts.isIdentifier(name)) return name.text;
  if (ts.isQualifiedName(name)) return `${entityName(name.left)}.${name.right.text}`;
  if (ts.isPropertyAccessExpression(name)) return `${entityName(name.expression)}.${name.name.text}`;
  return '';
};

function literalType(literal: ts.LiteralTypeNode['literal']): TypeExpr {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return { k: 'primitive', n: 'null' };
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword) return { k: 'literal', n: 'boolean' };
  if (ts.isStringLiteral(literal)) return { k: 'literal', n: /^[A-Za-z_][\w-]{0,40}$/.test(literal.text) ? literal.text : 'string' };
  return { k: 'literal', n: 'number' };
}

export function toFunctionType(node: ts.SignatureDeclaration, file: ts.SourceFile, depth = 0): TypeExpr {
  const params = node.parameters.map((p) => {
    const t = toType(p.type, file, depth + 1);
    const n = ts.isIdentifier(p.name) ? p.name.text : '';
    return t ? { n, t } : { n };
  });
  const ret = toType(node.type, file, depth + 1);
  const tp = node.typeParameters?.map((t) => t.name.text);
  return { k: 'function', params, ...(ret ? { ret } : {}), ...(tp ? { tp } : {}) };
}

function importType(node: ts.ImportTypeNode, of: (n: ts.TypeNode) => TypeExpr): TypeExpr {
  const from = ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal) ? node.argument.literal.text : '';
  const n = node.qualifier ? entityName(node.qualifier) : '*';
  return node.typeArguments ? { k: 'import', from, n, args: node.typeArguments.map(of) } : { k: 'import', from, n };
}

/** Members of an interface or type literal. */
export function toMembers(nodes: readonly ts.TypeElement[], file: ts.SourceFile, depth = 0): readonly MemberFacts[] {
  const members: MemberFacts[] = [];
  for (const node of nodes) {
    if (ts.isPropertySignature(node)) {
      const type = toType(node.type, file, depth);
      members.push({
        n: memberName(node.name), kind: 'field', at: node.name.getStart(file), ...(type ? { type } : {}),
        ...(node.questionToken ? { optional: true as const } : {}), ...docTags(node, file),
      });
    } else if (ts.isMethodSignature(node)) {
      members.push({ n: memberName(node.name), kind: 'method', at: node.name.getStart(file), type: toFunctionType(node, file, depth) });
    } else if (ts.isIndexSignatureDeclaration(node)) {
      const type = toType(node.type, file, depth);
      members.push({ n: '*', kind: 'index', at: node.getStart(file), ...(type ? { type } : {}) });
    } else if (ts.isCallSignatureDeclaration(node)) {
      members.push({ n: '()', kind: 'method', at: node.getStart(file), type: toFunctionType(node, file, depth) });
    }
  }
  return members;
}

export function memberName(name: ts.PropertyName | ts.BindingName): string {
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text.length <= 64 ? name.text : '';
  return '';
}
