// Writes docs/policies, the coverage table of the README and the reference in docs/policy.md from policies/, the schema of the input
// and the toolchain; with --check it only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readDenied } from './policies/read-denied.ts';
import { readControls, readDuties, readProfiles, readRegulations, readTopics } from './policies/read-policies.ts';
import { renderCoverage } from './policies/render-coverage.ts';
import { createNodeHost } from '#host/node-host';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { openToolchain } from '#policy/toolchain';
import { renderPages } from './policies/render-pages.ts';
import { renderFields, renderFunctions } from './policies/render-reference.ts';

const FOLDER = 'docs/policies';
const GUIDE = 'docs/policy.md';
const block = (name: string): RegExp => new RegExp(`(<!-- ${name}:begin[^>]*-->\\n\\n)[^]*?(\\n\\n<!-- ${name}:end -->)`);

const controls = readControls();
const pages = renderPages({ topics: readTopics(), controls, regulations: readRegulations(), profiles: readProfiles() });
const readme = readFileSync('README.md', 'utf8');
const coverage = renderCoverage(readDuties(), controls, readDenied());
const version = openToolchain(createNodeHost()).run('version', {});
const natives = version.ok ? version.natives : [];
const { properties } = POLICY_INPUT_SCHEMA as unknown as { readonly properties: { readonly findings: { readonly items: object } } };
const missing: string[] = [];
const files = new Map([
  ...[...pages].map(([name, text]) => [`${FOLDER}/${name}`, text] as const),
  ['README.md', filled('README.md', readme, { coverage })] as const,
  [GUIDE, filled(GUIDE, readFileSync(GUIDE, 'utf8'), { fields: renderFields(properties.findings.items), functions: renderFunctions(natives) })] as const,
]);
const stray = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => !pages.has(name)).map((name) => `${FOLDER}/${name}`) : [];

if (process.argv.includes('--check')) {
  const stale: string[] = [...missing, ...[...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file)];
  if (stale.length + stray.length > 0) {
    process.stdout.write(`not what policies/ says; run scripts/generate-policy-docs.ts: ${[...stale, ...stray].join(', ')}\n`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text);
}

/** The page with these texts in the blocks of their names. */
function filled(file: string, page: string, texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts).reduce((text, [name, inner]) => {
    if (!block(name).test(text)) missing.push(`${file} has no place for ${name}`);
    return text.replace(block(name), (_, begin: string, end: string) => `${begin}${inner}${end}`);
  }, page);
}
