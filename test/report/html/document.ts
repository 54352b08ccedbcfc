// Reads HTML as a browser tokenises it, as far as our own pages need: tags with their attributes, text between them, raw text in
// style and script. Throws where elements do not close as they opened.

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Document {
  readonly tags: readonly Tag[];
  readonly text: string;
  /** The contents of each style and script element. */
  readonly raw: ReadonlyMap<string, string>;
}

const VOID = new Set(['meta', 'link', 'input', 'wbr', 'br', 'rect', 'path', 'circle', 'use']);
const TOKEN = /<!doctype [^>]*>|<\/([a-z][a-z0-9]*)\s*>|<([a-z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*(\/?)>|[^<]+|</g;

export function readDocument(html: string): Document {
  const tags: Tag[] = [];
  const raw = new Map<string, string>();
  const open: string[] = [];
  let text = '';
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(html); match !== null; match = TOKEN.exec(html)) {
    const [token, closing, opening, attributes = '', selfClosing] = match;
    if (closing !== undefined) {
      const expected = open.pop();
      if (expected !== closing) throw new Error(`</${closing}> closes <${expected ?? 'nothing'}> at ${html.slice(match.index - 80, match.index + 40)}`);
    } else if (opening !== undefined) {
      tags.push({ name: opening, attributes: readAttributes(attributes) });
      if (opening === 'style' || opening === 'script') {
        const end = html.indexOf(`</${opening}>`, TOKEN.lastIndex);
        raw.set(opening, html.slice(TOKEN.lastIndex, end));
        TOKEN.lastIndex = end + opening.length + 3;
      } else if (selfClosing !== '/' && !VOID.has(opening)) open.push(opening);
    } else if (token === '<') {
      throw new Error(`a < that begins no tag at ${html.slice(match.index - 40, match.index + 40)}`);
    } else if (!token.startsWith('<!')) text += token;
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return { tags, text: decode(text), raw };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decode(value)]));
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const decode = (text: string): string => text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
