import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RequestError } from '@aimle/training/errors';

/**
 * Writes a file that the command line names; an old one is replaced, all or nothing.
 *
 * @throws {@link RequestError} that names the file where its place cannot take it.
 */
export async function writeOutput(file: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(file);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new RequestError(`there is no folder ${folder} for ${file}; make it, or name another`);
  const { replaceFile } = await import('@aimle/datasets');
  try {
    await replaceFile(file, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!ofThePlace.has(code)) throw error;
    throw new RequestError(`${file} cannot be written: ${message}`, { cause: error });
  }
}

/** Errors that another name would not have. */
const ofThePlace = new Set(['EACCES', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EROFS']);
