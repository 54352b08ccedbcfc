// Edits that mend a finding where the text alone shows what to change: an unencrypted scheme, a check that is switched off. They
// are offered, never applied by themselves: the other side may not be ready for them.
import type { Rule } from 'eslint';
import type { SiteEntry } from '#model/catalog';
import type { Finding } from '#model/finding';
import type { Location } from '#model/location';
import { messagesFor } from '#report/messages';
import type { KnownFile } from './file-view.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

export function suggestionsFor(finding: Finding, text: string, file: KnownFile): Rule.SuggestionReportDescriptor[] {
  if (finding.channel !== 'transport') return [];
  const site = file.catalog.sites.find(({ id }) => id === finding.sink.catalog);
  const edit = site === undefined ? encryptedScheme(text, finding.sink.inner) : switchedOn(text, finding.sink.location, site);
  if (edit === undefined) return [];
  const { start, end, from, to } = edit;
  return [{ messageId: 'suggestion', data: { message: messagesFor(file.lang).suggestReplace(from, to) }, fix: (fixer) => fixer.replaceTextRange([start, end], to) }];
}

const SCHEMES: Readonly<Record<string, string>> = { 'http:': 'https:', 'ws:': 'wss:', 'ftp:': 'ftps:', 'ldap:': 'ldaps:', 'amqp:': 'amqps:', 'redis:': 'rediss:', 'mqtt:': 'mqtts:' };

function encryptedScheme(text: string, place: Location): Edit | undefined {
  return onlyMatch(text, place, /(?<=["'`])(?:http|ws|ftp|ldap|amqp|redis|mqtt):(?=\/\/)/g, (scheme) => SCHEMES[scheme]);
}

/** `rejectUnauthorized: false`, at the value itself or at the call that is given it. Other options have no opposite. */
function switchedOn(text: string, place: Location, { option }: SiteEntry): Edit | undefined {
  const [value, ...others] = option?.values ?? [];
  if (option === undefined || others.length > 0 || (value !== 'true' && value !== 'false')) return undefined;
  const [start, end] = rangeOf(text, place);
  if (text.slice(start, end) === value) return { start, end, from: value, to: value === 'true' ? 'false' : 'true' };
  return onlyMatch(text, place, new RegExp(`(?<=(?<![\\w$.])["']?${option.member}["']?\\s*:\\s*)${value}\\b`, 'g'), () => (value === 'true' ? 'false' : 'true'));
}

/** Where two places would fit, nobody can tell which one is meant. */
function onlyMatch(text: string, place: Location, pattern: RegExp, replace: (found: string) => string | undefined): Edit | undefined {
  const [from, to] = rangeOf(text, place);
  const [match, ...others] = text.slice(from, to).matchAll(pattern);
  const [found = ''] = match ?? [];
  const replacement = match === undefined || others.length > 0 ? undefined : replace(found);
  return match === undefined || replacement === undefined ? undefined : { start: from + match.index, end: from + match.index + found.length, from: found, to: replacement };
}

function rangeOf(text: string, { line, column, endLine, endColumn }: Location): readonly [number, number] {
  const starts = [0, ...[...text.matchAll(/\r\n|[\r\n\u2028\u2029]/g)].map((end) => end.index + end[0].length)];
  return [(starts[line - 1] ?? 0) + column - 1, (starts[endLine - 1] ?? 0) + endColumn - 1];
}
