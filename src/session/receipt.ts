// A decision receipt: all that decisions were made of, with digests, so that anybody can make them again, years later, and compare
// the bytes. Waivers lie on decisions afterwards and are named in the data; comments and baselines are no part of a judgement.
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import type { Decision } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import type { Control, Enforcement, Regulation } from '#model/policy';
import type { Stage } from '#model/run';
import { VERSION } from '#model/version';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { policyFindings, type PolicyFinding } from '#policy/input';
import { judgeInput } from '#policy/rego-judge';
import { openToolchain } from '#policy/toolchain';
import type { Policies } from './load-policies.ts';

const RECEIPT_VERSION = '1.0';

interface Judged {
  readonly date: string;
  readonly stage: Stage;
  readonly findings: readonly PolicyFinding[];
  readonly data: object;
  readonly controls: readonly Control[];
  readonly regulations: readonly Regulation[];
  readonly enforcement: Enforcement;
}

interface Receipt {
  readonly version: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** SHA-256 of each part as it stands here, of the module before compression, and of schema and toolchain. */
  readonly digests: Readonly<Record<'inputSchema' | 'findings' | 'data' | 'policies' | 'bundle' | 'toolchain' | 'decisions', string>>;
  readonly judged: Judged;
  /** The compiled policies: brotli, base64. */
  readonly bundle: string;
  /** In the order of the findings. */
  readonly decisions: readonly Decision[];
}

export function writeReceipt(host: Host, findings: readonly Finding[], policies: Policies, catalog: Catalog, stage: Stage, date: string): string {
  const judged: Judged = {
    date, stage,
    findings: findings.map(policyFindings(catalog)),
    data: policies.data, controls: [...policies.controls.values()], regulations: policies.regulations, enforcement: policies.enforcement,
  };
  const decisions = decide(judged, policies.wasm);
  const receipt: Receipt = {
    version: RECEIPT_VERSION,
    tool: { name: 'fiduciary', version: VERSION },
    digests: { ...digestsOf(host, judged, policies.wasm, decisions), inputSchema: digest(host, POLICY_INPUT_SCHEMA), toolchain: openToolchain(host).digest },
    judged,
    bundle: brotliCompressSync(policies.wasm).toString('base64'),
    decisions,
  };
  return `${JSON.stringify(receipt, undefined, 1)}\n`;
}

export interface Verification {
  readonly findings: number;
  readonly date: string;
  readonly stage: Stage;
  readonly tool: string;
  /** What does not agree; empty when every byte does. */
  readonly problems: readonly string[];
}

/** Makes the decisions of a receipt again. Throws `UserError` for a file that is no receipt. */
export function verifyReceipt(host: Host, file: string, text: string): Verification {
  const receipt = parse(file, text);
  const { judged, digests, decisions } = receipt;
  const wasm = unpacked(receipt.bundle);
  const found = digestsOf(host, judged, wasm ?? new Uint8Array(), decisions);
  const altered = (Object.keys(found) as (keyof typeof found)[]).filter((part) => found[part] !== digests[part]);
  const problems = altered.map((part) => `${part}: altered; its digest is another than the receipt says`);
  // Policies that are not those of the receipt are not run.
  const again = altered.includes('bundle') || wasm === undefined ? [] : differences(judged, decisions, decide(judged, wasm));
  return { findings: judged.findings.length, date: judged.date, stage: judged.stage, tool: `${receipt.tool.name} ${receipt.tool.version}`, problems: [...problems, ...again] };
}

function differences({ findings }: Judged, before: readonly Decision[], again: readonly Decision[]): readonly string[] {
  const other = again.flatMap((decision, index) => (JSON.stringify(decision) === JSON.stringify(before[index]) ? [] : [`finding ${findings[index]?.id ?? ''}: judged again it is another decision`]));
  return again.length === before.length ? other : [`${before.length} decisions for ${again.length} findings`, ...other];
}

function unpacked(bundle: string): Uint8Array | undefined {
  try {
    return brotliDecompressSync(Buffer.from(bundle, 'base64'));
  } catch {
    // Told as an altered bundle.
    return undefined;
  }
}

const decide = ({ date, stage, findings, data, controls, regulations, enforcement }: Judged, wasm: Uint8Array): readonly Decision[] =>
  judgeInput({ wasm, data, controls: new Map(controls.map((control) => [control.id, control])), regulations, enforcement }, { run: { date, stage }, findings });

const digestsOf = (host: Host, { findings, data, controls, regulations, enforcement }: Judged, wasm: Uint8Array, decisions: readonly Decision[]) => ({
  findings: digest(host, findings), data: digest(host, data), policies: digest(host, [controls, regulations, enforcement]), bundle: host.sha256(wasm), decisions: digest(host, decisions),
});

const digest = (host: Host, value: unknown): string => host.sha256(JSON.stringify(value));

function parse(file: string, text: string): Receipt {
  try {
    const receipt = JSON.parse(text) as Receipt;
    if (isReceipt(receipt)) return receipt;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    // Told below: it is no receipt either way.
  }
  throw new UserError(`${file} is no decision receipt`, 'Receipts are written by "fiduciary scan --receipt FILE".', { file });
}

const isReceipt = ({ version, tool, digests, judged, bundle, decisions }: Receipt): boolean =>
  version === RECEIPT_VERSION && typeof tool.name === 'string' && typeof digests.bundle === 'string' && typeof bundle === 'string'
  && [decisions, judged.findings, judged.controls, judged.regulations].every((list) => Array.isArray(list)) && typeof judged.enforcement[judged.stage] === 'object';
