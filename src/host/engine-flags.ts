// Settings of the JavaScript engine for a process that lives for seconds. The optimising compiler works in threads of its own,
// and most of what it does is to copy functions into others, which a short run does not live to see repaid: measured on half a
// million lines, a quarter of all processor time. Accessors are still copied. A tool inside another process keeps out of this.
import { setFlagsFromString } from 'node:v8';

export function tuneForOneRun(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=0');
  setFlagsFromString('--max-inlined-bytecode-size-small=60');
}
