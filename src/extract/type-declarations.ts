// Interfaces, type aliases and enums → TypeDeclFacts.
import ts from 'typescript';
import { VarField } from '#model/facts';
import { docTags } from './doc-comments.ts';
import { keptText } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { startOf } from './lowering.ts';
import { exportDeclared } from './statements.ts';
import { entityName, memberName, toMembers, toType } from './types.ts';

export function lowerTypeDeclaration(l: Lowering, s: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration): void {
  const at = startOf(l, s.name);
  const n = s.name.text;
  if (ts.isEnumDeclaration(s)) {
    const variable = l.scope.names.get(n);
    if (variable !== undefined) l.b.setVarField(variable, VarField.Ref, l.b.typeDecls.length);
    l.b.typeDecls.push({ kind: 'enum', n, at, members: s.members.map(enumMember) });
  } else {
    const typeParams = s.typeParameters?.map((t) => t.name.text);
    const common = { n, at, ...(typeParams ? { typeParams } : {}), ...docTags(s, l.file) };
    if (ts.isInterfaceDeclaration(s)) {
      const bases = s.heritageClauses?.flatMap((h) => h.types) ?? [];
      const extended = bases.map((t) => {
        const args = t.typeArguments?.map((a) => toType(a, l.file) ?? ({ k: 'primitive', n: 'any' } as const));
        return { k: 'ref' as const, n: entityName(t.expression), ...(args ? { args } : {}) };
      });
      l.b.typeDecls.push({ kind: 'interface', ...common, extends: extended, members: toMembers(s.members, l.file) });
    } else l.b.typeDecls.push({ kind: 'alias', ...common, type: toType(s.type, l.file) ?? { k: 'primitive', n: 'any' } });
  }
  exportDeclared(l, s, n, true);
}

function enumMember(m: ts.EnumMember): { readonly n: string; readonly s?: string } {
  const text = m.initializer && ts.isStringLiteralLike(m.initializer) ? keptText(m.initializer.text) : undefined;
  return text === undefined ? { n: memberName(m.name) } : { n: memberName(m.name), s: text };
}
