import { readFileSync } from 'node:fs';

/** The kind of machine as Node names it, for instance linux-x64. */
export function machineName(): string {
  return `${process.platform}-${process.arch}`;
}

/** Why TensorFlow's published libraries cannot run on this machine; undefined where they can. */
export function machineObstacle(): string | undefined {
  if (process.platform === 'linux' && usesMusl())
    return 'this Linux uses musl, TensorFlow is published for glibc only; use a glibc image (for instance a Debian one)';
  if (process.platform === 'linux' && process.arch === 'x64' && !hasAvx())
    return 'this processor has no AVX instructions, which TensorFlow needs';
  return undefined;
}

function usesMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

function hasAvx(): boolean {
  try {
    return /^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return true; // unknown: the trial run of the finished addon will tell
  }
}
