import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Recipe } from '../recipe.js';

/** Names the kind of machine as Node does, for instance linux-x64. */
export function machineName(): string {
  return `${process.platform}-${process.arch}`;
}

/** Checks the machine. @throws {Error} if TensorFlow's published libraries cannot run on it; says what to do. */
export function checkMachine({ official, wheels }: Recipe): void {
  if (!(machineName() in official || machineName() in wheels))
    throw new Error(
      'TensorFlow is not published for it in a form that this installer knows; use Linux or macOS on x64 or arm64 (on Windows: WSL)',
    );
  if (process.platform === 'linux' && usesMusl())
    throw new Error(
      'this Linux uses musl, TensorFlow is published for glibc only; use a glibc image (for instance a Debian one)',
    );
  if (process.platform === 'linux' && process.arch === 'x64' && !hasAvx())
    throw new Error('this processor has no AVX instructions, which TensorFlow needs');
}

/** Checks the disk. @throws {Error} if the disk of `folder` has less than `bytes` free. */
export async function checkDisk(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes)
    throw new Error(
      `the disk of ${folder} has ${gigabytes(free)} free, an installation needs ${gigabytes(bytes)} while it is made; free some space or choose another folder with AIMLE_NATIVE`,
    );
}

function usesMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

function hasAvx(): boolean {
  try {
    return /^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return true; // unknown: the check of the finished addon will show
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
