// Clients of HTTP by their names: which calls send a request, with what method, and how they hand over the answer.
import { Op, VarField } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand, text, varField } from './program.ts';

/** How a client hands over what the server answered. */
export type Form = 'fetch' | 'axios' | 'body' | 'text-body';

export const VERBS: Readonly<Record<string, string>> = {
  get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE', del: 'DELETE', $get: 'GET', $post: 'POST', $put: 'PUT', $patch: 'PATCH', $delete: 'DELETE',
};
export const CLIENTS = /^npm:(?:axios|redaxios|ky|got|superagent|umi-request|ofetch|@umijs\/max|node-fetch|cross-fetch|undici|wretch)$|^type:(?:Axios\w*|HttpClient|HttpService|KyInstance|Got)$|^npm:@angular\/common\/http$/;
export const CLIENT_NAMES = /^(?:\$?https?|\$?axios|axios\w*|http\w*Client|api\w*|\w*[aA]pi|client|request|req|ajax|fly|\w*[hH]ttp)$/;
export const FETCHES = /^(?:fetch|authFetch|\$fetch)$/;
const WRAPS = /axios|redaxios|HttpService/i;
const ANSWERS_BODY = /HttpClient|@angular|umi-request|@umijs|ofetch/;
const ANSWERS_LATER = /npm:(?:ky|got|wretch|node-fetch|cross-fetch|undici)|KyInstance|Got$/;

export function formOf(roots: readonly string[], name: string): Form {
  if (roots.some((r) => WRAPS.test(r))) return 'axios';
  if (roots.some((r) => ANSWERS_BODY.test(r))) return 'body';
  if (roots.some((r) => ANSWERS_LATER.test(r))) return 'text-body';
  return /^http$/.test(name) ? 'body' : 'axios';
}

/** The last name of a receiver: `this.http`, `api`, `axios.create(…)`. */
export function receiverName(fn: Fn, r: number): string {
  if (opcode(fn, r) === Op.Load) return text(fn.unit, operand(fn, r, 2));
  if (opcode(fn, r) === Op.GetVar) return text(fn.unit, varField(fn.unit, operand(fn, r, 1), VarField.Name));
  return opcode(fn, r) === Op.Global ? text(fn.unit, operand(fn, r, 1)) : '';
}

export const isGlobalObject = (fn: Fn, r: number): boolean => opcode(fn, r) === Op.Global && /^(?:window|globalThis|self)$/.test(text(fn.unit, operand(fn, r, 1)));
