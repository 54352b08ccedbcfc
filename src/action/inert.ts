// Names of the analysed repository in log commands and in the targets of links, where they must not end what they stand in.
import { visible } from '#report/inert';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text of a log command. Line ends are kept, encoded, so that our own line breaks show. */
export const commandText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** The value of a property of a log command, such as a file. */
export const commandProperty = (text: string): string => commandText(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Each segment of a path, so that it can stand in the target of a Markdown link. */
export const urlPath = (path: string): string =>
  path.split('/').map((segment) => encodeURIComponent(segment.replace(LONE_SURROGATE, '\ufffd')).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)).join('/');
