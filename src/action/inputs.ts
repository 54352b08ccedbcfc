// Inputs of the action as the runner hands them over, checked, and as arguments of `fiduciary scan`. An empty input is one
// that was not given. Values go behind an equals sign, so that none can pass for an option.
import type { Host } from '#host/host';
import { CONFIDENCES, type Confidence } from '#model/element';
import { UserError } from '#model/errors';
import { LANGUAGES, type Language } from '#report/report-options';

export interface Inputs {
  readonly paths: readonly string[];
  readonly config: string | undefined;
  readonly confidence: Confidence;
  readonly lang: Language;
  readonly sarifFile: string | undefined;
  readonly annotations: boolean;
  readonly summary: boolean;
  /** Arguments for the scan, without reports of our own and without the base. */
  readonly args: readonly string[];
  readonly comparison: { readonly kind: 'baseline' } | { readonly kind: 'diff'; readonly base: string } | { readonly kind: 'off' } | { readonly kind: 'event' };
}

const VALUES = ['config', 'stage', 'fail-on', 'baseline', 'policy-from', 'receipt', 'cache'] as const;
const SWITCHES = ['ignore-waivers', 'strict'] as const;

export function readInputs(host: Host): Inputs {
  const text = (name: string): string | undefined => {
    const value = (host.env(`INPUT_${name.toUpperCase()}`) ?? '').trim();
    return value === '' ? undefined : value;
  };
  const lines = (name: string): readonly string[] => (text(name) ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const flag = (name: string, otherwise: boolean): boolean => toBoolean(name, text(name), otherwise);
  const confidence = toChoice('confidence', text('confidence'), CONFIDENCES, 'medium');
  const lang = toChoice('lang', text('lang'), LANGUAGES, 'en');
  const paths = lines('paths');
  const [sarifFile, htmlFile, diff] = [text('sarif-file'), text('html-file'), text('diff')];
  const given = (name: string): readonly string[] => {
    const value = text(name);
    return value === undefined ? [] : [`--${name}=${value}`];
  };
  return {
    paths,
    config: text('config'),
    confidence,
    lang,
    sarifFile,
    annotations: flag('annotations', true),
    summary: flag('summary', true),
    args: [
      `--confidence=${confidence}`,
      `--lang=${lang}`,
      ...VALUES.flatMap(given),
      ...lines('policy').map((value) => `--policy=${value}`),
      ...SWITCHES.filter((name) => flag(name, false)).map((name) => `--${name}`),
      ...(sarifFile === undefined ? [] : [`--report=sarif=${sarifFile}`]),
      ...(htmlFile === undefined ? [] : [`--report=html=${htmlFile}`]),
      ...lines('reports').map((value) => `--report=${value}`),
    ],
    comparison: text('baseline') !== undefined && diff === undefined ? { kind: 'baseline' }
      : diff === undefined ? { kind: 'event' }
      : /^(off|false|none)$/i.test(diff) ? { kind: 'off' }
      : { kind: 'diff', base: diff },
  };
}

function toBoolean(name: string, value: string | undefined, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  throw new UserError(`The input "${name}" must be true or false`, 'Correct it in the workflow.');
}

function toChoice<Choice extends string>(name: string, value: string | undefined, choices: readonly Choice[], otherwise: Choice): Choice {
  if (value === undefined) return otherwise;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new UserError(`The input "${name}" must be ${choices.join(', ')}`, 'Correct it in the workflow.');
  return found;
}
