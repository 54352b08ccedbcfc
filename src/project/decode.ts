// Bytes to text: UTF-8 and UTF-16 by their marks, otherwise UTF-8 when valid, otherwise GB 18030, in which older Chinese code
// is written and which, unlike replacement characters, keeps columns right.
import { isUtf8 } from 'node:buffer';

const TEXT_WITH_NULS = [[0xff, 0xfe], [0xfe, 0xff]] as const;

export function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, TEXT_WITH_NULS[0])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, TEXT_WITH_NULS[1])) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes);
}

/** A NUL within the first part is what git takes for binary, too. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0) && !TEXT_WITH_NULS.some((mark) => startsWith(bytes, mark));
}

const startsWith = (bytes: Uint8Array, mark: readonly [number, number]): boolean => bytes[0] === mark[0] && bytes[1] === mark[1];
