// Standard output and error that survive a reader who has left (`fiduciary scan | head`). Node reports the broken pipe as
// an 'error' event, which would otherwise end the process with a stack trace.
import { codeOf, toWriteError } from './failures.ts';

export interface Output {
  write(text: string): void;
  flush(): Promise<void>;
}

const CLOSED = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'EOF']);

export function createOutput(stream: NodeJS.WritableStream, name: string): Output {
  let failure: unknown;
  stream.on('error', (error: unknown) => {
    failure ??= error;
  });
  return {
    write(text) {
      if (failure === undefined) stream.write(text);
    },
    async flush() {
      await new Promise<void>((resolve) => {
        if (failure !== undefined) resolve();
        else stream.write('', () => resolve());
      });
      if (failure !== undefined && !CLOSED.has(codeOf(failure))) throw toWriteError(failure, `to ${name}`);
    },
  };
}
