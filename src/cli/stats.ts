// The table of `--stats`: where the time went. For people who tune a run; it is never part of a result.
import type { Result } from '#model/result';
import type { PhaseStats } from '#session/clock';

export function renderStats(stats: readonly PhaseStats[], result: Result, rss: number): string {
  const total = stats.reduce((sum, { ms }) => sum + ms, 0);
  const rows: readonly (readonly [string, string])[] = [
    ...stats.map(({ phase, ms }) => [phase, `${Math.round(ms)} ms`] as const),
    ['total', `${Math.round(total)} ms`],
    ['memory', `${Math.round(rss / 2 ** 20)} MB`],
    ...Object.entries(result.counts.callsByTier).map(([tier, count]) => [`calls ${tier}`, String(count)] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(10)}\n`).join('');
}
