// SARIF: golden, valid against the published 2.1.0 schema, and within what code-scanning services accept.
import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHANNEL_NAMES } from '#model/channel';
import { toRepoPath } from '#model/location';
import type { Result } from '#model/result';
import { renderSarif } from '#report/sarif';
import { toUri } from '#report/sarif-places';
import { matchesGolden } from './golden.ts';
import { at, finding, options, SAMPLE, sink, source, step } from './sample.ts';

interface Sarif {
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly name: string }[] } };
    readonly columnKind: string;
    readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[] }];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly kind?: string;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly justification: string }[];
      readonly locations: readonly [{ readonly physicalLocation: { readonly region: Readonly<Record<string, number>> } }];
      readonly codeFlows?: readonly {
        readonly threadFlows: readonly { readonly locations: readonly { readonly kinds: readonly string[]; readonly location: { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } } }[] }[];
      }[];
    }[];
  }];
}

// Written for draft 4; beside its own name it uses nothing that draft 7 reads differently.
const { $schema: _draft, id: _name, ...schema } = JSON.parse(
  readFileSync(new URL('../data/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
// The schema's formats (uri, date-time) belong to another package; the relevant ones are checked below by hand.
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(schema satisfies AnySchema);

const render = (result: Result, form?: 'scanning' | 'audit'): Sarif => {
  const parsed = JSON.parse(renderSarif(result, options(), form)) as Sarif;
  validate(parsed);
  assert.equal(validate.errors ?? [], []);
  return parsed;
};
const ids = (log: Sarif): readonly (string | undefined)[] => log.runs[0].results.map((result) => result.partialFingerprints['fiduciary/v1']);

const sarif = suite('report/sarif');

sarif('reads as reviewed', () => matchesGolden('sample.sarif', renderSarif(SAMPLE, options())));
sarif('fits the schema, also in Chinese and empty', () => {
  render(SAMPLE);
  render({ ...SAMPLE, findings: [], gaps: [] });
  validate(JSON.parse(renderSarif(SAMPLE, options({ lang: 'zh' }))));
  assert.equal(validate.errors ?? [], []);
});

sarif('leaves out what is allowed, suppressed or of low confidence, the gravest first', () => {
  assert.equal(ids(render(SAMPLE)), ['1111111111111111', '2222222222222222', '3333333333333333', '4444444444444444']);
});

sarif('the audit form holds everything, with the reason of a suppression', () => {
  const log = render(SAMPLE, 'audit');
  assert.is(log.runs[0].results.length, SAMPLE.findings.length);
  assert.equal(log.runs[0].results.flatMap((result) => result.suppressions ?? []).map((each) => each.justification), ['cleared on logout']);
  assert.equal(log.runs[0].results.filter((result) => result.level === 'none').map((result) => result.kind), ['pass']);
});

sarif('levels follow effects', () => {
  assert.equal(render(SAMPLE).runs[0].results.map((result) => result.level), ['error', 'error', 'warning', 'note']);
});

sarif('all fourteen rules are always there and results point to theirs', () => {
  const [run] = render({ ...SAMPLE, findings: [] }).runs;
  assert.is(run.tool.driver.rules.length, CHANNEL_NAMES.length);
  for (const result of render(SAMPLE).runs[0].results) assert.is(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
});

sarif('a flow ends in the inner sink, one thread flow each', () => {
  const [result] = render(SAMPLE).runs[0].results;
  assert.is(result?.codeFlows?.length, 2);
  for (const flow of result?.codeFlows ?? []) {
    assert.is(flow.threadFlows.length, 1);
    const last = flow.threadFlows[0]?.locations.at(-1);
    assert.equal(last?.kinds, ['sink']);
    assert.is(last?.location.physicalLocation.artifactLocation.uri, 'src/log/audit.ts');
  }
});

sarif('paths are encoded segment by segment', () => {
  assert.is(toUri(toRepoPath('src\\a b/100%/#1/ü.ts')), 'src/a%20b/100%25/%231/%C3%BC.ts');
});

sarif('a region over several lines is cut to its first', () => {
  const region = render(SAMPLE).runs[0].results.at(-1)?.locations[0].physicalLocation.region;
  assert.equal(region, { startLine: 9, startColumn: 5 });
  assert.is(render(SAMPLE).runs[0].columnKind, 'utf16CodeUnits');
});

sarif('30,000 results are capped with a note, the gravest kept', () => {
  const many = Array.from({ length: 30_000 }, (_, index) => finding('log', index === 29_999 ? 'deny' : 'warn', {
    id: index.toString(16).padStart(16, '0'), sink: sink(at('src/a.ts', index + 1), 'log'),
  }));
  const [run] = (JSON.parse(renderSarif({ ...SAMPLE, findings: many }, options())) as Sarif).runs;
  assert.is(run.results.length, 25_000);
  assert.is(run.results[0]?.level, 'error');
  assert.match(run.invocations[0].toolExecutionNotifications.at(-1)?.message.text ?? '', '5000');
});

sarif('long paths and many sources stay within limits', () => {
  const steps = Array.from({ length: 200 }, (_, index) => step('assign', at('src/a.ts', index + 1), `v${index}`));
  const sources = Array.from({ length: 100 }, (_, index) => source(`s${index}`, at('src/b.ts', index + 1), steps));
  const [result] = render({ ...SAMPLE, findings: [finding('log', 'deny', { id: 'a'.repeat(16), sink: sink(at('src/a.ts', 300), 'log'), sources })] }).runs[0].results;
  assert.ok((result?.codeFlows?.length ?? 0) <= 20);
  for (const flow of result?.codeFlows ?? []) assert.ok((flow.threadFlows[0]?.locations.length ?? 0) <= 30);
});

sarif.run();
