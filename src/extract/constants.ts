// Which literals may be kept. Names of code (keys, events, columns) and scheme and host of URLs are; everything else is
// reduced to its kind, length and a few shape bits, so that neither cache nor report can hold customer data.
import { ConstFlag } from '#model/facts';

const NAME_LIKE = /^[A-Za-z_$@#:/*.-][\w$.:@/*-]{0,63}$/;
const HOST_URL = /^(https?|wss?|ftps?|ldaps?|rediss?|amqps?|mqtts?|smtps?|tcp|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|grpc|file|data):\/\/(?:[^/?#@\s]*@)?([^/?#\s]*)/i;
const CHINESE_NAME = /^[\u4e00-\u9fff]{1,16}$/;

/** The part of a string literal that is a name of code, or undefined. */
export function keptText(text: string): string | undefined {
  const url = HOST_URL.exec(text);
  if (url) return `${url[1]?.toLowerCase()}://${url[2]}`;
  if (CHINESE_NAME.test(text)) return text;
  if (!NAME_LIKE.test(text)) return undefined;
  return looksSecret(text) ? undefined : text;
}

/** Digits mixed into letters beyond what names have: keys, hashes, numbers, passwords. */
function looksSecret(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  if (digits === 0) return false;
  if (/^\d+$/.test(text)) return text.length > 3;
  return digits > 3 || (text.length > 24 && digits > 1);
}

export function stringFlags(text: string): number {
  let flags = 0;
  const visible = text.replace(/\$[1-9<&]/g, '');
  if (text.length === 0) flags |= ConstFlag.Empty;
  else if (/^[*xX•#●\-.…_@\s[\]<>()]+$/.test(visible) && /[*xX•#●…]/.test(visible)) flags |= ConstFlag.Mask;
  if (text.includes('?') && !/\s/.test(text)) flags |= ConstFlag.HasQuery;
  if (text.endsWith('=')) flags |= ConstFlag.EndsWithEquals;
  if (text.startsWith('/')) flags |= ConstFlag.StartsWithSlash;
  if (/\$[1-9<&]/.test(text)) flags |= ConstFlag.Groups;
  if (/\s/.test(text.trim())) flags |= ConstFlag.Sentence;
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
