// What a place of the program under construction can see, and what may be written there.
import type { Shape } from './moves.ts';

export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  /** Declared by `let`, as a text. */
  readonly mutable: boolean;
  readonly region: object;
  /** Made of a customer read whole, without a word of which member was meant. */
  whole: boolean;
}

export interface Scope {
  readonly variables: Variable[];
  readonly parent: Scope | undefined;
  readonly async: boolean;
  readonly depth: number;
  /** File whose code it is. */
  readonly file: string;
  /** One for all places that run as often as each other, in their order: only there an assignment surely overwrites. */
  readonly region: object;
  /** One for all places of a function. */
  readonly owner: object;
}

/** `body` runs once if it is reached, `loop` several times, `cb` whenever somebody calls; `fn` is a function that sees its parameters only. */
export type HoleKind = 'body' | 'loop' | 'cb' | 'fn' | 'afn';

export function childOf(parent: Scope, kind: HoleKind, top: boolean): Scope {
  const inner = kind !== 'body' && kind !== 'loop';
  const owner = inner ? {} : parent.owner;
  return {
    variables: [],
    parent: top && inner ? undefined : parent,
    async: kind === 'afn' || (!inner && parent.async),
    depth: parent.depth + 1,
    file: parent.file,
    region: kind === 'body' ? parent.region : {},
    owner,
  };
}

/** Nearest last. */
export function visible(scope: Scope): readonly Variable[] {
  return scope.parent ? [...visible(scope.parent), ...scope.variables] : scope.variables;
}
