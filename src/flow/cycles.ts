// Types that are asked for while they are being found: in `query = query.where(…)` nothing is known of `query` yet when the right
// side is looked at. What follows from such an answer holds for the moment only and is not remembered.

/** More than a file has variables, or a function operations. */
const WIDTH = 2 ** 24;
/** So often a variable is looked at anew; mutual assignments would go round without end. */
const MAX_RETRIES = 2;

export class Cycles {
  /** Asked for in the middle, and not found yet. */
  private readonly open = new Set<number>();
  private readonly retries = new Map<number, number>();

  metRegister(fn: number, r: number): void {
    this.open.add(fn * WIDTH + r);
  }

  metVariable(unit: number, v: number): void {
    this.open.add(variableKey(unit, v));
  }

  /** Whether an unknown register may be known later. */
  leaveRegister(fn: number, r: number): boolean {
    if (this.open.size === 0) return false;
    this.open.delete(fn * WIDTH + r);
    return this.open.size > 0;
  }

  leaveVariable(unit: number, v: number): boolean {
    if (this.open.size === 0) return false;
    const key = variableKey(unit, v);
    this.open.delete(key);
    if (this.open.size === 0) return false;
    const tried = this.retries.get(key) ?? 0;
    this.retries.set(key, tried + 1);
    return tried < MAX_RETRIES;
  }
}

const variableKey = (unit: number, v: number): number => -1 - (unit * WIDTH + v);
