// Turns the error codes of the operating system into our words.
import { HostError, type HostErrorReason } from './host.ts';
import { UserError } from '#model/errors';

const REASONS: Readonly<Record<string, HostErrorReason>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'not-a-file',
  ERR_FS_FILE_TOO_LARGE: 'too-large',
};

const WRITE_PROBLEMS: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space, or write to another disk.'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or write to another disk.'],
  EACCES: ['permission denied', 'Choose a place you may write to, or change its permissions.'],
  EPERM: ['permission denied', 'Choose a place you may write to, or change its permissions.'],
  EROFS: ['the file system is read-only', 'Choose a place you may write to.'],
  EISDIR: ['it is a folder', 'Name a file inside that folder.'],
  ENOTDIR: ['a part of its path is a file, not a folder', 'Choose another path.'],
  EEXIST: ['a part of its path is a file, not a folder', 'Choose another path.'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter name.'],
};

export function toHostError(error: unknown, path: string): HostError {
  return error instanceof HostError ? error : new HostError(REASONS[codeOf(error)] ?? 'other', path, messageOf(error));
}

export function toWriteError(error: unknown, path: string): UserError {
  const [problem, hint] = WRITE_PROBLEMS[codeOf(error)] ?? [messageOf(error), 'Choose another place for the output.'];
  return new UserError(`Cannot write ${path}: ${problem}`, hint, { file: path });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
