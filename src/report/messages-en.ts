// English sentences. Plain words: the reader is a developer who has never heard of this tool.
import type { Channel } from '#model/channel';
import type { Headline, Messages } from './messages.ts';

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Inside a sentence, but not an abbreviation such as IBAN. */
const lower = (word: string): string => (/^[A-Z](?:[a-z]|-[a-z])/.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word);

/** A developer wants to know why, an auditor has all clauses in the other reports. */
const CITED = 4;

/** Ids of roles and registers as words. */
const spaced = (id: string): string => id.replaceAll('-', ' ');

const HEADLINES: Readonly<Record<Channel, (parts: Headline) => string>> = {
  log: ({ what, callee }) => `${what} written to a log by ${callee}`,
  transport: ({ what, callee, destination, transport }) =>
    `${what} sent over ${transport === 'unverified' ? 'a connection whose certificate is not checked' : 'a connection that is not encrypted'}`
    + ` by ${callee}${destination === '' ? '' : ` (${destination})`}`,
  'third-party': ({ what, callee, vendor, destination }) =>
    `${what} sent to ${vendor || destination || 'a third party'} by ${callee}`,
  storage: ({ what, callee }) => `${what} stored without protection by ${callee}`,
  url: ({ what, callee }) => `${what} put into a URL by ${callee}`,
  error: ({ what, callee }) => `${what} put into an error by ${callee}`,
  response: ({ what, callee }) => `${what} returned to the client by ${callee}`,
  token: ({ what, callee }) => `${what} put into a token by ${callee}`,
  collection: ({ what, callee }) => `${what} collected without a consent check in ${callee}`,
  access: ({ what, callee }) => `${what} served without access control in ${callee}`,
  use: ({ what, callee }) => `${what} used outside its purpose by ${callee}`,
  retention: ({ what, callee }) => `${what} kept without a retention rule in ${callee}`,
  literal: ({ what, callee }) => `${what} written into the code${callee === '' ? '' : ` at ${callee}`}`,
  protection: ({ what, callee }) => `${what} protected too weakly by ${callee}`,
};

const SITE_HEADLINES: Readonly<Partial<Record<Channel, (parts: Headline) => string>>> = {
  transport: ({ callee, destination, transport }) =>
    `${transport === 'unverified' ? 'Certificate checks switched off' : 'Connection that is not encrypted'}`
    + `${callee === '' ? '' : ` in ${callee}`}${destination === '' ? '' : ` (${destination})`}`,
  protection: ({ callee }) => `Weak protection: ${callee}`,
  literal: () => 'Customer data written into the code',
};

export const ENGLISH: Messages = {
  effect: { deny: 'deny', require_approval: 'approval', warn: 'warn', note: 'note', allow: 'allow' },
  rule: {
    log: { title: 'Customer data in a log', why: 'Logs are copied, shipped and read far beyond the people who may see the data, and are rarely deleted' },
    transport: { title: 'Unencrypted transport', why: 'Anyone on the way can read or change what travels without checked encryption' },
    'third-party': { title: 'Customer data sent to a third party', why: 'Data may go to another company only after an assessment, under contract, and with the consent it needs' },
    storage: { title: 'Customer data stored without protection', why: 'What is stored in the clear is lost in whole with the device, the backup or the browser profile' },
    url: { title: 'Customer data in a URL', why: 'URLs stay in browser history, proxy and server logs, and referrer headers' },
    error: { title: 'Customer data in an error', why: 'Error texts travel into logs, monitoring services and answers to clients' },
    response: { title: 'Answer wider than it should be', why: 'Everything in an answer is in the hands of the client, shown or not; only what is needed may leave' },
    token: { title: 'Customer data in a token', why: 'A token is signed, not encrypted: whoever holds it can read it' },
    collection: { title: 'Collection without consent', why: 'Data that needs consent may be taken in only after consent was checked' },
    access: { title: 'Customer data without access control', why: 'Customer data may be served only to callers whose right to it was checked, and the access must be recorded' },
    use: { title: 'Use outside the purpose', why: 'Data may be used only for the purpose for which it was collected' },
    retention: { title: 'Stored without retention', why: 'Data may be kept no longer than its purpose needs, so what is stored needs a way out' },
    literal: { title: 'Customer data written into the code', why: 'Source code is copied to many machines and never forgets' },
    protection: { title: 'Weak protection', why: 'A protection that can be undone protects nothing' },
  },
  headline: (channel, parts) =>
    (parts.what === '' ? SITE_HEADLINES[channel] : undefined)?.(parts) ?? HEADLINES[channel]({ ...parts, what: parts.what || 'Customer data' }),
  fix(channel, secret, site) {
    switch (channel) {
      case 'log':
        return secret
          ? 'Remove it from the log call: a secret must not be logged in any form.'
          : 'Log an internal id instead, or mask the value before it is logged.';
      case 'transport':
        return site
          ? 'Use an encrypted connection (https:, wss:, TLS) with certificate checks on.'
          : 'Send it over an encrypted connection (https:, wss:, TLS) with certificate checks on.';
      case 'third-party':
        return secret
          ? 'Do not send it: a secret has no business with a third party.'
          : 'Leave it out of the payload, or send a keyed pseudonym; what must go needs an assessed entry in the register.';
      case 'storage':
        return secret
          ? 'Do not store it. Keep a password only as a salted slow hash, and a token in an HttpOnly cookie or a key store.'
          : 'Encrypt or tokenise it before it is stored, or do not store it here.';
      case 'url':
        return secret
          ? 'Send it in the body or a header of a POST request, never in a URL.'
          : 'Send it in the request body, or put an opaque id into the URL.';
      case 'error':
        return 'Name the record by an internal id in the error, not by the customer\'s data.';
      case 'response':
        return secret
          ? 'Leave it out of the answer: select the fields that may leave by name.'
          : 'Answer with the fields that are needed by name, and mask what is only shown.';
      case 'token':
        return 'Keep only an opaque subject id in the token, and look the rest up on the server.';
      case 'collection':
        return 'Check the consent for this purpose before the first use of the data.';
      case 'access':
        return 'Put an authorisation guard before the handler, and record who accessed what.';
      case 'use':
        return 'Remove the flow, or have the purpose added to the consent and the register.';
      case 'retention':
        return 'Give the store an expiry, a deletion path or a registered retention rule.';
      case 'literal':
        return 'Replace it by generated test data, or read it from a protected store.';
      case 'protection':
        return secret
          ? 'Use a salted slow hash (argon2, scrypt, bcrypt) for passwords, or authenticated encryption.'
          : 'Use authenticated encryption or a keyed hash (HMAC) instead.';
      default:
        return channel satisfies never;
    }
  },
  step(kind, names) {
    const named = (verb: string, without: string): string => (names.length === 0 ? without : `${verb} ${names.join(', ')}`);
    switch (kind) {
      case 'source': return named('enters as', 'enters here');
      case 'read': return named('read from', 'read here');
      case 'assign': return named('assigned to', 'assigned here');
      case 'call': return named('passed to', 'passed on');
      case 'return': return named('returned by', 'returned here');
      case 'store': return named('stored in', 'stored here');
      case 'load': return named('loaded from', 'loaded here');
      case 'transform': return named('goes through', 'transformed here');
      case 'protect': return named('protected by', 'protected here');
      case 'callback': return named('handed to callback', 'handed to a callback');
      case 'sink': return named('reaches', 'leaves here');
      default: return kind satisfies never;
    }
  },
  list(words) {
    const shown = (words.length > 5 ? [...words.slice(0, 4), `${words.length - 4} more`] : words).map((word, index) => (index === 0 ? word : lower(word)));
    return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
  },
  within: (symbol) => `, in ${symbol}`,
  codeKind: (kind) => (kind === 'production' ? '' : kind === 'development' ? 'development only' : `${kind} code`),
  witness: (witness) => ({
    annotation: 'an annotation', schema: 'a schema', 'declared-type': 'its declared type', 'shape-by-use': 'how it is used',
    'owner-name': 'the name of its owner', 'own-name': 'its name', 'entity-name': 'the name of the object',
  })[witness],
  cite: (sentence, citations) => {
    if (citations.length === 0) return `${sentence}.`;
    const more = citations.length - CITED;
    return `${sentence} (${citations.slice(0, CITED).join(', ')}${more > 0 ? ` and ${more} more` : ''}).`;
  },
  unverified: '? after a clause: its number has not been compared with the text in force yet',
  obligation: (kind, what) => {
    switch (kind) {
      case 'approval': return `approval by ${spaced(what)}`;
      case 'protect': return `protection: ${spaced(what)}`;
      case 'record': return `an entry in the ${spaced(what)}`;
      case 'assess': return what === 'cross-border' ? 'an assessment of the transfer abroad' : `an assessment in the ${spaced(what)}`;
      case 'notify': return `notice to ${spaced(what)}`;
      case 'review': return `review by ${what}`;
      default: return kind satisfies never;
    }
  },
  incident: ({ grade, report, withinHours }) =>
    `if it happened, an incident of grade ${grade} to report to ${report.map(spaced).join(', ')}${withinHours === undefined ? '' : ` within ${withinHours} hours`}`,
  effectiveFrom: (day) => `in force from ${day}; a warning until then`,
  moreSteps: (count) => `… ${plural(count, 'more step')}`,
  moreSources: (count, some) => `and ${plural(count, 'more source')}${some.length === 0 ? '' : `: ${some.join(', ')}${count > some.length ? ', …' : ''}`}`,
  assumed: 'assumed',
  broadened: 'approximated',
  dormant: 'nothing refers to this code',
  whyLabel: 'why',
  fixLabel: 'fix',
  needLabel: 'need',
  idLabel: 'id',
  newLabel: 'new',
  summary({ findings, files, effects, blocking }) {
    const words = effects.map(({ effect, count }) => `${count} ${({
      deny: 'denied', require_approval: count === 1 ? 'needs approval' : 'need approval',
      warn: count === 1 ? 'warning' : 'warnings', note: count === 1 ? 'note' : 'notes', allow: 'allowed',
    })[effect]}`);
    const blocks = blocking === 0 ? 'none blocks' : blocking === 1 ? '1 blocks' : `${blocking} block`;
    return `${plural(findings, 'finding')} in ${plural(files, 'file')}: ${words.join(', ')}; ${blocks}`;
  },
  nothingFound: 'No findings',
  analysed: ({ files, lines, sources, sinks, protectedFlows }) =>
    `Analysed ${plural(files, 'file')} (${plural(lines, 'line')}): ${plural(sources, 'place')} with customer data, ${plural(sinks, 'sink')}`
    + (protectedFlows > 0 ? `, ${plural(protectedFlows, 'flow')} sufficiently protected` : ''),
  exempt: (files) => `${plural(files, 'file')} of tests, mocks, stories or seeds not followed: the policies allow what they do`,
  hiddenByConfidence: (count) => `${plural(count, 'finding')} of lower confidence not shown (--confidence low shows all)`,
  hiddenByQuiet: (count) => `${plural(count, 'warning or note', 'warnings and notes')} not shown (--quiet)`,
  observed: (count) => `${plural(count, 'finding')} observed only at this stage`,
  suppressed: (count) => `${plural(count, 'finding')} suppressed by a comment with a reason`,
  waived: (count) => `${plural(count, 'finding')} covered by a waiver`,
  allowed: (count) => `${plural(count, 'flow')} allowed by policy`,
  gap(kind, detail) {
    const because = detail === '' ? '' : `: ${detail}`;
    switch (kind) {
      case 'syntax-error': return `syntax error${because}`;
      case 'unreadable': return `cannot be read${because}`;
      case 'binary': return 'binary file';
      case 'too-large': return `too large${because}`;
      case 'minified': return 'minified';
      case 'generated': return 'generated';
      case 'vendored': return 'vendored';
      case 'unsupported': return `not supported${because}`;
      case 'broken-tsconfig': return `tsconfig cannot be used${because}`;
      case 'symlink-loop': return 'symbolic link that leads in a circle';
      case 'limit-reached': return `a limit was reached${because}; findings may be missing`;
      case 'vanished': return 'vanished while it was being read';
      case 'no-sources': return 'no place with customer data was recognised: either there is none, or names and types are unknown to the catalogue'
        + ' (try: fiduciary catalog test NAME)';
      case 'cache': return `the cache could not be used${because}`;
      case 'suppression-without-reason': return `fiduciary-allow ${detail} has no effect without a reason: write "-- why" behind the rule`;
      case 'suppression-unknown-rule': return detail === '' ? 'fiduciary-allow names no rule' : `fiduciary-allow names an unknown rule: ${detail}`;
      case 'suppression-expired': return `fiduciary-allow ${detail} has expired, or its date is not of the form 2027-01-31`;
      case 'suppression-unused': return `fiduciary-allow ${detail} covers no finding and can go`;
      case 'suppression-needs-waiver': return `fiduciary-allow ${detail} cannot silence what is denied or needs approval`;
      case 'no-merge-base': return `the base of the change could not be compared with${because}; every finding counts as new (check out the whole history: fetch-depth: 0)`;
      case 'baseline-stale': return `${plural(Number(detail), 'finding')} of the baseline ${detail === '1' ? 'is' : 'are'} fixed and could come back unseen (tighten it: fiduciary baseline)`;
      case 'waiver-expired': return `the waiver ${detail} has run out; its finding counts again`;
      case 'waiver-expiring': return `the waiver ${detail} runs out soon`;
      case 'waiver-lapsed': return `the waiver ${detail} no longer counts: more data leaks than was accepted`;
      case 'waiver-refused': return `the waiver ${detail} does not count: a control that spoke can't be waived`;
      case 'waiver-unused': return `the waiver ${detail} covers nothing any more and can go`;
      case 'waiver-over-broad': return `the waiver ${detail} accepts more than leaks; take the other elements out`;
      case 'baseline-expired': return `${plural(Number(detail), 'entry', 'entries')} of the baseline ${detail === '1' ? 'has' : 'have'} expired and no longer ${detail === '1' ? 'counts' : 'count'}`;
      default: return kind satisfies never;
    }
  },
  notAnalysed: (files) => `${plural(files, 'file was', 'files were')} not analysed in full:`,
  skipped: (files) => `${plural(files, 'file')} left out as minified, generated, vendored or binary`,
  change: { introduced: 'new', reached: 'leaks more than before', moved: 'moved', unchanged: 'known', fixed: 'fixed' },
  compared: (base, { introduced, reached, moved, unchanged, fixed }) =>
    `Compared with ${base}: ${introduced} new, ${reached} ${reached === 1 ? 'leaks' : 'leak'} more than before, ${moved} moved, ${unchanged} known, ${fixed} fixed`,
  hiddenKnown: (count) => `${plural(count, 'known finding')} not shown (--known shows all)`,
  more: (count) => `… and ${count} more`,
  nothingAnalysed: 'No file was analysed',
  lint: ({ headline, marks, steps, fix, id }) => `${headline} [${marks.join(', ')}]. ${steps.length === 0 ? '' : `Path: ${steps.join(' → ')}. `}${fix} (${id})`,
  lintNotAnalysed: (problem, hint, place) => `Fiduciary could not analyse this file: ${problem}${place === '' ? '' : ` (${place})`}. ${hint}`,
  lintPartial: 'Fiduciary does not know this project yet and shows only what happens within single files. Run "npx fiduciary scan" once to see flows between files.',
  suggestReplace: (from, to) => `Replace ${from} by ${to}`,
  explain: {
    data: 'data',
    path: (source) => (source === '' ? 'path' : `path of ${source}`),
    protections: 'protections met',
    assumptions: 'assumptions made',
    decision: 'decision',
    blocks: 'blocks',
    worth: { sufficient: 'sufficient here', weak: 'too weak here', none: 'no protection here' },
    assumption: (assumption) => ({
      'unknown-call': 'a call whose code is not visible hands its input on',
      'field-based': 'fields of the same name were taken for one, because the object is not known',
      broadened: 'paths or fields were merged because a limit was reached',
      'entity-shape': 'an object was taken to carry what its name suggests',
      'shape-by-use': 'an object was taken to carry the fields that are read from it',
      callback: 'a callback was taken to be called with the data',
      'dynamic-key': 'a computed key was taken to mean any field',
      'partly-shown': 'only a part of an object is shown: the beginning of its text, or what a template picks',
    })[assumption],
    knownBy: (witness, evidence) => `known by ${witness}${evidence === '' ? '' : `: ${evidence}`}`,
    note(kind, names, element, reason) {
      const subject = names === '' ? 'this place' : names;
      const because = reason === '' ? '' : `: ${reason}`;
      switch (kind) {
        case 'classified': return `${subject} is taken for ${element}${because}`;
        case 'flow': return `customer data flows through ${subject}${because}`;
        case 'stopped': return `the flow ends at ${subject}${because}`;
        case 'sink': return `${subject} is a sink${because}`;
        case 'not-analysed': return `${subject} was not analysed${because}`;
        default: return kind satisfies never;
      }
    },
    reportedHere: 'reported here',
    passesHere: 'a path of this finding passes here',
    hiddenAllowed: 'not reported: the decision allows it',
    hiddenObserved: 'not reported: only observed at this stage',
    hiddenWaived: (because) => `not reported: a waiver covers it (${because})`,
    hiddenSuppressed: (because) => `not reported: a comment suppresses it (${because})`,
    hiddenLow: 'not reported by default: its confidence is low (--confidence low)',
    isReported: 'it is reported',
    gap: (text) => `not analysed: ${text}`,
    nothingHere: (place) =>
      `${place}: neither customer data nor a sink of the catalogue was recognised here. A name can be tried with: fiduciary catalog test NAME`,
  },
};
