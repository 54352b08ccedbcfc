// Bad input by the user: a message with a place and what to do. Anything else that is thrown is a bug.

export interface UserErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export class UserError extends Error {
  override readonly name: string = 'UserError';
  readonly hint: string;
  readonly place: UserErrorPlace;
  constructor(message: string, hint: string, place: UserErrorPlace = {}) {
    super(message);
    this.hint = hint;
    this.place = place;
  }
}
