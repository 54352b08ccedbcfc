// A function that has to be called, on its way through registers: the members under which it stands in what carries it. Each
// way is made once, so that two are the same when they are one object.
import { ELEMENT } from './value.ts';

/** Members below which a function is no longer followed. */
const MAX_DEPTH = 3;

export class Way {
  /** What the function is called with counts as well. */
  readonly takes: boolean;
  /** The outermost member; undefined for the function itself. */
  private readonly key: string | undefined;
  private readonly inner: Way | undefined;
  private readonly depth: number;
  private readonly wrapped = new Map<string, Way>();

  private constructor(takes: boolean, key: string | undefined, inner: Way | undefined) {
    this.takes = takes;
    this.key = key;
    this.inner = inner;
    this.depth = inner ? inner.depth + 1 : 0;
  }

  /** The function itself: to be called with arguments that count, and without. */
  static roots(): { readonly withArguments: Way; readonly alone: Way } {
    return { withArguments: new Way(true, undefined, undefined), alone: new Way(false, undefined, undefined) };
  }

  get isFunction(): boolean {
    return this.inner === undefined;
  }

  /** The function as the member `key` of something; undefined when it stands too deep. */
  below(key: string): Way | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    let way = this.wrapped.get(key);
    if (!way) this.wrapped.set(key, (way = new Way(this.takes, key, this)));
    return way;
  }

  /** The function without what holds it. */
  root(): Way {
    let at: Way = this;
    while (at.inner) at = at.inner;
    return at;
  }

  /** What a member holds; undefined when the function stands under another one. */
  member(key: string): Way | undefined {
    return this.key === key || (this.key === ELEMENT && /^\d+$/.test(key)) ? this.inner : undefined;
  }

  /** What some member holds. */
  inside(): Way | undefined {
    return this.inner;
  }
}
