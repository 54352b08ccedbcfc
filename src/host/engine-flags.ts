// Settings of the JavaScript engine for a process that lives for seconds. The optimising compiler works in threads of its own,
// and most of what it does then is to copy small functions into larger ones: measured on half a million lines, that was a
// quarter of all processor time, and the main thread was no faster for it. A tool that is loaded into another process keeps out of this.
import { setFlagsFromString } from 'node:v8';

export function tuneForOneRun(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=0');
}
