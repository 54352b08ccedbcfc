// Facts on disk by content hash. Packs are only ever added, each written aside and renamed, so two processes can share a
// folder; an entry that does not check out is as good as absent and is written again.
import { crc32 } from 'node:zlib';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import { FACTS_VERSION, type FileFacts } from '#model/facts';
import { decodeFacts, encodeFacts } from './facts-codec.ts';

export interface FactsStore {
  /** Nothing is kept yet: no `get` will find anything. */
  isNew(): boolean;
  get(key: string): FileFacts | undefined;
  /** Facts, or their encoded form. */
  put(key: string, facts: FileFacts | Uint8Array): void;
  /** Writes what is new and forgets the rest. A folder that cannot be written costs speed, nothing else. */
  flush(): void;
}

const KEY_LENGTH = 36;
const HEAD = KEY_LENGTH + 8;
/** More packs than this are merged. */
const MAX_PACKS = 12;
/** New facts are written at this size, so that those of a large program are never in memory twice. */
const PACK_SIZE = 2 ** 25;
const PREFIX = `facts-${FACTS_VERSION}-`;

export const NO_STORE: FactsStore = { isNew: () => true, get: () => undefined, put: () => undefined, flush: () => undefined };

/** Nothing is read before the first `get`. */
export function openFactsStore(host: Host, folder: string): FactsStore {
  let kept: Kept | undefined;
  const used = new Map<string, Uint8Array>();
  const added = new Map<string, Uint8Array>();
  let size = 0;

  const write = (entries: Map<string, Uint8Array>): string => {
    const name = `${PREFIX}${host.sha256([...entries.keys()].join('')).slice(0, 16)}.pack`;
    host.writeFileAtomic(`${folder}/${name}`, writePack(entries));
    entries.clear();
    return name;
  };
  const writeAdded = (): void => {
    size = 0;
    attempt(() => void write(added));
  };

  return {
    isNew: () => kept === undefined && listPacks(host, folder).length === 0,
    get(key) {
      kept ??= readPacks(host, folder);
      const entry = kept.entries.get(pad(key));
      const facts = entry && readEntry(entry);
      if (entry && facts) used.set(pad(key), entry.payload);
      return facts;
    },
    put(key, facts) {
      const bytes = facts instanceof Uint8Array ? facts : encodeFacts(facts);
      added.set(pad(key), bytes);
      size += bytes.length;
      if (size > PACK_SIZE) writeAdded();
    },
    flush() {
      if (added.size > 0) writeAdded();
      if (kept && kept.packs.length > MAX_PACKS && used.size > 0) {
        const { packs } = kept;
        attempt(() => {
          const merged = write(used);
          for (const pack of packs) if (pack !== merged) host.remove(`${folder}/${pack}`);
        });
      }
      used.clear();
      kept = undefined;
    },
  };
}

function attempt(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

const pad = (key: string): string => key.padEnd(KEY_LENGTH).slice(0, KEY_LENGTH);

interface Entry {
  readonly checksum: number;
  readonly payload: Uint8Array;
}

interface Kept {
  readonly packs: readonly string[];
  readonly entries: ReadonlyMap<string, Entry>;
}

function readPacks(host: Host, folder: string): Kept {
  const packs = listPacks(host, folder);
  const entries = new Map<string, Entry>();
  for (const pack of packs) for (const [key, entry] of readPack(host, `${folder}/${pack}`)) entries.set(key, entry);
  return { packs, entries };
}

function listPacks(host: Host, folder: string): readonly string[] {
  if (!host.exists(folder)) return [];
  try {
    return host.list(folder).filter((e) => e.name.startsWith(PREFIX) && e.name.endsWith('.pack')).map((e) => e.name);
  } catch (error) {
    if (error instanceof HostError) return [];
    throw error;
  }
}

function* readPack(host: Host, path: string): Iterable<readonly [string, Entry]> {
  let bytes: Uint8Array;
  try {
    bytes = host.readBytes(path);
  } catch (error) {
    if (error instanceof HostError) return;
    throw error;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const end = at + HEAD + view.getUint32(at + KEY_LENGTH, true);
    if (end > bytes.length) return;
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + at, KEY_LENGTH).toString('latin1');
    yield [key, { checksum: view.getUint32(at + KEY_LENGTH + 4, true), payload: bytes.subarray(at + HEAD, end) }];
    at = end;
  }
}

/** Checked when it is asked for: most runs need only some of a pack, or none. */
function readEntry({ checksum, payload }: Entry): FileFacts | undefined {
  if (crc32(payload) !== checksum) return undefined;
  try {
    return decodeFacts(payload);
  } catch {
    return undefined;
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
