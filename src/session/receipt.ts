// A decision receipt: all that decisions were made of, with digests, so that anybody can make them again, years later, and compare
// the bytes. Waivers lie on decisions afterwards and are named in the data; comments and baselines are no part of a judgement.
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import type { Decision } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding, IdentifiedFinding } from '#model/finding';
import type { Control, Enforcement, Regulation } from '#model/policy';
import type { Stage } from '#model/run';
import { VERSION } from '#model/version';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { policyFindings, type PolicyFinding } from '#policy/input';
import { createRegoJudge } from '#policy/rego-judge';
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
  const wasm = brotliDecompressSync(Buffer.from(receipt.bundle, 'base64'));
  const found = digestsOf(host, judged, wasm, decisions);
  const altered = (Object.keys(found) as (keyof typeof found)[]).filter((part) => found[part] !== digests[part]).map((part) => `${part}: what stands in the receipt is not what was signed with its digest`);
  const again = decide(judged, wasm);
  const other = again.flatMap((decision, index) => (JSON.stringify(decision) === JSON.stringify(decisions[index]) ? [] : [`finding ${judged.findings[index]?.id ?? ''}: judged again it is another decision`]));
  const missing = again.length === decisions.length ? [] : [`${decisions.length} decisions for ${again.length} findings`];
  return { findings: judged.findings.length, date: judged.date, stage: judged.stage, tool: `${receipt.tool.name} ${receipt.tool.version}`, problems: [...altered, ...missing, ...other] };
}

/** The findings are in the form of the input already: a judge asks for no more of them than that form and their ids. */
const decide = (judged: Judged, wasm: Uint8Array): readonly Decision[] => {
  const { date, stage, findings, data, controls, regulations, enforcement } = judged;
  const judge = createRegoJudge({ wasm, data, controls: new Map(controls.map((control) => [control.id, control])), regulations, enforcement, toPolicyFinding: (finding) => finding as unknown as PolicyFinding }, date);
  return judge(findings as unknown as readonly IdentifiedFinding[], { stage });
};

const digestsOf = (host: Host, { findings, data, controls, regulations, enforcement }: Judged, wasm: Uint8Array, decisions: readonly Decision[]) => ({
  findings: digest(host, findings), data: digest(host, data), policies: digest(host, [controls, regulations, enforcement]), bundle: host.sha256(wasm), decisions: digest(host, decisions),
});

const digest = (host: Host, value: unknown): string => host.sha256(JSON.stringify(value));

function parse(file: string, text: string): Receipt {
  try {
    const receipt = JSON.parse(text) as Receipt;
    if (receipt.version === RECEIPT_VERSION && Array.isArray(receipt.decisions) && Array.isArray(receipt.judged.findings) && typeof receipt.bundle === 'string') return receipt;
  } catch {
    // Told below: it is no receipt either way.
  }
  throw new UserError(`${file} is no decision receipt`, 'Receipts are written by "fiduciary scan --receipt FILE".', { file });
}
