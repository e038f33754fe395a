import { RequestError } from '../errors.js';
import { absentAs, codeOf } from './fileErrors.js';
import { hasEnded, holderIn, thisProcess } from './lockHolder.js';

/** Larger than any lock: another file of that name is not read. */
const maxBytes = 4096;
const fs = () => process.getBuiltinModule('node:fs/promises');

/**
 * Locks by a file that names this process. A lock that a process left behind when it was killed is taken over.
 *
 * @returns What removes the file.
 * @throws {@link RequestError} when a process that may live holds the lock, this one included.
 */
export async function lockByFile(file: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify(thisProcess());
  await acquire(file, mine);
  return async () => {
    // Nothing is lost if this fails: when this process has ended, the next training takes the lock over.
    if ((await textOf(file).catch(() => null)) === mine) await remove(file).catch(() => {});
  };
}

async function acquire(file: string, mine: string): Promise<void> {
  while (!(await created(file, mine))) await removeIfEnded(file, mine);
}

/** Creates the file, unless there is one. A link gives it its name with its contents, so that no reader finds a part. */
async function created(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${crypto.randomUUID()}`;
  const options = { flag: 'wx', flush: true };
  try {
    await fs().writeFile(draft, text, options);
    // Some file systems have no links.
    await fs()
      .link(draft, file)
      .catch(async (error) => {
        if (codeOf(error) === 'EEXIST') throw error;
        await fs().writeFile(file, text, options);
      });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await remove(draft);
  }
}

/** Removes a lock whose holder has ended; throws when the holder may live. */
async function removeIfEnded(file: string, mine: string): Promise<void> {
  if (!(await isLeft(file))) return;
  // Removing is locked as well: else of two processes that find the same old lock, the slower one would remove the new lock of the faster.
  const guard = `${file}.old`;
  await acquire(guard, mine);
  try {
    if (await isLeft(file)) await remove(file);
  } finally {
    await remove(guard);
  }
}

/** Whether the lock was left behind; false when there is none. Throws when its holder may live. */
async function isLeft(file: string): Promise<boolean> {
  const text = await textOf(file);
  if (text === null) return false;
  const holder = holderIn(text);
  if (holder !== null && hasEnded(holder)) return true;
  const by = holder && `: process ${holder.pid} on ${JSON.stringify(holder.host)}`;
  throw new RequestError(
    `${process.getBuiltinModule('node:path').dirname(file)} is in use by another training${by ?? ''}; ` +
      `wait until it ends, or choose another folder (if it has ended, delete ${file})`,
  );
}

/** The text of a lock, null when there is none; empty for anything that no training wrote. */
async function textOf(file: string): Promise<string | null> {
  const found = await absentAs(null, fs().lstat(file));
  if (found === null) return null;
  if (!found.isFile() || found.size > maxBytes) return '';
  return absentAs(null, fs().readFile(file, 'utf8'));
}

function remove(file: string): Promise<void> {
  return fs().rm(file, { force: true });
}
