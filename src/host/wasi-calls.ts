// What a program made for WASI (preview 1) needs to read its input, write its output and run; everything else is refused, so that it
// has no files, no arguments, no environment, and the same clock and chance in every run. Node's own WASI is not used: its fast calls
// crash Node when memory is collected under them (nodejs/node#46777, #53087).

export interface ProgramEnd {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

interface Program {
  readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly _start: () => void };
}

interface WebAssemblyApi {
  readonly Module: { new (bytes: Uint8Array): object; imports(module: object): readonly { readonly name: string }[] };
  readonly Instance: new (module: object, imports: object) => Program;
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

/** A program made ready, for whoever runs it more than once. */
export interface WasiModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

export const compileProgram = (bytes: Uint8Array): WasiModule => new Module(bytes) as WasiModule;

/** Runs the program once over `input`. What it throws itself (a trap) is thrown. */
export function runProgram(code: Uint8Array | WasiModule, input: Uint8Array): ProgramEnd {
  const module = code instanceof Uint8Array ? compileProgram(code) : code;
  let program: Program | undefined;
  const streams = createStreams(input);
  const refused = Object.fromEntries(Module.imports(module).map(({ name }) => [name, () => NOT_SUPPORTED]));
  const calls = createCalls(() => (program as Program).exports.memory.buffer, streams);
  program = new Instance(module, { wasi_snapshot_preview1: { ...refused, ...calls } });
  try {
    program.exports._start();
    return { code: 0, ...streams.written() };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.code, ...streams.written() };
  }
}

const SUCCESS = 0;
const BAD_FILE = 8;
const NOT_SUPPORTED = 52;
const CHARACTER_DEVICE = 2;
const CLOCK = 0;
const ABSOLUTE = 1;
const IOVEC = 8;
const SUBSCRIPTION = 48;
const EVENT = 32;

class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

interface Streams {
  /** The next bytes of the input, at most so many. */
  read(length: number): Uint8Array;
  /** Undefined for a file that is not there to be written to. */
  write(file: number): ((part: Uint8Array) => void) | undefined;
  written(): { readonly stdout: Uint8Array; readonly stderr: Uint8Array };
}

function createStreams(input: Uint8Array): Streams {
  let at = 0;
  const parts: Readonly<Record<number, Uint8Array[]>> = { 1: [], 2: [] };
  return {
    read(length) {
      const part = input.subarray(at, at + length);
      at += part.length;
      return part;
    },
    write(file) {
      const list = parts[file];
      return list === undefined ? undefined : (part) => void list.push(part);
    },
    written: () => ({ stdout: Buffer.concat(parts[1] ?? []), stderr: Buffer.concat(parts[2] ?? []) }),
  };
}

/** The buffer is another one each time the memory has grown. Numbers are addresses in it unless they say otherwise. */
function createCalls(buffer: () => ArrayBuffer, streams: Streams): Readonly<Record<string, (...values: never[]) => number>> {
  let now = 0n;
  let seed = 1;
  const view = (): DataView => new DataView(buffer());
  const bytes = (at: number, length: number): Uint8Array => new Uint8Array(buffer(), at, length);
  const isStandard = (file: number): boolean => file >= 0 && file <= 2;
  const vectors = (at: number, count: number): readonly Uint8Array[] =>
    Array.from({ length: count }, (_, index) => bytes(view().getUint32(at + index * IOVEC, true), view().getUint32(at + index * IOVEC + 4, true)));
  const answer = (at: number, count: number): number => {
    view().setUint32(at, count, true);
    return SUCCESS;
  };
  const nothing = (count: number, size: number): number => answer(count, 0) || answer(size, 0);

  return {
    args_sizes_get: nothing,
    args_get: () => SUCCESS,
    environ_sizes_get: nothing,
    environ_get: () => SUCCESS,
    sched_yield: () => SUCCESS,
    proc_exit(code: number) {
      throw new Exit(code);
    },
    clock_time_get(_clock: number, _precision: bigint, at: number) {
      now += 1000n;
      view().setBigUint64(at, now, true);
      return SUCCESS;
    },
    random_get(at: number, length: number) {
      const target = bytes(at, length);
      for (let index = 0; index < length; index += 1) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        target[index] = seed >>> 24;
      }
      return SUCCESS;
    },
    fd_read(file: number, at: number, count: number, sum: number) {
      if (file !== 0) return BAD_FILE;
      let total = 0;
      for (const target of vectors(at, count)) {
        const part = streams.read(target.length);
        target.set(part);
        total += part.length;
      }
      return answer(sum, total);
    },
    fd_write(file: number, at: number, count: number, sum: number) {
      const write = streams.write(file);
      if (write === undefined) return BAD_FILE;
      let total = 0;
      for (const part of vectors(at, count)) {
        write(part.slice());
        total += part.length;
      }
      return answer(sum, total);
    },
    fd_fdstat_get(file: number, at: number) {
      if (!isStandard(file)) return BAD_FILE;
      bytes(at, 24).fill(0);
      view().setUint8(at, CHARACTER_DEVICE);
      view().setBigUint64(at + 8, 2n ** 64n - 1n, true);
      return SUCCESS;
    },
    fd_fdstat_set_flags: (file: number) => (isStandard(file) ? SUCCESS : BAD_FILE),
    fd_close: (file: number) => (isStandard(file) ? SUCCESS : BAD_FILE),
    fd_prestat_get: () => BAD_FILE,
    fd_prestat_dir_name: () => BAD_FILE,
    /** Everything that is waited for comes at once: files are always ready, and a wait sets the clock on. */
    poll_oneoff(subscriptions: number, events: number, count: number, sum: number) {
      bytes(events, count * EVENT).fill(0);
      for (let index = 0; index < count; index += 1) {
        const from = subscriptions + index * SUBSCRIPTION;
        const kind = view().getUint8(from + 8);
        if (kind === CLOCK) {
          const time = view().getBigUint64(from + 24, true);
          const until = view().getUint16(from + 40, true) === ABSOLUTE ? time : now + time;
          if (until > now) now = until;
        }
        view().setBigUint64(events + index * EVENT, view().getBigUint64(from, true), true);
        view().setUint8(events + index * EVENT + 10, kind);
      }
      return answer(sum, count);
    },
  };
}
