import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, readCheckpoint } from '../src/index.js';
import { timelessRun } from './toy/contents.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'aimle-training-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** Trains in a process of its own; a checkpoint after every step, so that most of the time one is being written. */
function training(run: string, resume: boolean) {
  const child = spawn(
    process.execPath,
    ['--conditions=@aimle/source', '--import', 'tsx', 'test/toy/train.ts', run, resume ? 'resume' : 'begin'],
    { cwd: packageFolder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let steps = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    steps += chunk.length;
  });
  const end = new Promise<string | number | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? code));
  });
  return {
    end,
    kill: () => child.kill('SIGKILL'),
    async reaches(count: number) {
      while (steps < count && child.exitCode === null) await pause(1);
    },
  };
}

// Each process loads TensorFlow.js anew, which takes seconds on a busy machine.
const timeout = 240_000;

describe('a process that is killed with SIGKILL', () => {
  it(
    'resumes, and ends as one that never was',
    async () => {
      const calm = join(parent, 'calm');
      expect(await training(calm, false).end).toBe(0);

      const run = join(parent, 'killed');
      for (let kill = 0; kill < 3; kill++) {
        const process = training(run, kill > 0);
        await process.reaches(4);
        await pause(kill * 3);
        process.kill();
        expect(await process.end).toBe('SIGKILL');
        const last = await folderStore(run).read('checkpoints/last.safetensors');
        if (last !== null) expect((await readCheckpoint(last, 'last')).training).not.toBeNull();
      }
      expect(await training(run, true).end).toBe(0);
      expect(await timelessRun(folderStore(run))).toEqual(await timelessRun(folderStore(calm)));
    },
    timeout,
  );
});
