// Ways to write the same program differently. Each gives the edits of one file; none changes what the program does.
import ts from 'typescript';
import { type Edit, holds, isOnOneLine, logCalls, nodesOf, replaceNode, type Source, textOf } from './edits.ts';
import { throughBarrels, toCommonJs } from './modules.ts';

export interface Rewrite {
  readonly name: string;
  readonly edits: (source: Source) => readonly Edit[];
  /** What becomes of all files together. */
  readonly files?: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
}

const isScript = ({ path }: Source): boolean => /\.[cm]?jsx?$/.test(path);
const atEnd = (source: Source, by: string): Edit => ({ start: source.text.length, end: source.text.length, by });

/** Reads of members, but not what is called, assigned, imported or asked for as a type. */
function memberReads(source: Source): readonly ts.PropertyAccessExpression[] {
  return nodesOf(source.file, ts.isPropertyAccessExpression).filter((node) => {
    const { parent } = node;
    if (!ts.isIdentifier(node.name) || !isOnOneLine(source, node) || !ts.isIdentifier(node.expression)) return false;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.arguments?.some((argument) => argument === node) ?? false;
    return ts.isTemplateSpan(parent) || ts.isVariableDeclaration(parent) || ts.isReturnStatement(parent) || ts.isPropertyAssignment(parent);
  });
}

const dotToBracket: Rewrite = {
  name: 'dot to bracket',
  edits: (source) => memberReads(source).map((node) => replaceNode(source, node, `${textOf(source, node.expression)}${node.questionDotToken ? '?.' : ''}['${node.name.text}']`)),
};

const dotToPattern: Rewrite = {
  name: 'dot to destructuring',
  edits: (source) => nodesOf(source.file, ts.isVariableDeclaration).flatMap((node) => {
    const { initializer } = node;
    if (!ts.isIdentifier(node.name) || node.type || !initializer || !isOnOneLine(source, node) || !ts.isPropertyAccessExpression(initializer)) return [];
    if (initializer.questionDotToken || !ts.isIdentifier(initializer.name) || !ts.isIdentifier(initializer.expression)) return [];
    return [replaceNode(source, node, `{ ${initializer.name.text}: ${node.name.text} } = ${initializer.expression.text}`)];
  }),
};

const templateToSum: Rewrite = {
  name: 'template to concatenation',
  edits: (source) => nodesOf(source.file, ts.isTemplateExpression).flatMap((node) => {
    if (ts.isTaggedTemplateExpression(node.parent) || !isOnOneLine(source, node)) return [];
    const [first] = node.templateSpans;
    const parts = node.templateSpans.flatMap((span) => [`(${textOf(source, span.expression)})`, ...(span.literal.text === '' ? [] : [JSON.stringify(span.literal.text)])]);
    // A text at the head, or right behind the first value, makes texts of all; else an empty one has to.
    const head = node.head.text !== '' ? [JSON.stringify(node.head.text)] : first?.literal.text === '' ? ["''"] : [];
    return [replaceNode(source, node, `(${[...head, ...parts].join(' + ')})`)];
  }),
};

const arrowToFunction: Rewrite = {
  name: 'arrow to function',
  edits: (source) => nodesOf(source.file, ts.isArrowFunction).flatMap((node) => {
    if (node.typeParameters || holds(node, (inner) => inner.kind === ts.SyntaxKind.ThisKeyword || inner.kind === ts.SyntaxKind.SuperKeyword || (ts.isIdentifier(inner) && inner.text === 'arguments'))) return [];
    const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
    const parameters = node.parameters.map((parameter) => textOf(source, parameter)).join(', ');
    const type = node.type ? `: ${textOf(source, node.type)}` : '';
    const head = `${isAsync ? 'async ' : ''}function (${parameters})${type} `;
    if (head.includes('\n')) return [];
    // What stands inside is left alone, so that inner arrows can be rewritten as well.
    const start = { start: node.getStart(source.file), end: node.equalsGreaterThanToken.end, by: head };
    if (ts.isBlock(node.body)) return ts.isExpressionStatement(node.parent) ? [] : [start];
    return [{ ...start, by: `${head}{ return (` }, { start: node.body.end, end: node.body.end, by: '); }' }];
  }),
};

const throughIdentity: Rewrite = {
  name: 'through an identity function',
  edits(source) {
    const calls = logCalls(source);
    if (calls.length === 0) return [];
    const helper = isScript(source) ? 'function sameAgain(value) { return value; }' : 'function sameAgain<T>(value: T): T { return value; }';
    return [...calls.flatMap(({ expression }) => expression.arguments.filter((argument) => !ts.isSpreadElement(argument)).map((argument) => replaceNode(source, argument, `sameAgain(${textOf(source, argument)})`))), atEnd(source, `\n${helper}\n`)];
  },
};

const extractVariable: Rewrite = {
  name: 'extract a variable',
  edits: (source) => logCalls(source).flatMap((statement, index) => {
    const given = statement.expression.arguments;
    if (given.length === 0 || given.some((argument) => ts.isSpreadElement(argument))) return [];
    const names = given.map((_, at) => `part${index}of${at}`);
    const declared = given.map((argument, at) => `const ${names[at]} = ${textOf(source, argument)};`).join(' ');
    return [replaceNode(source, statement, `{ ${declared} ${textOf(source, statement.expression.expression)}(${names.join(', ')}); }`)];
  }),
};

const canMove = (node: ts.Node): boolean => !holds(node, (inner) => ts.isAwaitExpression(inner) || ts.isYieldExpression(inner) || (ts.isIdentifier(inner) && inner.text === 'arguments'));

const extractFunction: Rewrite = {
  name: 'extract a function',
  edits: (source) => logCalls(source).filter(canMove).map((statement) => replaceNode(source, statement, `(() => { ${textOf(source, statement)} })();`)),
};

const extractNamed: Rewrite = {
  name: 'extract a named function',
  edits: (source) => logCalls(source).filter((statement) => canMove(statement) && ts.isBlock(statement.parent)).map((statement, index) => replaceNode(source, statement, `{ const step${index} = () => { ${textOf(source, statement)} }; step${index}(); }`)),
};

const inline: Rewrite = {
  name: 'inline a variable',
  edits: (source) => nodesOf(source.file, ts.isVariableStatement).flatMap((statement) => {
    const [declaration] = statement.declarationList.declarations;
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    if (!declaration || statement.declarationList.declarations.length > 1 || !isConst || !ts.isIdentifier(declaration.name) || declaration.type || !ts.isBlock(statement.parent)) return [];
    const { initializer, name } = declaration;
    if (!initializer || !ts.isPropertyAccessExpression(initializer) || !ts.isIdentifier(initializer.expression) || !isOnOneLine(source, statement)) return [];
    const uses = nodesOf(statement.parent, ts.isIdentifier).filter((use) => use.text === name.text && use !== name);
    const [only] = uses;
    if (!only || uses.length !== 1 || !isRead(only) || functionAround(only) !== functionAround(statement)) return [];
    return [{ start: statement.getStart(source.file), end: statement.end, by: '' }, replaceNode(source, only, textOf(source, initializer))];
  }),
};

const isRead = ({ parent }: ts.Identifier): boolean => ts.isCallExpression(parent) || ts.isTemplateSpan(parent) || ts.isReturnStatement(parent) || ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken;

const functionAround = (node: ts.Node): ts.Node | undefined => ts.findAncestor(node.parent, ts.isFunctionLike);

const letForConst: Rewrite = {
  name: 'let for const',
  edits: (source) => nodesOf(source.file, ts.isVariableDeclarationList).filter((list) => (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const && ts.isVariableStatement(list.parent) && ts.isBlock(list.parent.parent)).map((list) => ({ start: list.getStart(source.file), end: list.getStart(source.file) + 'const'.length, by: 'let' })),
};

const renameLocals: Rewrite = {
  name: 'rename locals',
  edits: (source) => nodesOf(source.file, ts.isVariableDeclaration).flatMap(({ name, parent }) => {
    const block = ts.isVariableDeclarationList(parent) && ts.isVariableStatement(parent.parent) ? parent.parent.parent : undefined;
    if (!ts.isIdentifier(name) || !block || !ts.isBlock(block)) return [];
    const uses = nodesOf(block, ts.isIdentifier).filter((use) => use.text === name.text);
    // A name that stands for something else as well is left alone.
    if (name.text.startsWith('_') || uses.some((use) => use !== name && !isReference(use))) return [];
    // The words of a name are evidence: they stay, behind another one.
    return uses.map((use) => replaceNode(source, use, `our${name.text.charAt(0).toUpperCase()}${name.text.slice(1)}`));
  }),
};

/** A use as a value, in a place where nothing else could be meant. */
function isReference(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === use;
  return isRead(use) || ts.isElementAccessExpression(parent) || ts.isForOfStatement(parent) || ts.isPrefixUnaryExpression(parent) || ts.isIfStatement(parent) || ts.isSpreadAssignment(parent);
}

const reorderFunctions: Rewrite = {
  name: 'reorder functions',
  edits(source) {
    const own = source.file.statements.filter((statement): statement is ts.FunctionDeclaration => ts.isFunctionDeclaration(statement) && statement.body !== undefined);
    const names = own.map(({ name }) => name?.text);
    if (own.length < 2 || new Set(names).size < names.length) return [];
    // What is said of a function in front of it goes with it.
    const whole = own.map((node) => ({ start: source.text.lastIndexOf('\n', node.getStart(source.file, true)) + 1, end: endOfLine(source.text, node.end) }));
    const texts = whole.map(({ start, end }) => source.text.slice(start, end)).reverse();
    return whole.map(({ start, end }, index) => ({ start, end, by: texts[index] ?? '' }));
  },
};

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

const addUnrelated: Rewrite = {
  name: 'unrelated lines',
  edits: (source) => [{ start: 0, end: 0, by: source.text.startsWith('#!') || /^\s*['"]use /.test(source.text) ? '' : '\n\n' }, atEnd(source, '\nfunction unrelatedSum() { return 1 + 1; }\n')],
};

export const REWRITES: readonly Rewrite[] = [
  dotToBracket, dotToPattern, templateToSum, arrowToFunction, throughIdentity, extractVariable, extractFunction, extractNamed, inline, letForConst,
  renameLocals, reorderFunctions, addUnrelated, { name: 'through a barrel', edits: () => [], files: throughBarrels }, { name: 'to CommonJS', edits: toCommonJs },
];
