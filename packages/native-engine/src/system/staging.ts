import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const prefix = '.staging-';

/** Builds a folder beside `target`, and replaces the target by one rename when it is complete. */
export async function buildFolder<T>(target: string, build: (staging: string) => Promise<T>): Promise<T> {
  const base = dirname(target);
  await mkdir(base, { recursive: true });
  await sweepStaging(base);
  const staging = await mkdtemp(join(base, `${prefix}${process.pid}-`));
  const retired = `${staging}-retired`;
  try {
    const result = await build(staging);
    await rename(target, retired).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(staging, target);
    return result;
  } finally {
    for (const left of [staging, retired]) await rm(left, { recursive: true, force: true });
  }
}

/** Removes the staging folders of processes that have ended. Returns their paths. */
export async function sweepStaging(base: string): Promise<string[]> {
  const names = await readdir(base).catch(() => []);
  const left = names
    .filter((name) => name.startsWith(prefix) && !runs(Number.parseInt(name.slice(prefix.length), 10)))
    .map((name) => join(base, name));
  for (const folder of left) await rm(folder, { recursive: true, force: true });
  return left;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
