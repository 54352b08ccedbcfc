// Policies that check but can't be evaluated: the mistake is in a policy, so it is told like any other bad input.
import { UserError, type UserErrorPlace } from '#model/errors';

export class EvaluationError extends UserError {
  override readonly name = 'EvaluationError';
  /** A word that the policy itself has written; whoever has the texts can find its place. */
  readonly said: string | undefined;
  constructor(message: string, hint: string, options: { readonly place?: UserErrorPlace; readonly said?: string } = {}) {
    super(message, hint, options.place);
    this.said = options.said;
  }
}

/** What the module or the library that runs it has thrown: an error, a plain object, or a text. */
export function toEvaluationError(thrown: unknown, limits: { readonly pages: number; readonly steps: number; readonly spent: boolean }): EvaluationError {
  const text = typeof thrown === 'string' ? thrown : String((thrown as { readonly message?: unknown }).message ?? thrown);
  if (limits.spent) {
    return new EvaluationError(
      `The policies take more than ${millions(limits.steps)} million steps for one evaluation`,
      'Look for lists that are gone through inside each other ("some a in …" below "some b in …"): look up by key ("ids[a.id]") instead; "in" goes through all of a set too.',
    );
  }
  if (/opa_malloc|memory|RangeError|Maximum call stack/i.test(text)) {
    return new EvaluationError(
      `The policies need more than ${(limits.pages * PAGE) / 2 ** 20} MiB of memory for one evaluation`,
      'Look for sets and lists that grow with the product of others, and keep in them only what a control asks for.',
    );
  }
  const [, file, line, column, said] = /^(\S+\.rego):(\d+):(\d+): (.*)$/.exec(text) ?? [];
  if (file !== undefined) {
    return new EvaluationError(`The policies contradict themselves: ${said ?? ''}`, 'A rule gave two values at once; let its conditions exclude each other.', { place: { file, line: Number(line), column: Number(column) } });
  }
  return new EvaluationError(`The policies cannot be evaluated: ${text}`, 'Run "fiduciary policy check" and "fiduciary policy test".');
}

const PAGE = 65_536;
const millions = (steps: number): number => steps / 1e6;
