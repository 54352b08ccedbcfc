// What was seen, for the person who decides: one line a kind, the most used first, with the numbers that make it believable.
import { LIBRARY_ROLES, type LibraryRole, type SeenProtector, type Sightings } from '#model/sightings';
import type { Surroundings } from './surroundings.ts';

const LABELS: Readonly<Record<LibraryRole, string>> = { logger: 'loggers', client: 'clients', vendor: 'third parties', storage: 'storage', token: 'tokens' };
const MOST = 10;
const WIDTH = 15;

export function showSightings(seen: Sightings, around: Surroundings): string {
  const rows: (readonly [string, string])[] = [
    ['code', `${seen.files} files, ${seen.lines} lines${others(seen)}`],
    ...(seen.packages.length === 0 ? [] : [['packages', some(seen.packages.map(({ name, dir }) => name || dir))] as const]),
    ...LIBRARY_ROLES.flatMap((role) => {
      const found = seen.libraries.filter((library) => library.role === role);
      return found.length === 0 ? [] : [[LABELS[role], some(found.map(({ name, title, files }) => `${name}${title === undefined ? '' : ` (${title})`} in ${files} ${files === 1 ? 'file' : 'files'}`))] as const];
    }),
    ...(seen.schemas.length === 0 ? [] : [['schemas', some(seen.schemas)] as const]),
    ...protectorRows(seen.protectors),
    ['pipelines', around.pipelines.join(', ') || 'none seen'],
    ['linter', around.eslint ?? (around.eslintrc === undefined ? 'no ESLint configuration seen' : `${around.eslintrc} (old form)`)],
    ['findings', findings(seen)],
  ];
  return rows.map(([label, text]) => `  ${label.padEnd(WIDTH)}${visible(text)}\n`).join('');
}

function protectorRows(protectors: readonly SeenProtector[]): readonly (readonly [string, string])[] {
  const good = protectors.filter(({ does }) => does?.sufficient === true);
  const weak = protectors.filter(({ does }) => does?.sufficient === false);
  const named = protectors.filter(({ does }) => does === undefined);
  const place = ({ name, file, line, does }: SeenProtector): string => `${name}${does === undefined ? '' : ` (${does.kind})`} ${file}:${line}`;
  return [
    ...(good.length === 0 ? [] : [['protections', some(good.map(place))] as const]),
    ...(weak.length === 0 ? [] : [['too weak', some(weak.map(place))] as const]),
    ...(named.length === 0 ? [] : [['by name only', some(named.map(place))] as const]),
  ];
}

const others = ({ otherCode }: Sightings): string => {
  const kinds = Object.entries(otherCode).map(([kind, count]) => `${count} ${kind}`);
  return kinds.length === 0 ? '' : ` (of them ${kinds.join(', ')})`;
};

const findings = ({ effects }: Sightings): string =>
  `${effects.deny ?? 0} denied, ${effects.require_approval ?? 0} need approval, ${effects.warn ?? 0} warnings, ${effects.note ?? 0} notes`;

const some = (names: readonly string[]): string => `${names.slice(0, MOST).join(', ')}${names.length > MOST ? `, and ${names.length - MOST} more` : ''}`;

const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
