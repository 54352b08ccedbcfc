// The recall ledger: per theme how many marks are met, and how many misses and false alarms we know of. It may only fall.
import { compareText } from '#model/location';
import type { Verdict } from './compare.ts';
import type { Leaf } from './leaves.ts';

const COLUMNS = ['theme', 'fixtures', 'passing', 'found', 'expected', 'known misses', 'known noise'] as const;

export const renderLedger = (verdicts: ReadonlyMap<Leaf, Verdict>): string => {
  const themes = [...new Set([...verdicts.keys()].map((leaf) => leaf.theme))].sort(compareText);
  const rows = themes.map((theme) => toRow(theme, [...verdicts].filter(([leaf]) => leaf.theme === theme).map(([, verdict]) => verdict)));
  if (themes.length > 1) rows.push(toRow('all', [...verdicts.values()]));
  const lines: readonly (readonly string[])[] = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => `${line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  ').trimEnd()}\n`).join('');
};

const toRow = (theme: string, verdicts: readonly Verdict[]): readonly string[] => {
  const sum = (read: (verdict: Verdict) => number): string => String(verdicts.reduce((total, verdict) => total + read(verdict), 0));
  return [
    theme,
    String(verdicts.length),
    sum(({ problems }) => (problems.length === 0 ? 1 : 0)),
    sum(({ found }) => found),
    sum(({ expected }) => expected),
    sum(({ knownMisses }) => knownMisses),
    sum(({ knownNoise }) => knownNoise),
  ];
};

const pad = (cell: string, width: number, column: number): string => (column === 0 ? cell.padEnd(width) : cell.padStart(width));
