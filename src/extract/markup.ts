// A reader of markup: elements with attributes, and the blocks of Angular's control flow, each with its place. It reads what is
// there and never fails; what it can't make sense of is text.
export interface Piece {
  readonly text: string;
  /** Offset in the markup. */
  readonly at: number;
}

export interface Attribute {
  readonly name: string;
  readonly value: Piece | undefined;
}

export interface MarkupElement {
  /** `@if`, `@for` and the like for a block. */
  readonly tag: string;
  readonly attributes: readonly Attribute[];
  /** What stands in the round brackets of a block. */
  readonly head: Piece | undefined;
  readonly children: (MarkupElement | Piece)[];
}

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const RAW = new Set(['script', 'style']);
const NAME = /[^\s/>=]+/y;
const TAG = /[A-Za-z][\w.:-]*/y;
const SPACE = /\s*/y;
const BLOCK = /@(if|else if|else|for|empty|switch|case|default|defer|placeholder|loading|error)\s*(?=[({])/y;

export function readMarkup(text: string, blocks: boolean): readonly (MarkupElement | Piece)[] {
  return new Reader(text, blocks).read();
}

class Reader {
  private readonly text: string;
  private readonly blocks: boolean;
  private readonly root: MarkupElement = { tag: '', attributes: [], head: undefined, children: [] };
  private readonly open: MarkupElement[] = [];
  private at = 0;
  private textStart = 0;

  constructor(text: string, blocks: boolean) {
    this.text = text;
    this.blocks = blocks;
  }

  read(): readonly (MarkupElement | Piece)[] {
    const { text } = this;
    while (this.at < text.length) {
      const sign = text[this.at];
      if (sign === '<' && this.markup()) this.textStart = this.at;
      else if (this.blocks && sign === '@' && this.block()) this.textStart = this.at;
      else if (this.blocks && sign === '{' && text[this.at + 1] === '{') this.at = after(text, '}}', this.at);
      else if (this.blocks && sign === '}' && this.top().tag.startsWith('@')) {
        this.flush();
        this.open.pop();
        this.textStart = ++this.at;
      } else this.at++;
    }
    this.flush();
    return this.root.children;
  }

  private top(): MarkupElement {
    return this.open.at(-1) ?? this.root;
  }

  private flush(): void {
    if (this.at > this.textStart) this.top().children.push({ text: this.text.slice(this.textStart, this.at), at: this.textStart });
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** A comment, an end tag or an element; false when `<` is but a sign. */
  private markup(): boolean {
    const { text } = this;
    if (text.startsWith('<!', this.at)) {
      this.flush();
      this.at = text.startsWith('<!--', this.at) ? after(text, '-->', this.at) : after(text, '>', this.at);
      return true;
    }
    const isEnd = text[this.at + 1] === '/';
    const start = this.at;
    this.at += isEnd ? 2 : 1;
    const tag = this.match(TAG);
    if (tag === undefined) {
      this.at = start;
      return false;
    }
    const end = this.at;
    this.at = start;
    this.flush();
    this.at = end;
    if (isEnd) this.close(tag);
    else this.element(tag);
    return true;
  }

  private close(tag: string): void {
    this.at = after(this.text, '>', this.at);
    const index = this.open.findLastIndex((e) => e.tag === tag);
    if (index >= 0) this.open.length = index;
  }

  private element(tag: string): void {
    const attributes: Attribute[] = [];
    let isClosed = false;
    for (;;) {
      this.match(SPACE);
      const sign = this.text[this.at];
      if (sign === undefined || sign === '>') break;
      if (sign === '/') {
        isClosed = this.text[this.at + 1] === '>';
        this.at++;
        continue;
      }
      const name = this.match(NAME);
      if (name === undefined) break;
      this.match(SPACE);
      attributes.push({ name, value: this.text[this.at] === '=' ? this.value() : undefined });
    }
    this.at++;
    const element: MarkupElement = { tag, attributes, head: undefined, children: [] };
    this.top().children.push(element);
    if (RAW.has(tag.toLowerCase())) this.at = after(this.text, `</${tag}>`, this.at);
    else if (!isClosed && !VOID.has(tag.toLowerCase())) this.open.push(element);
  }

  private value(): Piece {
    this.at++;
    this.match(SPACE);
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") {
      const at = this.at;
      return { text: this.match(NAME) ?? '', at };
    }
    const at = this.at + 1;
    const end = this.text.indexOf(quote, at);
    this.at = end < 0 ? this.text.length : end + 1;
    return { text: this.text.slice(at, end < 0 ? undefined : end), at };
  }

  private block(): boolean {
    const start = this.at;
    const word = this.match(BLOCK);
    if (word === undefined) return false;
    const bodyAt = this.at;
    this.at = start;
    this.flush();
    this.at = bodyAt;
    let head: Piece | undefined;
    if (this.text[this.at] === '(') {
      const end = closing(this.text, this.at);
      head = { text: this.text.slice(this.at + 1, end), at: this.at + 1 };
      this.at = end + 1;
      this.match(SPACE);
    }
    if (this.text[this.at] === '{') this.at++;
    const element: MarkupElement = { tag: word.trim(), attributes: [], head, children: [] };
    this.top().children.push(element);
    this.open.push(element);
    return true;
  }
}

/** Behind the next occurrence of a text, or the end. */
function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** The bracket that closes the one at `open`. */
function closing(text: string, open: number): number {
  let depth = 0;
  let quote: string | undefined;
  for (let i = open; i < text.length; i++) {
    const sign = text[i];
    if (quote !== undefined) quote = sign === quote ? undefined : quote;
    else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return i;
  }
  return text.length;
}

/** Parts between a sign that stands alone and outside of brackets and quotes. */
export function split({ text, at }: Piece, sign: string): readonly Piece[] {
  const parts: Piece[] = [];
  let depth = 0;
  let quote: string | undefined;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quote !== undefined) quote = c === quote ? undefined : quote;
    else if (c === '"' || c === "'" || c === '`') quote = c;
    else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === sign && depth === 0) {
      if (text[i + 1] === sign || text[i - 1] === sign) continue;
      parts.push({ text: text.slice(start, i), at: at + start });
      start = i + 1;
    }
  }
  return [...parts, { text: text.slice(start), at: at + start }];
}
