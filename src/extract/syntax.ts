// The part of the compiler's vocabulary that lowering uses, looked up once: every `ts.isIdentifier` is a getter on an object of
// some thousand properties, and asked some million times. Also what the compiler only answers by way of new arrays.
import type ts from 'typescript';
import { requireCompiled } from '#host/code-cache';

// Through `require`: an import would first search nine megabytes for the names of their exports, at twice the cost of loading them.
const compiler = requireCompiled(import.meta.url, 'typescript') as typeof ts;

export const {
  createSourceFile, forEachChild, getLeadingCommentRanges, JSDocParsingMode, NodeFlags, ScriptKind, ScriptTarget, SyntaxKind,
  isArrayLiteralExpression, isArrowFunction, isAsExpression, isBinaryExpression, isBlock, isCallExpression,
  isCallSignatureDeclaration, isCaseClause, isClassDeclaration, isClassExpression, isClassStaticBlockDeclaration,
  isComputedPropertyName, isConstructorDeclaration, isElementAccessExpression, isEnumDeclaration, isExportAssignment,
  isExternalModuleReference, isFunctionDeclaration, isFunctionExpression, isGetAccessor, isIdentifier, isImportDeclaration,
  isImportEqualsDeclaration, isIndexSignatureDeclaration, isInterfaceDeclaration, isIterationStatement, isJsxElement, isJsxExpression,
  isJsxFragment, isJsxNamespacedName, isJsxSpreadAttribute, isJsxText, isLiteralTypeNode, isMethodDeclaration, isMethodSignature,
  isModuleBlock, isModuleDeclaration, isNamedTupleMember, isNamespaceExport, isNamespaceImport, isNonNullExpression, isNumericLiteral,
  isObjectBindingPattern, isObjectLiteralExpression, isOmittedExpression, isParenthesizedExpression, isPrivateIdentifier,
  isPropertyAccessExpression, isPropertyAssignment, isPropertyDeclaration, isPropertySignature, isQualifiedName,
  isSatisfiesExpression, isSetAccessor, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement, isStringLiteral,
  isTemplateExpression, isTypeAliasDeclaration, isTypeAssertionExpression, isVariableDeclaration, isVariableDeclarationList, isVariableStatement,
} = compiler;

const { StringLiteral, NoSubstitutionTemplateLiteral, StaticKeyword, ExportKeyword, DefaultKeyword, AsyncKeyword, AbstractKeyword, DeclareKeyword, ReadonlyKeyword, Decorator } = SyntaxKind;

export const isStringLiteralLike = (node: ts.Node): node is ts.StringLiteralLike => node.kind === StringLiteral || node.kind === NoSubstitutionTemplateLiteral;

type Modified = ts.Node & { readonly modifiers?: readonly ts.ModifierLike[] };

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as Modified;
  if (modifiers === undefined) return false;
  for (const m of modifiers) if (m.kind === kind) return true;
  return false;
}

export const isStatic = (node: ts.Node): boolean => hasModifier(node, StaticKeyword);
export const isExported = (node: ts.Node): boolean => hasModifier(node, ExportKeyword);
export const isDefault = (node: ts.Node): boolean => hasModifier(node, DefaultKeyword);
export const isAsync = (node: ts.Node): boolean => hasModifier(node, AsyncKeyword);
export const isReadonly = (node: ts.Node): boolean => hasModifier(node, ReadonlyKeyword);
export const isAbstract = (node: ts.Node): boolean => hasModifier(node, AbstractKeyword);
export const isAmbient = (node: ts.Node): boolean => hasModifier(node, DeclareKeyword);

/** A parameter with `private`, `readonly` … is a field as well. */
export const isParameterProperty = (node: ts.ParameterDeclaration): boolean => node.modifiers?.some((m) => m.kind !== Decorator) ?? false;

export function decoratorsOf(node: ts.Node): readonly ts.Decorator[] | undefined {
  const { modifiers } = node as Modified;
  if (modifiers === undefined || !modifiers.some((m) => m.kind === Decorator)) return undefined;
  return modifiers.filter((m): m is ts.Decorator => m.kind === Decorator);
}

const NEWLINE = 10, RETURN = 13, TAB = 9, SPACE = 32, SLASH = 47, LESS = 60, EQUALS = 61, GREATER = 62, BAR = 124, HASH = 35, LAST_ASCII = 126;

/** Offset at or after `at` that holds no plain white space; comments are not passed over. */
export function skipBlanks(text: string, at: number): number {
  for (; ; at += 1) {
    const c = text.charCodeAt(at);
    if (c !== SPACE && c !== NEWLINE && c !== RETURN && c !== TAB) return at;
  }
}

/** What `node.getStart(file)` says, by the short way where only blanks precede the node. */
export function startOfNode(node: ts.Node, file: ts.SourceFile): number {
  const { pos } = node;
  const at = skipBlanks(file.text, pos);
  const c = file.text.charCodeAt(at);
  // Comments, marks of a merge conflict, a shebang, other white space, and missing nodes are left to the compiler.
  const plain = c > SPACE && c <= LAST_ASCII && c !== SLASH && c !== HASH && c !== EQUALS && c !== GREATER && c !== BAR;
  if (plain && at < node.end && (c !== LESS || file.text.charCodeAt(at + 1) !== LESS)) return at;
  return node.getStart(file);
}
