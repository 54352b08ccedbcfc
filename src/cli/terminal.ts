// What the terminal can show, and the progress line: on stderr, only when somebody watches, gone when the work is done.
import type { Host } from '#host/host';

/** Flags beat the environment, the environment beats the terminal. */
export function wantsColor(host: Host, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  if (isSet(host, 'NO_COLOR') || isSet(host, 'NODE_DISABLE_COLORS')) return false;
  const forced = host.env('FORCE_COLOR');
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return host.isTTY('stdout') && host.env('TERM') !== 'dumb';
}

export interface Progress {
  readonly update: (phase: string, done: number, total: number) => void;
  readonly end: () => void;
}

const INTERVAL = 80;
const CLEAR = '\r\u001b[K';

export function createProgress(host: Host, quiet: boolean): Progress {
  if (quiet || !host.isTTY('stderr') || isSet(host, 'CI')) return { update: () => {}, end: () => {} };
  let last = 0;
  let phase = '';
  return {
    update(current, done, total) {
      const now = host.now().getTime();
      if (current === phase && now - last < INTERVAL) return;
      phase = current;
      last = now;
      host.write('stderr', `${CLEAR}${current}${total > 0 ? ` ${done}/${total}` : ''}`);
    },
    end() {
      if (phase !== '') host.write('stderr', CLEAR);
      phase = '';
    },
  };
}

const isSet = (host: Host, name: string): boolean => (host.env(name) ?? '') !== '';
