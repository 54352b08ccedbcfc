// Data models written outside of TypeScript. Their generated clients are usually not in the checkout; the schema says what
// a client would: which model has which fields.
import type { RepoPath } from '#model/location';
import { parseGraphql } from './graphql-schema.ts';
import { parsePrisma } from './prisma-schema.ts';

export interface SchemaField {
  readonly name: string;
  /** Without list and optional marks: `String`, `User`. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly line: number;
  /** The comment that documents it; empty when there is none. */
  readonly doc: string;
}

export interface SchemaModel {
  readonly name: string;
  readonly source: 'prisma' | 'graphql';
  readonly fields: readonly SchemaField[];
  readonly file: RepoPath;
  readonly line: number;
  readonly doc: string;
}

/** In the order in which they are written. A text that is no schema yields what can be read of it. */
export function parseSchema(file: RepoPath, text: string): readonly SchemaModel[] {
  return file.endsWith('.prisma') ? parsePrisma(file, text) : parseGraphql(file, text);
}
