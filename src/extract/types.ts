// Type annotations as written → TypeExpr, unresolved. Names stay names; nothing is looked up here.
import type ts from 'typescript';
import type { MemberFacts, TypeExpr } from '#model/facts';
import { docTags } from './doc-comments.ts';
import {
  isCallSignatureDeclaration, isGetAccessor, isIdentifier, isIndexSignatureDeclaration, isLiteralTypeNode, isMethodSignature,
  isNamedTupleMember, isNumericLiteral, isPrivateIdentifier, isPropertyAccessExpression, isPropertySignature, isQualifiedName,
  isStringLiteral, startOfNode, SyntaxKind,
} from './syntax.ts';

const MAX_DEPTH = 12;
const ANY: TypeExpr = { k: 'primitive', n: 'any' };

/** One handler a kind of node; a kind without one is `any`. */
type Handler<T extends ts.Node> = (node: T, file: ts.SourceFile, depth: number) => TypeExpr | undefined;
const HANDLERS: Handler<never>[] = [];
const on = <T extends ts.Node>(kinds: readonly T['kind'][], handler: Handler<T>): void => {
  for (const kind of kinds) HANDLERS[kind] = handler;
};
/** One object for each primitive: facts hold some hundred thousand of them. */
const primitive = (kind: ts.SyntaxKind, n: string): void => {
  const type: TypeExpr = { k: 'primitive', n };
  on([kind], () => type);
};

const K = SyntaxKind;
for (let kind = 0; kind < K.Count; kind += 1) primitive(kind, 'any');
primitive(K.StringKeyword, 'string');
primitive(K.NumberKeyword, 'number');
primitive(K.BooleanKeyword, 'boolean');
primitive(K.BigIntKeyword, 'bigint');
primitive(K.SymbolKeyword, 'symbol');
primitive(K.UnknownKeyword, 'unknown');
primitive(K.VoidKeyword, 'void');
primitive(K.UndefinedKeyword, 'undefined');
primitive(K.NeverKeyword, 'never');
primitive(K.ObjectKeyword, 'object');
primitive(K.TypePredicate, 'boolean');
primitive(K.ThisType, 'this');
primitive(K.TemplateLiteralType, 'string');
on<ts.TypeReferenceNode>([K.TypeReference], (node, file, depth) => {
  const n = entityName(node.typeName);
  return node.typeArguments ? { k: 'ref', n, args: list(node.typeArguments, file, depth) } : { k: 'ref', n };
});
on<ts.ArrayTypeNode>([K.ArrayType], (node, file, depth) => ({ k: 'array', of: inner(node.elementType, file, depth) }));
on<ts.UnionTypeNode>([K.UnionType], (node, file, depth) => ({ k: 'union', of: list(node.types, file, depth) }));
on<ts.IntersectionTypeNode>([K.IntersectionType], (node, file, depth) => ({ k: 'intersection', of: list(node.types, file, depth) }));
on<ts.ParenthesizedTypeNode | ts.OptionalTypeNode | ts.RestTypeNode>([K.ParenthesizedType, K.OptionalType, K.RestType], (node, file, depth) => inner(node.type, file, depth));
on<ts.TypeLiteralNode>([K.TypeLiteral], (node, file, depth) => ({ k: 'object', members: toMembers(node.members, file, depth + 1) }));
on<ts.LiteralTypeNode>([K.LiteralType], (node) => literalType(node.literal));
on<ts.TupleTypeNode>([K.TupleType], (node, file, depth) => ({ k: 'tuple', of: node.elements.map((e) => inner(isNamedTupleMember(e) ? e.type : e, file, depth)) }));
on<ts.FunctionTypeNode | ts.ConstructorTypeNode>([K.FunctionType, K.ConstructorType], toFunctionType);
on<ts.TypeOperatorNode>([K.TypeOperator], (node, file, depth) => {
  const of = inner(node.type, file, depth);
  return node.operator === K.KeyOfKeyword ? { k: 'keyof', of } : of;
});
on<ts.IndexedAccessTypeNode>([K.IndexedAccessType], (node, file, depth) => ({ k: 'index', of: inner(node.objectType, file, depth), key: inner(node.indexType, file, depth) }));
on<ts.TypeQueryNode>([K.TypeQuery], (node) => ({ k: 'typeof', n: entityName(node.exprName) }));
on<ts.MappedTypeNode>([K.MappedType], (node, file, depth) => (node.type ? { k: 'mapped', of: inner(node.type, file, depth) } : { k: 'mapped' }));
on<ts.ImportTypeNode>([K.ImportType], importType);
on<ts.ConditionalTypeNode>([K.ConditionalType], (node, file, depth) => ({ k: 'union', of: [inner(node.trueType, file, depth), inner(node.falseType, file, depth)] }));

export function toType(node: ts.TypeNode | undefined, file: ts.SourceFile, depth = 0): TypeExpr | undefined {
  if (node === undefined || depth > MAX_DEPTH) return undefined;
  return (HANDLERS[node.kind] as Handler<ts.TypeNode>)(node, file, depth);
}

const inner = (node: ts.TypeNode, file: ts.SourceFile, depth: number): TypeExpr => toType(node, file, depth + 1) ?? ANY;
const list = (nodes: readonly ts.TypeNode[], file: ts.SourceFile, depth: number): readonly TypeExpr[] => nodes.map((n) => inner(n, file, depth));

export const entityName = (name: ts.EntityName | ts.Expression): string => {
  if (isIdentifier(name)) return name.text;
  if (isQualifiedName(name)) return `${entityName(name.left)}.${name.right.text}`;
  if (isPropertyAccessExpression(name)) return `${entityName(name.expression)}.${name.name.text}`;
  return '';
};

function literalType(literal: ts.LiteralTypeNode['literal']): TypeExpr {
  if (literal.kind === K.NullKeyword) return { k: 'primitive', n: 'null' };
  if (literal.kind === K.TrueKeyword || literal.kind === K.FalseKeyword) return { k: 'literal', n: 'boolean' };
  if (isStringLiteral(literal)) return { k: 'literal', n: /^[A-Za-z_][\w-]{0,40}$/.test(literal.text) ? literal.text : 'string' };
  return { k: 'literal', n: 'number' };
}

export function toFunctionType(node: ts.SignatureDeclaration, file: ts.SourceFile, depth = 0): TypeExpr {
  const params = node.parameters.map((p) => {
    const t = toType(p.type, file, depth + 1);
    const n = isIdentifier(p.name) ? p.name.text : '';
    return t ? { n, t } : { n };
  });
  const ret = toType(node.type, file, depth + 1);
  const tp = node.typeParameters?.map((t) => t.name.text);
  return { k: 'function', params, ...(ret ? { ret } : {}), ...(tp ? { tp } : {}) };
}

function importType(node: ts.ImportTypeNode, file: ts.SourceFile, depth: number): TypeExpr {
  const from = isLiteralTypeNode(node.argument) && isStringLiteral(node.argument.literal) ? node.argument.literal.text : '';
  const n = node.qualifier ? entityName(node.qualifier) : '*';
  return node.typeArguments ? { k: 'import', from, n, args: list(node.typeArguments, file, depth) } : { k: 'import', from, n };
}

/** Members of an interface or type literal. */
export function toMembers(nodes: readonly ts.TypeElement[], file: ts.SourceFile, depth = 0): readonly MemberFacts[] {
  const members: MemberFacts[] = [];
  for (const node of nodes) {
    if (isPropertySignature(node)) {
      const member: { -readonly [P in keyof MemberFacts]: MemberFacts[P] } = { n: memberName(node.name), kind: 'field', at: startOfNode(node.name, file) };
      const type = toType(node.type, file, depth);
      if (type) member.type = type;
      if (node.questionToken) member.optional = true;
      const tags = docTags(node, file);
      if (tags) member.tags = tags;
      members.push(member);
    } else if (isMethodSignature(node)) {
      members.push({ n: memberName(node.name), kind: 'method', at: startOfNode(node.name, file), type: toFunctionType(node, file, depth) });
    } else if (isGetAccessor(node)) {
      const type = toType(node.type, file, depth);
      members.push({ n: memberName(node.name), kind: 'getter', at: startOfNode(node.name, file), ...(type ? { type } : {}) });
    } else if (isIndexSignatureDeclaration(node)) {
      const type = toType(node.type, file, depth);
      members.push({ n: '*', kind: 'index', at: startOfNode(node, file), ...(type ? { type } : {}) });
    } else if (isCallSignatureDeclaration(node)) {
      members.push({ n: '()', kind: 'method', at: startOfNode(node, file), type: toFunctionType(node, file, depth) });
    }
  }
  return members;
}

export function memberName(name: ts.PropertyName | ts.BindingName): string {
  if (isIdentifier(name) || isPrivateIdentifier(name)) return name.text;
  if (isStringLiteral(name) || isNumericLiteral(name)) return name.text.length <= 64 ? name.text : '';
  return '';
}
