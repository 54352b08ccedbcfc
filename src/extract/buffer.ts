// Numbers that grow in place. An array of the language would do the same at several times the cost for the millions of
// operations of a program. Buffers are handed back and used again: making and clearing new ones for every function costs more
// than filling them.
const free: IntBuffer[] = [];

export function takeBuffer(): IntBuffer {
  return free.pop() ?? new IntBuffer();
}

/** Whoever hands a buffer back keeps no reference to it. */
export function giveBack(buffer: IntBuffer): void {
  buffer.length = 0;
  free.push(buffer);
}

export class IntBuffer {
  length = 0;
  private data = new Int32Array(1024);

  at(index: number): number | undefined {
    return index < this.length ? this.data[index] : undefined;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }

  push(value: number): void {
    this.reserve(1);
    this.data[this.length++] = value;
  }

  push2(a: number, b: number): void {
    this.reserve(2);
    this.data[this.length] = a;
    this.data[this.length + 1] = b;
    this.length += 2;
  }

  push4(a: number, b: number, c: number, d: number): void {
    this.reserve(4);
    this.data[this.length] = a;
    this.data[this.length + 1] = b;
    this.data[this.length + 2] = c;
    this.data[this.length + 3] = d;
    this.length += 4;
  }

  append(other: IntBuffer): void {
    this.reserve(other.length);
    this.data.set(other.data.subarray(0, other.length), this.length);
    this.length += other.length;
  }

  /** A copy of exactly what is in it. */
  toArray(): Int32Array {
    return this.data.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.data.length) return;
    const larger = new Int32Array(Math.max(this.data.length * 2, this.length + more));
    larger.set(this.data.subarray(0, this.length));
    this.data = larger;
  }
}
