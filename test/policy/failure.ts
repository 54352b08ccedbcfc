// The error that an evaluation ends with; anything else that is thrown, or nothing, fails the test.
import { EvaluationError } from '#policy/evaluation-error';

export function failure(act: () => unknown): EvaluationError {
  try {
    act();
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
