// Looks at the bytes of one file and says whether it is code of the project, or something that only lies among it:
// binary, minified, generated, vendored. Heuristics are strict: code that is left out by mistake is not checked.
import type { GapKind } from '#model/gap';
import { decode, isBinary } from './decode.ts';
import { isPlainScript } from './file-kinds.ts';
import { findGeneratedMark } from './generated.ts';
import { findVendoredMark } from './vendored.ts';

export interface Inspection {
  readonly lines: number;
  /** Why the file is left out; absent for code of the project. */
  readonly leftOut?: { readonly kind: GapKind; readonly detail: string };
}

const LONG_LINE = 500;
const HEAD = 4096;

export function inspect(path: string, raw: Uint8Array): Inspection {
  if (isBinary(raw)) return { lines: 0, leftOut: { kind: 'binary', detail: 'binary content' } };
  const bytes = raw.subarray(0, HEAD).includes(0) ? Buffer.from(decode(raw)) : raw;
  const plain = isPlainScript(path);
  const { lines, minified } = measure(bytes, plain);
  const head = decodeHead(bytes);
  const because = (kind: GapKind, detail: string): Inspection => ({ lines, leftOut: { kind, detail } });

  if (/^\s*<(?:\?xml|!DOCTYPE TS|TS\b)/.test(head)) return because('unsupported', 'XML, not TypeScript');
  if (plain && (minified || /[.-]min\.[cm]?js$/.test(path))) return because('minified', 'minified');
  const generated = findGeneratedMark(path, head);
  if (generated !== undefined) return because('generated', generated);
  const vendored = plain ? findVendoredMark(path, head) : undefined;
  return vendored === undefined ? { lines } : because('vendored', vendored);
}

/**
 * Minified is a plain script most of whose bytes stand in very long lines that are dense with code signs; long texts,
 * base64 and tables of data are not.
 */
function measure(bytes: Uint8Array, plain: boolean): { readonly lines: number; readonly minified: boolean } {
  let lines = 0;
  let long = 0;
  let signs = 0;
  let start = 0;
  while (start < bytes.length) {
    const next = bytes.indexOf(10, start);
    const end = next < 0 ? bytes.length : next;
    lines += 1;
    if (plain && end - start > LONG_LINE) {
      long += end - start;
      signs += countSigns(bytes, start, end);
    }
    start = end + 1;
  }
  return { lines, minified: long * 2 > bytes.length && bytes.length > 1000 && signs * 25 > long };
}

/** `(`, `)`, `;`, `=`, `{`, `}`: together above 4 % of code, below of nearly all text and data. */
function countSigns(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === 40 || byte === 41 || byte === 59 || byte === 61 || byte === 123 || byte === 125) count += 1;
  }
  return count;
}

const decodeHead = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, HEAD));
