// Which route answers a path: by method, by segments, and by as few prefixes left out as possible.
import type { Route } from './file-routes.ts';
import type { ServerRoutes } from './server-routes.ts';
import { ANY } from './url-paths.ts';

const PREFIX = /^(?:api|rest|v\d+|\w*-api|api-\w+)$/i;
const MAX_PREFIXES = 3;

/** The one route that fits best: with most segments in common, then with fewest prefixes left out. Two that fit alike are none. */
export function bestRoute({ routes, prefixes }: ServerRoutes, asked: readonly string[], method: string | undefined): Route | undefined {
  const isPrefix = (s: string): boolean => s === ANY || PREFIX.test(s) || prefixes.has(s);
  let best: Route | undefined;
  let score = -1;
  let isTied = false;
  for (const route of routes) {
    if (method !== undefined && route.method !== ANY && route.method !== method) continue;
    const found = fits(asked, route.segments, isPrefix);
    if (found < 0 || found < score) continue;
    isTied = found === score && best?.handlers[0] !== route.handlers[0];
    if (found > score || !isTied) best = route;
    score = found;
  }
  return isTied ? undefined : best;
}

/** How well a path fits a route, or -1. Leading segments that look like a prefix may stand on one side only. */
function fits(asked: readonly string[], route: readonly string[], isPrefix: (s: string) => boolean): number {
  let best = -1;
  for (let i = 0; i <= MAX_PREFIXES && i < asked.length && (i === 0 || isPrefix(asked[i - 1] ?? '')); i++) {
    for (let j = 0; j <= MAX_PREFIXES && j < route.length && (j === 0 || isPrefix(route[j - 1] ?? '')); j++) {
      if (asked.length - i !== route.length - j) continue;
      const same = common(asked, i, route, j);
      if (same > 0) best = Math.max(best, same * 16 - i - j);
    }
  }
  return best;
}

/** Segments that are the same text, or -1 when some can't be. */
function common(asked: readonly string[], from: number, route: readonly string[], start: number): number {
  let same = 0;
  for (let k = 0; k < route.length - start; k++) {
    const a = asked[from + k];
    const b = route[start + k];
    if (b === ANY) continue;
    if (a === undefined || b === undefined || a.toLowerCase() !== b.toLowerCase()) return -1;
    same++;
  }
  return same;
}
