import { RequestError } from '../errors.js';

/** What was found, or `absent` when there is no such file. */
export async function absentAs<T, A>(absent: A, found: Promise<T>): Promise<T | A> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return absent;
    throw error;
  }
}

/** The code of a system error, such as ENOENT; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Says what to do about an error of the file system. */
export function explained(error: unknown, file: string): unknown {
  const cause = { cause: error };
  const wrong = (problem: string) => new RequestError(`cannot use ${file}: ${problem}`, cause);
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Error(`cannot write ${file}: the disk is full; free some space and resume the run`, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return wrong('permission denied; choose a folder that you may write to');
    case 'ENOTDIR':
    case 'EEXIST':
      return wrong('a part of that path is a file; choose another folder');
    case 'ELOOP':
      return wrong('it is a symbolic link, which may lead out of the run directory; replace it by the file');
    case 'EISDIR':
      return wrong('it is a folder; choose another run directory');
    default:
      return error;
  }
}
