// Facts on disk by content hash. Packs are only ever added, each written aside and renamed, so two processes can share a
// folder; an entry that does not check out is as good as absent and is written again.
import { crc32 } from 'node:zlib';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import { FACTS_VERSION, type FileFacts } from '#model/facts';
import { decodeFacts, encodeFacts } from './facts-codec.ts';

export interface FactsStore {
  get(key: string): FileFacts | undefined;
  put(key: string, facts: FileFacts): void;
  /** Writes what is new. A folder that cannot be written costs speed, nothing else. */
  flush(): void;
}

const KEY_LENGTH = 36;
const HEAD = KEY_LENGTH + 8;
/** More packs than this are merged into one. */
const MAX_PACKS = 12;
const PREFIX = `facts-${FACTS_VERSION}-`;

export const NO_STORE: FactsStore = { get: () => undefined, put: () => undefined, flush: () => undefined };

export function openFactsStore(host: Host, folder: string): FactsStore {
  const packs = listPacks(host, folder);
  const entries = new Map<string, Uint8Array>();
  for (const pack of packs) for (const [key, bytes] of readPack(host, `${folder}/${pack}`)) entries.set(key, bytes);
  const added = new Map<string, Uint8Array>();
  const used = new Set<string>();
  return {
    get(key) {
      const bytes = entries.get(pad(key));
      if (bytes === undefined) return undefined;
      try {
        const facts = decodeFacts(bytes);
        used.add(pad(key));
        return facts;
      } catch {
        return undefined;
      }
    },
    put(key, facts) {
      added.set(pad(key), encodeFacts(facts));
    },
    flush() {
      if (added.size === 0) return;
      const merge = packs.length >= MAX_PACKS;
      const all = merge ? new Map([...[...used].flatMap((k) => (entries.has(k) ? [[k, entries.get(k) ?? new Uint8Array()] as const] : [])), ...added]) : added;
      try {
        host.writeFileAtomic(`${folder}/${PREFIX}${host.sha256([...all.keys()].join('')).slice(0, 16)}.pack`, writePack(all));
        if (merge) for (const pack of packs) host.remove(`${folder}/${pack}`);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    },
  };
}

const pad = (key: string): string => key.padEnd(KEY_LENGTH).slice(0, KEY_LENGTH);

function listPacks(host: Host, folder: string): readonly string[] {
  if (!host.exists(folder)) return [];
  try {
    return host.list(folder).filter((e) => e.name.startsWith(PREFIX) && e.name.endsWith('.pack')).map((e) => e.name);
  } catch (error) {
    if (error instanceof HostError) return [];
    throw error;
  }
}

function* readPack(host: Host, path: string): Iterable<readonly [string, Uint8Array]> {
  let bytes: Uint8Array;
  try {
    bytes = host.readBytes(path);
  } catch (error) {
    if (error instanceof HostError) return;
    throw error;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const size = view.getUint32(at + KEY_LENGTH, true);
    const checksum = view.getUint32(at + KEY_LENGTH + 4, true);
    const payload = bytes.subarray(at + HEAD, at + HEAD + size);
    if (payload.length !== size || crc32(payload) !== checksum) return;
    yield [Buffer.from(bytes.buffer, bytes.byteOffset + at, KEY_LENGTH).toString('latin1'), payload];
    at += HEAD + size;
  }
}

function writePack(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  let total = 0;
  for (const bytes of entries.values()) total += HEAD + bytes.length;
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [key, bytes] of entries) {
    out.set(Buffer.from(key, 'latin1'), at);
    view.setUint32(at + KEY_LENGTH, bytes.length, true);
    view.setUint32(at + KEY_LENGTH + 4, crc32(bytes), true);
    out.set(bytes, at + HEAD);
    at += HEAD + bytes.length;
  }
  return out;
}
