// Names of the analysed repository stay names: whatever they hold, the page has the same elements and attributes as with harmless
// ones, and the names can be read in it.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderHtml } from '#report/html/render-html';
import type { Result } from '#model/result';
import { visible } from '#report/inert';
import { at, claim, finding, options, SAMPLE, sink, source, step } from '../sample.ts';
import { readDocument } from './document.ts';

const escaping = suite('report/html/escaping');

const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)',
  '</style><script>alert(1)</script>', '</script><script>alert(1)</script>', '<!--', '-->', ']]>', '&lt;b&gt;', '&amp;', '&#60;script&#62;', 'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>', '</title><b>', '</details></section></main>', '{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '`', '\\', "'", '"',
  '\u202egnp.exe', 'a\u200bb', 'a\u0000b', 'a\nb', 'a\u2028b', '\ud800', '\u{e0041}', 'a b', '  ', '#record--x', '%3Cscript%3E', '客户<b>',
];

/** Every place of a Result in which a name of somebody else can stand. */
function named(name: string): Result {
  const place = at(`src/${name}/${name}.ts`, 7);
  const findings = [finding('third-party', 'deny', {
    id: 'a'.repeat(16),
    elements: [claim(name, { evidence: [name, name] })],
    sink: sink(place, name, { inner: at(`${name}.ts`, 9), innerCallee: name, catalog: name, vendor: name, destination: name }),
    sources: [source(name, place, [step('source', place, name), { ...step('call', place, name), within: name }], {
      elements: [name], protections: [{ kind: 'mask', by: name, location: place, worth: 'weak' }],
    })],
    context: { symbol: name, code: 'production', side: 'server', owner: name },
    decision: {
      effect: 'deny', blocking: false, controls: [name], citations: [name], unverified: [name], obligations: [{ kind: 'approval', what: name }],
      incident: { grade: 'major', report: [name], withinHours: 2 }, waiver: { id: name, reason: name, approver: name, expires: name, state: 'active' },
    },
  }), finding('url', 'warn', {
    id: 'b'.repeat(16), elements: [claim(name)], sink: sink(place, name, { destination: name }), suppression: { reason: name, until: name, location: place },
  })];
  return {
    ...SAMPLE, findings,
    gaps: [{ kind: 'syntax-error', file: place.file, line: 1, detail: name }],
    counts: { ...SAMPLE.counts, assumptions: { [name]: 1 }, limits: { [name]: 1 } },
    comparison: { with: 'baseline', base: name, counts: { introduced: 0, reached: 0, moved: 0, unchanged: 0, fixed: 1 }, fixed: [{
      id: 'c'.repeat(16), looseId: 'd'.repeat(16), rule: 'no-customer-data-in-logs', file: place.file, symbol: name, callee: name, code: 'production', elements: [name], sources: [],
    }] },
  };
}

const render = (name: string): string => renderHtml(named(name), options({ subject: name }));

/** What a page is made of, without its words. Which part of a sentence is set as a name, and where it may break, depends on the name. */
const shape = (html: string): readonly string[] => readDocument(html).tags.filter(({ name }) => name !== 'wbr' && name !== 'code').map(({ name, attributes }) => `${name} ${[...attributes.keys()].join(' ')}`);

escaping('there are enough of them', () => assert.ok(new Set(HOSTILE).size >= 30));

const harmless = shape(render('name'));
for (const name of HOSTILE) {
  escaping(`stays a name: ${JSON.stringify(name)}`, () => {
    const html = render(name);
    const made = shape(html);
    const at = made.findIndex((tag, index) => tag !== harmless[index]);
    assert.is(at < 0 ? 'the same' : made.slice(at, at + 3).join(' | '), 'the same');
    assert.is(made.length, harmless.length);
    const { text, tags } = readDocument(html);
    assert.ok(text.includes(visible(name)), 'can be read');
    assert.not.match(html, /[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    for (const target of tags.flatMap(({ attributes }) => attributes.get('href') ?? [])) {
      assert.ok(target === 'data:,' || ids.includes(target.slice(1)), `a link that leads nowhere: ${target}`);
      assert.not.match(target, /\s/);
    }
  });
}

escaping.run();
