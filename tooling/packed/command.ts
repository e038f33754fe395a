import { spawnSync } from 'node:child_process';

/** Where and with what a command runs. */
export interface Surroundings {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a command to completion and returns its stdout.
 *
 * @throws Error with all of its output, when its exit code is not 0.
 */
export function command(words: readonly string[], { folder, environment = {} }: Surroundings): string {
  const [program, ...rest] = words as [string, ...string[]];
  const { status, stdout, stderr, error } = spawnSync(program, rest, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${words.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}
