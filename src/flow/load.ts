// A function that has to be called, on its way through registers: the members under which it stands in what carries it. Each
// way is made once, so that two are the same when they are one object.
import { ELEMENT } from './value.ts';

/** Members below which a function is no longer followed. */
const MAX_DEPTH = 3;

export class Load {
  /** What the function is called with counts as well. */
  readonly takes: boolean;
  /** The outermost member; undefined for the function itself. */
  readonly key: string | undefined;
  private readonly inner: Load | undefined;
  private readonly depth: number;
  private readonly wrapped = new Map<string, Load>();

  private constructor(takes: boolean, key: string | undefined, inner: Load | undefined) {
    this.takes = takes;
    this.key = key;
    this.inner = inner;
    this.depth = inner ? inner.depth + 1 : 0;
  }

  /** The function itself: to be called with arguments that count, and without. */
  static roots(): { readonly withArguments: Load; readonly alone: Load } {
    return { withArguments: new Load(true, undefined, undefined), alone: new Load(false, undefined, undefined) };
  }

  get isFunction(): boolean {
    return this.inner === undefined;
  }

  /** The function as the member `key` of something; undefined when it stands too deep. */
  below(key: string): Load | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    let load = this.wrapped.get(key);
    if (!load) this.wrapped.set(key, (load = new Load(this.takes, key, this)));
    return load;
  }

  /** The function without what holds it. */
  root(): Load {
    let at: Load = this;
    while (at.inner) at = at.inner;
    return at;
  }

  /** What a member holds; undefined when the function stands under another one. */
  member(key: string): Load | undefined {
    return this.key === key || (this.key === ELEMENT && /^\d+$/.test(key)) ? this.inner : undefined;
  }

  /** What some member holds. */
  inside(): Load | undefined {
    return this.inner;
  }
}
