// Reads the bytes of a WebAssembly module: numbers, names, and where each instruction ends. Knows what a C compiler and OPA's
// planner emit (the first version of the format, bulk memory, sign extension); anything else is an error, never a guess.

export class WasmReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new Error('a WebAssembly module ends too early');
    this.at += 1;
    return value;
  }

  /** An unsigned number of variable length. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** Passes one instruction with all that belongs to it, and tells its code. */
  instruction(): number {
    const code = this.byte();
    if (code >= 0x45 && code <= 0xc4) return code;
    if (PLAIN.has(code)) return code;
    if (ONE_NUMBER.has(code)) this.number();
    else if (code === CALL_INDIRECT || (code >= 0x28 && code <= 0x3e)) this.numbers(2);
    else if (code === BRANCH_TABLE) this.numbers(this.number() + 1);
    else if (code === 0x43) this.at += 4;
    else if (code === 0x44) this.at += 8;
    else if (code === 0xfc) this.numbers(BULK[this.number()] ?? unknown(code));
    else unknown(code);
    return code;
  }

  private numbers(count: number): void {
    for (let left = count; left > 0; left -= 1) this.number();
  }
}

export const LOOP = 0x03;
const CALL_INDIRECT = 0x11;
const BRANCH_TABLE = 0x0e;
/** Nothing follows: unreachable, nop, else, end, return, drop, select. */
const PLAIN: ReadonlySet<number> = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b]);
/** A type, a depth, an index, a constant: block, loop, if, br, br_if, call, variables, the size of memory, whole numbers. */
const ONE_NUMBER: ReadonlySet<number> = new Set([0x02, LOOP, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42]);
/** Conversions that saturate have nothing behind them; then memory.init, data.drop, memory.copy, memory.fill. */
const BULK: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1];

function unknown(code: number): never {
  throw new Error(`a WebAssembly module holds the instruction 0x${code.toString(16)}, which no compiler of policies writes`);
}
