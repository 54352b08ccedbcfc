// Plain scripts of somebody else that were copied into the project. A licence header alone proves nothing (projects put
// their own into every file): it must name a version, or the file be wrapped as a library, or be a known one among assets.
import { leadingComments } from './generated.ts';

const KNOWN_LIBRARY =
  /(?:^|\/)(?:jquery(?:[.-][a-z-]+)*|bootstrap(?:\.bundle)?|echarts(?:[.-][a-z-]+)*|d3|three|moment|lodash|underscore|backbone|angular(?:-[a-z]+)?|vue(?:-router|x)?|react(?:-dom)?|axios|swiper|highcharts|chart|layer|layui|zepto|require|sea|html5shiv|respond|modernizr|popper|select2|datatables|fastclick|crypto-js|aes|md5|sha1|sha256|base64|jsencrypt|jsrsasign|qrcode|jweixin|webuploader|ueditor(?:\.all)?|tinymce|video|hls|flv|pdf(?:\.worker)?|socket\.io|sockjs|stomp|clipboard|html2canvas|polyfill|es6-promise)(?:[._-]v?\d[\w.-]*)?\.[cm]?js$/i;
const ASSETS = /(?:^|\/)(?:public|static|assets|www|webroot|wwwroot|webapp|vendors?|libs?|plugins?|third[_-]?party|utils?)\//;
const SERVED = /(?:^|\/)(?:public|static|assets|www|webroot|wwwroot|webapp|vendors?)\//;

/** Libraries that a page loads as they are. */
const SERVED_LIBRARIES = /(?:^|\/)(?:public|static|assets|www|webroot|wwwroot|webapp)\/(?:[^/]+\/)*(?:libs?|vendors?|third[_-]?party|bower_components)\/[^]*\.js$/;

const VERSION = /\bv?\d+\.\d+(?:\.\d+)?\b/;
const LICENCE = /licen[cs]e|copyright|\(c\)|©|released under|\bMIT\b|\bBSD\b|\bGPL\b/i;
const LOUD_COMMENT = /^\s*(?:\/\*!|\/\*[^]*?@(?:license|preserve|licence))/;
const UNIVERSAL = /typeof define\s*={2,3}\s*['"]function['"]\s*&&\s*(?:\(?\s*define\.amd|typeof define\.amd)|typeof exports\s*={2,3}\s*['"]object['"][^]{0,200}module\.exports/;
const BUNDLED = /webpackBootstrap|webpackUniversalModuleDefinition|__webpack_require__|parcelRequire|System\.register\(\[|\(function\(\)\{function r\(e,n,t\)|__commonJS\b.{0,40}\bObject\.getOwnPropertyNames/;

/** Why the file counts as vendored, or `undefined`. */
export function findVendoredMark(path: string, head: string): string | undefined {
  if (BUNDLED.test(head)) return 'bundled library';
  const comments = leadingComments(head);
  const banner = VERSION.test(comments) && LICENCE.test(comments);
  if (banner && LOUD_COMMENT.test(head)) return 'library with a licence banner';
  if (UNIVERSAL.test(head)) return 'library in a universal module wrapper';
  if (SERVED_LIBRARIES.test(path) && !/^\s*(?:import|export)\s/m.test(head)) return 'in a folder of served libraries';
  if (KNOWN_LIBRARY.test(path) && (SERVED.test(path) || (ASSETS.test(path) && banner))) return 'copy of a known library';
  return undefined;
}
