// Code that a program wrote. Its banner must stand in a comment at the head, and speak of the file, not of something in it.

const GENERATED_NAME = /(?:\.generated|\.gen|\.g|\.pb|_pb|_grpc_pb)\.(?:[cm]?[jt]s|[jt]sx)$|(?:^|\/)__generated__\//;

const BANNERS: readonly RegExp[] = [
  /(?:^|[^\w@])@generated\b/,
  /\bDO NOT (?:EDIT|MODIFY|CHANGE)\b/,
  /\bauto(?:matically)?[- ]?generated (?:file|code|by|from|with|using)\b/i,
  /\b(?:file|code|client|class|module|types?|sdk) (?:is|was|were|are|has been|have been) (?:auto(?:matically)?[- ]?)?(?:generated|created automatically)\b/i,
  /^\W*(?:code |file )?(?:auto[- ]?)?generated (?:by|from|with|using)\b/im,
  /^\W*auto[- ]?generated\W*$/im,
  /generated[^]{0,200}\bdo not (?:edit|modify|change)\b/i,
  /自动生成[^]{0,40}(?:请勿|不要|勿|不可)|(?:请勿|不要)(?:手动)?(?:修改|编辑)此?文件/,
];

/** Why the file counts as generated, or `undefined`. */
export function findGeneratedMark(path: string, head: string): string | undefined {
  if (GENERATED_NAME.test(path)) return 'named as generated code';
  // Most files start with an import: nothing to read then.
  const comments = leadingComments(head);
  return comments !== '' && BANNERS.some((banner) => banner.test(comments)) ? 'its banner says that it is generated' : undefined;
}

/** The comments before the first code, directives such as `'use strict'` aside. */
export function leadingComments(head: string): string {
  const lead = /^(?:\uFEFF|\s|#![^\n]*|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|<!--[^]*?-->|['"]use [\w ]+['"];?)*/.exec(head);
  return lead?.[0] ?? '';
}
