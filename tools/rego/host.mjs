// The host of rego.wasm: what a Go program needs of WASI (preview 1) to read stdin, write stdout and run. Everything else is
// refused, so the program has no files, no arguments and no environment; its clock and its chance are the same in every run.
// node:wasi is not used: its fast calls crash Node when garbage is collected under them (nodejs/node#46777, #53087).

const SUCCESS = 0;
const BAD_FILE = 8;
const NOT_SUPPORTED = 52;
const CHARACTER_DEVICE = 2;
const CLOCK = 0;
const ABSOLUTE = 1;

/** Runs the module once over `input` (bytes). Gives `{ code, stdout, stderr }`; a trap of the module is thrown. */
export function run(module, input) {
  const host = createHost(input);
  const refused = WebAssembly.Module.imports(module).map(({ name }) => [name, () => NOT_SUPPORTED]);
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: { ...Object.fromEntries(refused), ...host.calls } });
  host.attach(exports.memory);
  try {
    exports._start();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.code, ...host.output() };
  }
  return { code: 0, ...host.output() };
}

class Exit {
  constructor(code) {
    this.code = code;
  }
}

function createHost(input) {
  let memory;
  let read = 0;
  let now = 0n;
  let seed = 1;
  const written = { 1: [], 2: [] };
  // The buffer is another one each time the memory has grown.
  const view = () => new DataView(memory.buffer);
  const bytes = (at, length) => new Uint8Array(memory.buffer, at, length);
  const isStandard = (file) => file >= 0 && file <= 2;

  function* buffers(at, count) {
    for (let i = 0; i < count; i += 1) yield bytes(view().getUint32(at + i * 8, true), view().getUint32(at + i * 8 + 4, true));
  }
  function counted(at, count) {
    view().setUint32(at, count, true);
    return SUCCESS;
  }
  function nothing(count, size) {
    counted(count, 0);
    return counted(size, 0);
  }

  const calls = {
    args_sizes_get: nothing,
    args_get: () => SUCCESS,
    environ_sizes_get: nothing,
    environ_get: () => SUCCESS,
    sched_yield: () => SUCCESS,
    proc_exit(code) {
      throw new Exit(code);
    },
    clock_time_get(_clock, _precision, at) {
      now += 1000n;
      view().setBigUint64(at, now, true);
      return SUCCESS;
    },
    random_get(at, length) {
      for (const [i] of bytes(at, length).entries()) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        bytes(at, length)[i] = seed >>> 24;
      }
      return SUCCESS;
    },
    fd_read(file, at, count, sum) {
      if (file !== 0) return BAD_FILE;
      const start = read;
      for (const buffer of buffers(at, count)) {
        const part = input.subarray(read, read + buffer.length);
        buffer.set(part);
        read += part.length;
      }
      return counted(sum, read - start);
    },
    fd_write(file, at, count, sum) {
      if (written[file] === undefined) return BAD_FILE;
      const parts = [...buffers(at, count)].map((part) => part.slice());
      written[file].push(...parts);
      return counted(sum, parts.reduce((total, part) => total + part.length, 0));
    },
    fd_fdstat_get(file, at) {
      if (!isStandard(file)) return BAD_FILE;
      bytes(at, 24).fill(0);
      view().setUint8(at, CHARACTER_DEVICE);
      view().setBigUint64(at + 8, 2n ** 64n - 1n, true);
      return SUCCESS;
    },
    fd_fdstat_set_flags: (file) => (isStandard(file) ? SUCCESS : BAD_FILE),
    fd_close: (file) => (isStandard(file) ? SUCCESS : BAD_FILE),
    fd_prestat_get: () => BAD_FILE,
    fd_prestat_dir_name: () => BAD_FILE,
    // Everything waited for comes at once: files are always ready, and a wait sets the clock on.
    poll_oneoff(subscriptions, events, count, sum) {
      bytes(events, count * 32).fill(0);
      for (let i = 0; i < count; i += 1) {
        const from = subscriptions + i * 48;
        const kind = view().getUint8(from + 8);
        if (kind === CLOCK) {
          const time = view().getBigUint64(from + 24, true);
          const until = view().getUint16(from + 40, true) === ABSOLUTE ? time : now + time;
          if (until > now) now = until;
        }
        view().setBigUint64(events + i * 32, view().getBigUint64(from, true), true);
        view().setUint8(events + i * 32 + 10, kind);
      }
      return counted(sum, count);
    },
  };
  return {
    calls,
    attach(exported) {
      memory = exported;
    },
    output: () => ({ stdout: Buffer.concat(written[1]), stderr: Buffer.concat(written[2]) }),
  };
}
