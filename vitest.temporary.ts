import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a suite, and every process that it starts, a temporary folder of its own; nothing is left behind. */
export async function setup(): Promise<() => Promise<void>> {
  const outer = { TMPDIR: process.env['TMPDIR'], TEMP: process.env['TEMP'] };
  const folder = await mkdtemp(join(tmpdir(), 'aimle-suite-'));
  // As open as the one that it stands for: some tests start processes under another user.
  await chmod(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  process.env['TEMP'] = folder;
  return async () => {
    for (const [name, value] of Object.entries(outer)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
