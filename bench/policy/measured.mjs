// The measured processes of bench/policy.ts, over the build: no loader and no compiler of TypeScript is in them. Arguments: what to do,
// the findings. Standard output: milliseconds, of the clock and of the processor.
import { closeSync, openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const TODAY = '2026-11-30';
const [, , what, path] = process.argv;

const measured = await { judge, json, load }[what]();
process.stdout.write(JSON.stringify(measured));

/** All packs on all findings, as a scan does it: the policies are loaded, the module is compiled, decisions are attached. */
async function judge() {
  const findings = readFindings(path);
  const { policies } = await openPolicies();
  const { judge: attach } = await import('#policy/judge');
  return timed(() => attach(findings, { stage: 'ci' }, policies.decide).length);
}

/** The yardstick: the same findings to a text and back, whole as a result holds them, and in the form in which policies see them. */
async function json() {
  const findings = readFindings(path);
  const { catalog } = await openPolicies();
  const { policyFindings } = await import('#policy/input');
  const whole = timed(() => JSON.parse(JSON.stringify(findings)).length);
  const seen = findings.map(policyFindings(catalog));
  return { whole, seen: timed(() => JSON.parse(JSON.stringify(seen)).length) };
}

/** From nothing to the first decisions, for the few findings of a file that is being edited. */
async function load() {
  const findings = readFindings(path);
  const { judge: attach } = await import('#policy/judge');
  const catalog = await openCatalog();
  const start = performance.now();
  const { policies } = await openPolicies(catalog);
  attach(findings, { stage: 'editor' }, policies.decide);
  return { wall: performance.now() - start };
}

async function openCatalog() {
  const [{ createNodeHost }, { defaultConfig }, { loadRunCatalog }] = await Promise.all([import('#host/node-host'), import('#config/valid-config'), import('#session/load-catalog')]);
  const host = createNodeHost();
  const config = defaultConfig(process.cwd());
  return { host, config, catalog: loadRunCatalog(host, config) };
}

async function openPolicies(opened) {
  const { host, config, catalog } = opened ?? (await openCatalog());
  const { loadPolicies } = await import('#session/load-policies');
  return { catalog, policies: loadPolicies(host, catalog, config, { today: TODAY }) };
}

function timed(act) {
  const before = process.cpuUsage();
  const start = performance.now();
  const count = act();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000, count };
}

/** Line by line: the text as a whole would count as memory of the judgement. */
function readFindings(file) {
  const findings = [];
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(1 << 16);
  let rest = '';
  for (let size = readSync(handle, buffer); size > 0; size = readSync(handle, buffer)) {
    const parts = (rest + buffer.toString('latin1', 0, size)).split('\n');
    rest = parts.pop();
    for (const part of parts) findings.push(JSON.parse(part));
  }
  closeSync(handle);
  return findings;
}
