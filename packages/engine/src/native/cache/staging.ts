import { mkdir, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const prefix = '.staging-';

/**
 * Builds a folder all or nothing: `build` works in a folder beside `target`, which takes the target's place by
 * one rename when it is complete. What a killed process left behind is swept away by the next one.
 */
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

/** Removes the staging folders of processes that are no more. */
export async function sweepStaging(base: string): Promise<string[]> {
  const names = await readdir(base).catch(() => []);
  const left = names.filter(
    (name) => name.startsWith(prefix) && !runs(Number.parseInt(name.slice(prefix.length), 10)),
  );
  for (const name of left) await rm(join(base, name), { recursive: true, force: true });
  return left;
}

/** @throws {Error} where the disk of `folder` has less than `bytes` left. */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes)
    throw new Error(
      `the disk of ${folder} has ${gigabytes(free)} free, an installation needs ${gigabytes(bytes)} on the way; make room or choose another folder with AIMLE_NATIVE`,
    );
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
