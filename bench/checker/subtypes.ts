// Which functions a call of a declared method may really run: overrides in subclasses, implementations of interfaces and
// abstract methods, and object literals that stand where the type is expected.
import ts from 'typescript';

export interface Subtypes {
  /** Functions with a body that implement or override the member. */
  implementations(member: ts.Declaration): readonly ts.Node[];
}

type ClassLike = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;

export function findSubtypes(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Subtypes {
  const below = new Map<ts.Symbol, ClassLike[]>();
  const literals = new Map<ts.Declaration, ts.Node[]>();
  for (const file of files) visit(file);

  function visit(node: ts.Node): void {
    if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) addHeritage(node);
    else if (ts.isObjectLiteralExpression(node)) addLiteral(node);
    node.forEachChild(visit);
  }

  function addHeritage(node: ClassLike): void {
    for (const { expression } of (node.heritageClauses ?? []).flatMap((clause) => [...clause.types])) {
      const named = checker.getSymbolAtLocation(expression);
      const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
      if (symbol) below.set(symbol, [...(below.get(symbol) ?? []), node]);
    }
  }

  function addLiteral(node: ts.ObjectLiteralExpression): void {
    const type = node.properties.some(valueOf) ? checker.getContextualType(node) : undefined;
    if (!type) return;
    for (const property of node.properties) {
      const body = valueOf(property);
      const name = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;
      if (!body || name === undefined) continue;
      for (const declared of type.getProperty(name)?.declarations ?? []) literals.set(declared, [...(literals.get(declared) ?? []), body]);
    }
  }

  /** The function that a property holds itself or names. */
  function valueOf(property: ts.ObjectLiteralElementLike): ts.FunctionLikeDeclaration | undefined {
    const body = bodyOf(property);
    if (body) return body;
    const named = ts.isShorthandPropertyAssignment(property) ? checker.getShorthandAssignmentValueSymbol(property)
      : ts.isPropertyAssignment(property) && (ts.isIdentifier(property.initializer) || ts.isPropertyAccessExpression(property.initializer)) ? checker.getSymbolAtLocation(property.initializer) : undefined;
    const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    return symbol?.valueDeclaration ? bodyOf(symbol.valueDeclaration) : undefined;
  }

  function implementations(member: ts.Declaration): readonly ts.Node[] {
    const owner = member.parent;
    const name = ts.getNameOfDeclaration(member)?.getText();
    if (name === undefined || !(ts.isClassLike(owner) || ts.isInterfaceDeclaration(owner))) return literals.get(member) ?? [];
    const symbol = owner.name ? checker.getSymbolAtLocation(owner.name) : undefined;
    const found = new Set<ts.Node>(literals.get(member) ?? []);
    for (const type of symbol ? allBelow(symbol) : []) {
      for (const each of type.members) {
        if (each.name?.getText() !== name) continue;
        const body = bodyOf(each);
        if (body) found.add(body);
        for (const literal of literals.get(each) ?? []) found.add(literal);
      }
    }
    return [...found];
  }

  function allBelow(symbol: ts.Symbol, seen = new Set<ts.Symbol>([symbol])): readonly ClassLike[] {
    return (below.get(symbol) ?? []).flatMap((type) => {
      const own = type.name ? checker.getSymbolAtLocation(type.name) : undefined;
      if (!own || seen.has(own)) return own ? [] : [type];
      seen.add(own);
      return [type, ...allBelow(own, seen)];
    });
  }

  return { implementations };
}

/** The function that a class member or property of a literal holds, when it has a body. */
export function bodyOf(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  if (ts.isFunctionLike(node)) return 'body' in node && node.body ? node : undefined;
  if (!(ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node))) return undefined;
  let value = node.initializer;
  while (value && (ts.isParenthesizedExpression(value) || ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}
