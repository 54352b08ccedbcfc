// Interfaces, type aliases and enums → TypeDeclFacts.
import type ts from 'typescript';
import { VarField } from '#model/facts';
import { docTags } from './doc-comments.ts';
import { keptText } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { startOf } from './lowering.ts';
import { exportDeclared } from './modules.ts';
import { ownName } from './scope.ts';
import { isEnumDeclaration, isInterfaceDeclaration, isStringLiteralLike } from './syntax.ts';
import { entityName, memberName, toMembers, toType } from './types.ts';

export function lowerTypeDeclaration(l: Lowering, s: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration): void {
  const at = startOf(l, s.name);
  const n = s.name.text;
  if (isEnumDeclaration(s)) {
    const variable = ownName(l.scope, n);
    if (variable !== undefined) l.b.setVarField(variable, VarField.Ref, l.b.typeDecls.length);
    l.b.typeDecls.push({ kind: 'enum', n, at, members: s.members.map(enumMember) });
  } else {
    const typeParams = s.typeParameters?.map((t) => t.name.text);
    const tags = docTags(s, l.file);
    const common = { n, at, ...(typeParams ? { typeParams } : {}), ...(tags ? { tags } : {}) };
    if (isInterfaceDeclaration(s)) {
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
  const text = m.initializer && isStringLiteralLike(m.initializer) ? keptText(m.initializer.text) : undefined;
  return text === undefined ? { n: memberName(m.name) } : { n: memberName(m.name), s: text };
}
