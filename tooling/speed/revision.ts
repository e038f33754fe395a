import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../packed/command.js';

/** A built clone of one revision. */
export interface Clone {
  readonly folder: string;
  /** What was built: the short hash of a commit, or `working tree`. */
  readonly label: string;
  remove(): void;
}

const pnpm = ['npx', '-y', 'pnpm@10'];

/** Checks a revision out beside the repository, installs and builds it. `.` is the working tree as it is, built in place. */
export function buildRevision(root: string, revision: string): Clone {
  if (revision === '.') {
    build(root);
    return { folder: root, label: 'working tree', remove() {} };
  }
  const git = (...words: string[]): string => command(['git', ...words], { folder: root }).trim();
  const label = git('rev-parse', '--short', `${revision}^{commit}`);
  const above = mkdtempSync(join(tmpdir(), 'aimle-speed-'));
  const folder = join(above, label);
  const remove = (): void => {
    git('worktree', 'remove', '--force', folder);
    rmSync(above, { recursive: true, force: true });
  };
  git('worktree', 'add', '--detach', folder, label);
  try {
    command([...pnpm, 'install', '--frozen-lockfile'], { folder });
    build(folder);
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, label, remove };
}

function build(folder: string): void {
  command([...pnpm, 'turbo', 'run', 'build', '--filter=@aimle/cli', '--output-logs=errors-only'], { folder });
}
