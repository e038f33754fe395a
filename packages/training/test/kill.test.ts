import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { folderStore, memoryStore, readCheckpoint, trainTask } from '../src/index.js';
import { timelessMetrics, timelessRun } from './toy/contents.js';
import { lineTask, wideConfig } from './toy/lineTask.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** Trains in a process of its own; how that ends. */
async function training(run: string, ...args: readonly string[]): Promise<string | number> {
  const child = spawn(
    process.execPath,
    ['--conditions=@aimle/source', '--import', 'tsx', 'test/toy/train.ts', run, ...args],
    { cwd: packageFolder, stdio: 'inherit' },
  );
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
}

// Each process loads TensorFlow.js anew, which takes seconds on a busy machine.
const timeout = 240_000;

it(
  'a process that is killed with SIGKILL resumes, and ends as one that never was',
  async () => {
    const parent = await mkdtemp(join(tmpdir(), 'aimle-training-'));
    const run = join(parent, 'killed');
    for (const [mode, step, turns] of [
      ['begin', '4', '2'],
      ['resume', '9', '5'],
      ['resume', '14', '11'],
    ] as const) {
      expect(await training(run, mode, step, turns)).toBe('SIGKILL');
      const last = await folderStore(run).read('checkpoints/last.safetensors');
      if (last !== null) expect((await readCheckpoint(last, 'last')).training).not.toBeNull();
    }
    expect(await training(run, 'resume')).toBe(0);

    const calm = memoryStore('calm');
    await trainTask(lineTask(), wideConfig, { run: calm });
    expect(await timelessMetrics(folderStore(run))).toEqual(await timelessMetrics(calm));
    // A difference between 160,000 numbers takes minutes to print.
    expect(isDeepStrictEqual(await timelessRun(folderStore(run)), await timelessRun(calm))).toBe(true);
    await rm(parent, { recursive: true });
  },
  timeout,
);
