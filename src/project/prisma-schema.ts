// Reads models, views and composite types of a Prisma schema. The language is line by line, and so is the reader.
import type { RepoPath } from '#model/location';
import type { SchemaField, SchemaModel } from './schemas.ts';

const OPENING = /^\s*(?:model|view|type)\s+(\w+)\s*\{/;
const FIELD = /^\s*(\w+)\s+([\w.]+)(?:\("[^"]*"\))?\s*(\[\])?(\?)?/;

export function parsePrisma(file: RepoPath, text: string): readonly SchemaModel[] {
  const models: SchemaModel[] = [];
  let open: { readonly name: string; readonly line: number; readonly doc: string; readonly fields: SchemaField[] } | undefined;
  let docs: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const [code, comment] = splitComment(raw);
    const opening = OPENING.exec(code);
    const field = open ? FIELD.exec(code) : null;
    if (code.trim() === '') {
      if (comment?.startsWith('/')) docs.push(comment.slice(1).trim());
      continue;
    }
    if (opening?.[1] !== undefined) open = { name: opening[1], line, doc: docs.join(' '), fields: [] };
    else if (open && /^\s*\}/.test(code)) {
      models.push({ ...open, source: 'prisma', file });
      open = undefined;
    } else if (open && field?.[1] !== undefined && field[2] !== undefined) {
      const trailing = comment?.startsWith('/') ? [comment.slice(1).trim()] : [];
      const doc = [...docs, ...trailing].join(' ');
      open.fields.push({ name: field[1], type: field[2], list: field[3] !== undefined, optional: field[4] !== undefined, line, doc });
    }
    docs = [];
  }
  return models;
}

/** Code, and what follows `//`: a further slash makes it documentation. Slashes in a quoted text are no comment. */
function splitComment(line: string): readonly [code: string, comment: string | undefined] {
  const match = /^((?:[^"/]|"(?:\\.|[^"\\])*"|\/(?!\/))*)\/\/(.*)$/.exec(line);
  return match ? [match[1] ?? '', match[2] ?? ''] : [line, undefined];
}
