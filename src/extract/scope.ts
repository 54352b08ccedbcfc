// Lexical scopes: names bound to variables of the file. Most blocks declare nothing, so that the table is made when needed.
export interface Scope {
  readonly parent: Scope | undefined;
  readonly fn: number;
  names: Map<string, number> | undefined;
}

export const childScope = (parent: Scope | undefined, fn: number): Scope => ({ parent, fn, names: undefined });

/** Variable that a name is bound to in this very scope. */
export const ownName = (scope: Scope, name: string): number | undefined => scope.names?.get(name);

export function bindName(scope: Scope, name: string, variable: number): void {
  (scope.names ??= new Map()).set(name, variable);
}

/** Variable that a name is bound to, walking outwards. */
export function lookup(scope: Scope, name: string): number | undefined {
  for (let s: Scope | undefined = scope; s !== undefined; s = s.parent) {
    const found = s.names?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
