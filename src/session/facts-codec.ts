// Facts ↔ bytes: one JSON header for what is irregular, the typed arrays behind it as they are.
import type { FileFacts } from '#model/facts';

const ARRAYS = ['code', 'pos', 'extra', 'vars', 'lines'] as const;

export function encodeFacts(facts: FileFacts): Uint8Array {
  const { code, pos, extra, vars, lines, ...rest } = facts;
  const arrays = { code, pos, extra, vars, lines };
  const header = Buffer.from(JSON.stringify({ rest, sizes: ARRAYS.map((name) => arrays[name].length) }), 'utf8');
  const padded = (header.length + 3) & ~3;
  const total = 4 + padded + ARRAYS.reduce((sum, name) => sum + arrays[name].byteLength, 0);
  const out = new Uint8Array(total);
  new DataView(out.buffer).setUint32(0, header.length, true);
  out.set(header, 4);
  let at = 4 + padded;
  for (const name of ARRAYS) {
    const array = arrays[name];
    out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return out;
}

/** Throws when the bytes are not what `encodeFacts` wrote. */
export function decodeFacts(bytes: Uint8Array): FileFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + 4, length).toString('utf8')) as { rest: Omit<FileFacts, (typeof ARRAYS)[number]>; sizes: number[] };
  let at = 4 + ((length + 3) & ~3);
  const read = (index: number): Int32Array => {
    const size = (header.sizes[index] ?? 0) * 4;
    // Copied, so that the array is aligned and does not keep the whole pack alive (a Buffer's own `slice` would share it).
    const array = new Int32Array(new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += size;
    return array;
  };
  return { ...header.rest, code: read(0), pos: read(1), extra: read(2), vars: read(3), lines: read(4) };
}
