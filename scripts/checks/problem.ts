// What a check hands back: a place and a sentence. The check has passed when the list is empty.

export interface Problem {
  /** `path` or `path:line`, relative to the repository root. */
  readonly where: string;
  readonly what: string;
}

export interface Check {
  readonly name: string;
  readonly run: () => readonly Problem[];
}
