// Writes docs/policies and the coverage table of the README from policies/; with --check it only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readControls, readDuties, readProfiles, readRegulations, readTopics } from './policies/read-policies.ts';
import { renderCoverage } from './policies/render-coverage.ts';
import { renderPages } from './policies/render-pages.ts';

const FOLDER = 'docs/policies';
const TABLE = /(<!-- coverage:begin[^>]*-->\n\n)[^]*?(\n\n<!-- coverage:end -->)/;

const controls = readControls();
const pages = renderPages({ topics: readTopics(), controls, regulations: readRegulations(), profiles: readProfiles() });
const readme = readFileSync('README.md', 'utf8');
const coverage = renderCoverage(readDuties(), controls, (duty) => existsSync(`fixtures/duties/${duty}`));
const files = new Map([...[...pages].map(([name, text]) => [`${FOLDER}/${name}`, text] as const),
  ['README.md', readme.replace(TABLE, (_, begin: string, end: string) => `${begin}${coverage}${end}`)] as const]);
const stray = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => !pages.has(name)).map((name) => `${FOLDER}/${name}`) : [];

if (process.argv.includes('--check')) {
  const stale: string[] = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
  if (!TABLE.test(readme)) stale.push('README.md has no place for the coverage table');
  if (stale.length + stray.length > 0) {
    process.stdout.write(`not what policies/ says; run scripts/generate-policy-docs.ts: ${[...stale, ...stray].join(', ')}\n`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text);
}
