// The coverage table of the README: each duty of the plan, what can be shown of it, and which controls answer to it.
import type { Control, Duty } from './read-policies.ts';

/** `denied` says which control denies the program of a duty. */
export function renderCoverage(duties: readonly Duty[], controls: readonly Control[], denied: ReadonlyMap<string, string>): string {
  const rows = duties.map((duty) => {
    const own = controls.filter((control) => control.duty === duty.id);
    const by = denied.get(duty.id);
    const shown = by === undefined ? '' : `[denied](fixtures/duties/${duty.id}/denied) by \`${by}\`, [allowed](fixtures/duties/${duty.id}/allowed)`;
    return `| ${[duty.title, duty.shows, groups(own.filter(isDetected), duty), groups(own.filter((control) => !isDetected(control)), duty), shown].join(' | ')} |`;
  });
  return ['| duty | what the tool can show | controls | *not yet detected* | shown by |', '|---|---|---|---|---|', ...rows].join('\n');
}

const isDetected = (control: Control): boolean => control.detected;

/** `log.low`, `log.c2` … read better as one word with their number. */
function groups(controls: readonly Control[], duty: Duty): string {
  if (controls.length === 0) return '';
  const prefixes = [...new Set(controls.map(prefixOf))];
  const texts = prefixes.flatMap((prefix) => {
    const ids = controls.filter((control) => prefixOf(control) === prefix).map(({ id }) => id);
    return ids.length > 3 ? [`\`${prefix}.*\` (${ids.length})`] : ids.map((id) => `\`${id}\``);
  });
  return `${texts.join(', ')} ([page](docs/policies/${duty.id}.md))`;
}

const prefixOf = ({ id }: Control): string => id.replace(/\..*$/, '');
