// Reads what the shipped policies say about themselves: METADATA of the controls, regulations, profiles, duties.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export const ON_UNKNOWN = ['fail', 'warn', 'note', 'ignore'] as const;
export type OnUnknown = (typeof ON_UNKNOWN)[number];

export interface Control {
  readonly id: string;
  readonly topic: string;
  readonly file: string;
  readonly title: string;
  readonly title_zh: string;
  readonly description: string;
  readonly description_zh: string;
  readonly remediation: string;
  readonly remediation_zh: string;
  readonly duty: string;
  readonly channels: readonly string[];
  readonly detected: boolean;
  readonly params: readonly string[];
  readonly unknown?: string;
  readonly unknown_zh?: string;
  /** How what is not known is judged. */
  readonly on_unknown?: OnUnknown;
  readonly waivable: boolean;
  readonly effective?: string;
  /** The rule below the annotation, as text. */
  readonly body: string;
  /** What it asks for where nothing lessens it. */
  readonly effect: string;
}

export interface Clause {
  readonly clause: string;
  readonly title: string;
  readonly title_zh: string;
  readonly verified: boolean;
  readonly controls: readonly string[];
  readonly elements?: readonly string[];
}

export interface Regulation {
  readonly id: string;
  readonly name: string;
  readonly name_zh: string;
  readonly edition: string;
  readonly clauses: readonly Clause[];
}

export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly regulations: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
  readonly enforcement: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Duty {
  readonly id: string;
  readonly title: string;
  readonly title_zh: string;
  readonly shows: string;
}

export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly title_zh: string;
  readonly description: string;
}

interface Annotation {
  readonly title: string;
  readonly description: string;
  readonly custom: Partial<Control> & { readonly id: string; readonly title_zh: string };
}

const ROOT = 'policies';
const BLOCK = /^# METADATA\n((?:#.*\n)+)((?:(?!^# METADATA).*\n?)*)/gm;
const EFFECT = /judged\.(?:verdict|obliging)\(\s*"[^"]+",\s*(?:[\w.]+\(f, )?"(\w+)"|"effect": "(\w+)"/;

export const regoFiles = (): readonly string[] =>
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .map((file) => `${ROOT}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.rego'))
    .sort();

const topicFiles = (): readonly string[] => regoFiles().filter((file) => file.startsWith(`${ROOT}/topics/`) && !file.endsWith('_test.rego'));

export const readControls = (): readonly Control[] => topicFiles().flatMap(controlsOf).sort((a, b) => (a.id < b.id ? -1 : 1));

export function readTopics(): readonly Topic[] {
  return topicFiles().flatMap((file) =>
    annotationsOf(file).flatMap(({ annotation: { title, description, custom }, body }) => {
      const id = /^package fiduciary\.topics\.(\w+)/m.exec(body)?.[1];
      return id === undefined ? [] : [{ id, title, title_zh: custom.title_zh, description: description.trim() }];
    }),
  );
}

export const readRegulations = (): readonly Regulation[] => readYaml<Regulation>('regulations');
export const readProfiles = (): readonly Profile[] => readYaml<Profile>('profiles');
export const readDuties = (): readonly Duty[] => (parse(readFileSync(`${ROOT}/duties.yaml`, 'utf8')) as { duties: readonly Duty[] }).duties;
export const readParams = (): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  parse(readFileSync(`${ROOT}/params.yaml`, 'utf8')) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function controlsOf(file: string): readonly Control[] {
  return annotationsOf(file)
    .filter(({ body }) => body.startsWith('verdict contains'))
    .map(({ annotation: { title, description, custom }, body }) => ({
      waivable: true, params: [], ...custom, title, description, body, file,
      topic: /topics\/(\w+)/.exec(file)?.[1] ?? '',
      effect: EFFECT.exec(body)?.slice(1).find((word) => word !== undefined) ?? '',
    }) as Control);
}

function annotationsOf(file: string): readonly { readonly annotation: Annotation; readonly body: string }[] {
  return [...readFileSync(file, 'utf8').matchAll(BLOCK)].map(([, comment = '', body = '']) => ({
    annotation: parse(comment.replace(/^# ?/gm, '')) as Annotation,
    body: body.trim(),
  }));
}

const readYaml = <T>(folder: string): readonly T[] =>
  readdirSync(`${ROOT}/${folder}`).sort().map((file) => parse(readFileSync(`${ROOT}/${folder}/${file}`, 'utf8')) as T);
