// Looks at a repository for `init`: which of the catalogue's libraries its production code uses, which functions protect, what a
// first scan says. Uses are read from the texts, since nothing needs to be installed and a guess here costs nobody a finding.
import { builtinModules } from 'node:module';
import { defaultConfig } from '#config/valid-config';
import { type Host, HostError } from '#host/host';
import type { CalleePattern, Catalog } from '#model/catalog';
import type { Effect } from '#model/decision';
import type { Finding, Step } from '#model/finding';
import { compareText, type RepoPath } from '#model/location';
import type { LibraryRole, SeenLibrary, SeenProtector, Sightings } from '#model/sightings';
import { classifyCode } from '#project/code-context';
import { scan } from '../session.ts';
import { openScan } from './open-scan.ts';

export function survey(host: Host, root: string, onProgress: (phase: string, done: number, total: number) => void): Sightings {
  const options = { root, config: defaultConfig(root), paths: [], onProgress };
  const opened = openScan(host, options);
  const { project } = opened.program;
  const { result } = scan(host, options, opened);
  const kinds = project.files.map(({ path }) => [path, classifyCode(path)] as const);
  const texts = kinds.filter(([, kind]) => kind === 'production').map(([path]) => [path, readCode(host, `${root}/${path}`)] as const);
  const members = project.packages.filter((each) => each.dir !== '' && each.kind === 'package');
  return {
    files: result.counts.files,
    lines: result.counts.lines,
    packages: members.map(({ name, dir }) => ({ name, dir })),
    libraries: seenLibraries(opened.catalog, texts.map(([, text]) => text)),
    protectors: seenProtectors(result.findings, texts),
    schemas: project.schemas,
    otherCode: tally(kinds.map(([, kind]) => kind).filter((kind) => kind !== 'production')),
    effects: tally(result.findings.map((finding) => finding.decision.effect)) as Partial<Record<Effect, number>>,
    dependencies: [...(project.packages.find((each) => each.dir === '')?.dependencies ?? [])].sort(compareText),
  };
}

/** Without comments, which speak of libraries without using them. */
function readCode(host: Host, path: string): string {
  try {
    return host.readText(path).replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/[^\n]*/g, '$1');
  } catch (error) {
    if (error instanceof HostError) return '';
    throw error;
  }
}

/** Clause and package of an import, a re-export or a `require`; imports of types say nothing about use. */
const IMPORT = /(?:\b(?:import|export)\s+(?!type\b)([^;'"`]*?)\bfrom\s*|\bimport\s*\(?\s*|\b(?:const|let|var)\s+([^;='"`]*?)=\s*require\s*\(\s*|\brequire\s*\(\s*)(['"])(?:node:)?((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"\n]*)?\3/g;

interface Importer {
  /** The whole module: default, namespace, `require`, or for its effect. */
  readonly whole: boolean;
  readonly named: ReadonlySet<string>;
}

/** What one text imports, by package. */
function importsIn(text: string): ReadonlyMap<string, Importer> {
  const found = new Map<string, Importer>();
  for (const [, clause, pattern, , name = ''] of text.matchAll(IMPORT)) {
    const bound = clause ?? pattern ?? '';
    const [braces = ''] = /\{[\s\S]*\}/.exec(bound) ?? [];
    const named = braces.slice(1, -1).split(',').map((each) => each.trim().split(/\s+as\s+|\s*:\s*/)[0] ?? '').filter((each) => each !== '' && !each.startsWith('type '));
    const known = found.get(name);
    found.set(name, { whole: bound.replace(braces, '').replace(/[\s,]/g, '') !== '' || bound.trim() === '' || known?.whole === true, named: new Set([...(known?.named ?? []), ...named]) });
  }
  return found;
}

/** Whether the text binds the name itself: then it is not the global. */
const binds = (text: string, name: string): boolean =>
  new RegExp(`\\b(?:const|let|var|function|class|import|as)\\s+(?:[^;=()'"]*[\\s{,])?${escaped(name)}(?![\\w$])|\\(\\s*${escaped(name)}\\s*[,)=?:]|[,{]\\s*${escaped(name)}\\s*(?:[,)}=?]|:\\s*[A-Z])|(?<![\\w$.])${escaped(name)}\\s*=>`).test(text);

function seenLibraries(catalog: Catalog, texts: readonly string[]): readonly SeenLibrary[] {
  const importers = texts.map(importsIn);
  // What stands in quotes is no use of a global: `dd.MM.yyyy`, './google.strategy'.
  const unquoted = texts.map((text) => text.replace(/(['"])(?:\\.|(?!\1)[^\\\n])*\1/g, "''"));
  const found = new Map<string, SeenLibrary>();
  const add = (role: LibraryRole, name: string, files: number, title?: string): void => {
    if (files > 0 && !found.has(`${role} ${name}`)) found.set(`${role} ${name}`, { name, role, files, ...(title === undefined ? {} : { title }) });
  };
  const packages = new Map<string, { readonly role: LibraryRole; readonly name: string; readonly members: Set<string> }>();
  const globals = new Map<string, { readonly role: LibraryRole; readonly name: string; readonly title?: string; readonly names: ReadonlySet<string>; readonly uses: string[] }>();
  const types = new Map<string, { readonly role: LibraryRole; readonly name: string; readonly members: Set<string> }>();
  const note = (role: LibraryRole, patterns: readonly CalleePattern[]): void => {
    for (const { root, members } of patterns) {
      const key = `${role} ${root.name}`;
      const builtIn = root.kind === 'npm' && builtinModules.includes(root.name);
      if (root.kind === 'npm' && !builtIn) {
        const known = packages.get(key) ?? { role, name: root.name, members: new Set<string>() };
        for (const member of members[0] ?? []) known.members.add(member);
        packages.set(key, known);
      } else if (root.kind === 'type' && !PLATFORM.has(root.name)) {
        const known = types.get(key) ?? { role, name: root.name, members: new Set<string>() };
        for (const member of members[0] ?? ['()']) known.members.add(member);
        types.set(key, known);
      } else if (builtIn || (root.kind === 'global' && !PLATFORM.has(root.name))) {
        const known = globals.get(key) ?? { role, name: root.name, names: new Set(builtIn ? [] : [root.name]), uses: [] };
        known.uses.push(useOf(root.name, members[0]), ...(builtIn ? importsOf(root.name, members[0]) : []));
        globals.set(key, known);
      }
    }
  };
  for (const vendor of catalog.vendors) {
    const title = `${vendor.title}, ${vendor.category}`;
    const imported = vendor.packages.filter((name) => importers.some((each) => each.has(name)));
    for (const name of imported) add('vendor', name, importers.filter((each) => each.has(name)).length, title);
    // Who imports the package may call its class by the name of the global.
    if (imported.length > 0) continue;
    for (const name of vendor.globals) globals.set(`vendor ${name}`, { role: 'vendor', name, title, names: new Set([name]), uses: [`(?<![\\w$.])(?:window\\.)?${escaped(name)}[.(]`] });
  }
  for (const sink of catalog.sinks) {
    const role = sink.vendor === undefined ? ROLES[sink.channel] : undefined;
    if (role !== undefined) note(role, sink.callees);
  }
  for (const request of catalog.requests) note('client', request.callees);
  for (const { role, name, members } of packages.values()) {
    const takes = (each: Importer | undefined): boolean => each !== undefined && (each.whole || members.has('*') || [...each.named].some((member) => members.has(member)));
    add(role, name, importers.filter((each) => takes(each.get(name))).length);
  }
  // A class that is injected is known by its name: `HttpClient` of Angular, a `Logger` of one's own. Others may have that name,
  // too, so one of the members that are meant has to be there: a `Context` without `.log` is no logger.
  for (const { role, name, members } of types.values()) {
    const uses = members.has('*') || members.has('()') || members.has('new') ? undefined : new RegExp(`\\.(?:${[...members].map(escaped).join('|')})\\b`);
    const takers = importers.filter((each, index) => [...each.values()].some(({ named }) => named.has(name)) && uses?.test(texts[index] ?? '') !== false);
    for (const from of new Set(takers.flatMap((each) => [...each].filter(([, { named }]) => named.has(name)).map(([from]) => from)))) {
      if (!found.has(`${role} ${from}`)) add(role, `${name} of ${from}`, takers.filter((each) => each.get(from)?.named.has(name) === true).length);
    }
  }
  for (const { role, name, title, names, uses } of globals.values()) {
    const pattern = new RegExp([...new Set(uses)].join('|'));
    // A module of Node has to be imported: `http` is also what others call their client.
    const using = unquoted.filter((text, index) => (names.size === 0 ? importers[index]?.has(name) === true && pattern.test(texts[index] ?? '') : pattern.test(text) && ![...names].some((each) => binds(text, each))));
    add(role, name, using.length, title);
  }
  return [...found.values()].sort((a, b) => compareText(a.role, b.role) || b.files - a.files || compareText(a.name, b.name));
}

const ROLES: Readonly<Partial<Record<string, LibraryRole>>> = { log: 'logger', storage: 'storage', token: 'token' };

/** Of the platform, and used for much else. */
const PLATFORM: ReadonlySet<string> = new Set(['Request', 'Response', 'Headers', 'HttpRequest', 'Server', 'Blob', 'URL', 'Error']);

const escaped = (text: string): string => text.replace(/[$.]/g, '\\$&');

function useOf(name: string, members: readonly string[] | undefined): string {
  const root = `(?<![\\w$.])${escaped(name)}`;
  if (members === undefined || members.includes('()')) return `${root}\\(`;
  if (members.includes('new')) return `\\bnew ${escaped(name)}\\b`;
  return members.includes('*') ? `${root}\\.` : `${root}\\.(?:${members.map(escaped).join('|')})\\b`;
}

/** Modules of Node hold more than what the catalogue means (`util.inspect` is no log), so the name must be taken. */
const importsOf = (name: string, members: readonly string[] | undefined): readonly string[] =>
  members === undefined ? [] : [`\\b(?:${members.map(escaped).join('|')})\\b[^{}()]*\\}\\s*(?:from|=\\s*require\\()\\s*['"](?:node:)?${escaped(name)}['"]`];

/** Cleaning markup, paths or queries keeps programs safe, and nobody's data secret. */
const OF_CODE = /^saniti[sz]e\w*(?:Html|HTML|Xss|XSS|Url|URL|Uri|URI|File|Path|Svg|SVG|Sql|SQL|Css|CSS|Markdown|Markup)/;

const NAMED = /\b(?:function|const|let|static|async|public)\s+((?:mask|redact|sanitiz|sanitis|anonymi[sz]|scrub|obfuscat|desensiti[sz]|encrypt|tuomin)[A-Za-z0-9_$]*)\s*(?:=\s*(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>)|\()/g;

/** What protects by what it does, as the paths of the findings show it, and what only has the name. */
function seenProtectors(findings: readonly Finding[], texts: readonly (readonly [RepoPath, string])[]): readonly SeenProtector[] {
  const found = new Map<string, SeenProtector>();
  for (const source of findings.flatMap((finding) => finding.sources)) {
    for (const protection of source.protections) {
      const { file, line } = protection.location;
      const within = protection.worth === 'none' ? undefined : returnedFrom(source.path, file);
      // A weak hash is weak for what was hashed here; whoever reads the list would take it for a flaw of the function.
      if (within === undefined || (protection.worth === 'weak' && protection.kind !== 'mask')) continue;
      const key = `${file} ${within.split('.').at(-1) ?? ''}`;
      const sufficient = protection.worth === 'sufficient' || found.get(key)?.does?.sufficient === true;
      found.set(key, { name: within, file, line, does: { kind: protection.kind, sufficient } });
    }
  }
  for (const [file, text] of texts) {
    for (const match of text.matchAll(NAMED)) {
      const [, name = ''] = match;
      if (!OF_CODE.test(name) && !found.has(`${file} ${name}`)) found.set(`${file} ${name}`, { name, file, line: text.slice(0, match.index).split('\n').length });
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
}

/** The function in that file whose result went on: one that hashes and stores protects nothing for others. */
function returnedFrom(path: readonly Step[], file: RepoPath): string | undefined {
  const returned = new Set(path.filter((step) => step.kind === 'return').flatMap((step) => step.names.map((name) => name.split('.').at(-1))));
  return path.find((step) => step.location.file === file && step.within !== '' && returned.has(step.within.split('.').at(-1)))?.within;
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort(compareText)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
