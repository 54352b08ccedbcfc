// Which literals may be kept. Names of code (keys, events, columns of queries) and scheme and host of URLs are; everything else is
// reduced to its kind, length and a few shape bits, so that neither cache nor report can hold customer data.
import { ConstFlag } from '#model/facts';
import { selectColumns } from './select-columns.ts';

const NAME_LIKE = /^[A-Za-z_$@#:/*.-][\w$.:@/*-]{0,63}$/;
const HOST_URL = /^(https?|wss?|ftps?|ldaps?|rediss?|amqps?|mqtts?|smtps?|tcp|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|grpc|file|data):\/\/(?:[^/?#@\s]*@)?([^/?#\s]*)/i;
const CHINESE_NAME = /^[\u4e00-\u9fff]{1,16}$/;
/** The words of a projection that leaves members out: `-password -__v`. */
const LEFT_OUT = /^-\w{1,40}(?: -\w{1,40}){1,11}$/;
/** Columns that a query asks for: `id,name,mobile`. */
const COLUMN_LIST = /^[a-z_]\w{0,40}(?:, ?[a-z_]\w{0,40}){1,40}$/;
/** `login?timestamp=`, to be joined to a base. */
const RELATIVE_URL = /^[A-Za-z][\w-]*(?:\/[\w-]+)*\/?\?\w+=/;
const SELECTS = /^\s*select\s+\S/i;
const NAME_LENGTH = 64;

/** The part of a string literal that is a name of code, or undefined. */
export function keptText(text: string): string | undefined {
  const url = text.includes('://') ? HOST_URL.exec(text) : null;
  if (url) return `${url[1]?.toLowerCase()}://${url[2]}`;
  if (SELECTS.test(text)) return selectColumns(text);
  if (text.includes(',')) return COLUMN_LIST.test(text) && !text.split(',').some(looksSecret) ? text.replaceAll(', ', ',') : undefined;
  if (text.length > NAME_LENGTH || text.length === 0) return undefined;
  if (text.charCodeAt(0) > 0x7f && CHINESE_NAME.test(text)) return text;
  // The path of a URL names an endpoint, its query may hold values.
  const query = text.startsWith('/') || RELATIVE_URL.test(text) ? text.indexOf('?') : -1;
  const name = query > 0 ? text.slice(0, query) : text;
  if (!NAME_LIKE.test(name) && !LEFT_OUT.test(name)) return undefined;
  return looksSecret(name) ? undefined : name;
}

/** Digits mixed into letters beyond what names have: keys, hashes, numbers, passwords. */
function looksSecret(text: string): boolean {
  const digits = countDigits(text);
  if (digits === 0) return false;
  if (digits === text.length) return digits > 3;
  return digits > 3 || (text.length > 24 && digits > 1);
}

function countDigits(text: string): number {
  let digits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) digits += 1;
  }
  return digits;
}

const GROUP = /\$[1-9<&]/;
const GROUPS = /\$[1-9<&]/g;
const ONLY_MASK_SIGNS = /^[*xX•#●\-.…_@\s[\]<>()]+$/;
const MASK_SIGN = /[*xX•#●…]/;

export function stringFlags(text: string): number {
  if (text.length === 0) return ConstFlag.Empty;
  let flags = 0;
  const groups = text.includes('$') && GROUP.test(text);
  const visible = groups ? text.replace(GROUPS, '') : text;
  if (ONLY_MASK_SIGNS.test(visible) && MASK_SIGN.test(visible)) flags |= ConstFlag.Mask;
  if (text.includes('?') && !/\s/.test(text)) flags |= ConstFlag.HasQuery;
  if (text.endsWith('=')) flags |= ConstFlag.EndsWithEquals;
  if (text.startsWith('/')) flags |= ConstFlag.StartsWithSlash;
  if (groups) flags |= ConstFlag.Groups;
  if (/\S\s+\S/.test(text)) flags |= ConstFlag.Sentence;
  return flags;
}

export function regexFlags(source: string): number {
  const close = source.lastIndexOf('/');
  const body = source.slice(1, close);
  let flags = 0;
  if (source.slice(close + 1).includes('g')) flags |= ConstFlag.GlobalRegex;
  if (/\\[dwS]|(^|[^\\])\.|\[\^|0-9|a-z/i.test(body)) flags |= ConstFlag.BroadRegex;
  if (/\((?!\?[:=!<])/.test(body)) flags |= ConstFlag.Groups;
  return flags;
}

/** Small integers are array indices, slice positions, status codes: kept. Others are not. */
export const smallInteger = (value: number): boolean => Number.isInteger(value) && value >= -64 && value <= 1024;
