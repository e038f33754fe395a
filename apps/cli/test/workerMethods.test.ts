import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine } from '@aimle/engine';
import { toBeAllClose } from '@aimle/testkit';
import { memoryStore, readCheckpoint, type TaskConfig, trainTask } from '@aimle/training';
import { makeConfig } from '@aimle/training/settings';
import { beforeAll, expect, test } from 'vitest';
import { taskNamed, tasks } from '../src/tasks.js';

expect.extend({ toBeAllClose });

/** Word vectors are trained once, and read by every worker. */
let dataFolder: string;
beforeAll(async () => {
  await useEngine('wasm', { report: () => {} });
  dataFolder = await mkdtemp(join(tmpdir(), 'workers-'));
});

const loop = { steps: 3, learningRate: 0.1, validationCount: 4, testCount: 4 };
const small: Readonly<Record<string, object>> = {
  dvae: {
    data: 'digits',
    batchSize: 7,
    trainCount: 21,
    hidden: [12, 9],
    codes: 3,
    codeSize: 6,
    k: 2,
    samples: 2,
  },
  path: { size: 4, channels: 4, batchSize: 5, trainCount: 15, samples: 2 },
  l2x: {
    data: 'reviews-synthetic',
    batchSize: 5,
    trainCount: 15,
    hidden: 8,
    k: 3,
    maxLength: 60,
    dropout: 0.3,
  },
  nri: {
    starts: 1,
    vertices: 4,
    frames: 4,
    predictionSteps: 2,
    hidden: 6,
    batchSize: 7,
    trainCount: 21,
    samples: 2,
    dropout: 0.3,
  },
};

function configOf(name: string, changes: object): TaskConfig {
  const task = taskNamed(name);
  return makeConfig(task, 'quick', { ...loop, ...small[name], ...changes });
}

/** What a run has learned after its steps: losses, means of gradients, adaptive state. */
async function trained(name: string, changes: object, workers: number) {
  const store = memoryStore('scratch');
  const losses: number[] = [];
  // An epsilon of this size makes an update smooth in its gradient, and so insensitive to the order of sums.
  const config = configOf(name, { adamEpsilon: 1, ...changes });
  await trainTask(taskNamed(name), config, {
    run: store,
    workers,
    dataFolder,
    onEvent: (event) => event.kind === 'step' && losses.push(event.loss),
  });
  const { training } = await readCheckpoint((await store.read('checkpoints/last.safetensors'))!, 'last');
  const { progress, adam } = training!;
  return { losses, state: flat(progress.model), means: [...adam.m] };
}

async function expectSame(name: string, changes: object, workers: number): Promise<void> {
  const one = await trained(name, changes, 1);
  const several = await trained(name, changes, workers);
  expect(several.losses).toBeAllClose(one.losses, { relative: 1e-5 });
  expect(several.state).toBeAllClose(one.state, { relative: 1e-5 });
  // Some sums cancel, exactly in theory: what is left is the rounding of their terms, some 16 units in the last place.
  const largest = Math.max(...one.means.map(([, mean]) => Math.max(...mean.map(Math.abs))));
  for (const [i, [, found]] of several.means.entries()) {
    const wanted = one.means[i]![1];
    const scale = Math.max(...wanted.map(Math.abs));
    expect(found).toBeAllClose(wanted, { relative: 0, absolute: 1e-4 * scale + 1e-6 * largest });
  }
}

/** The numbers in JSON. */
function flat(json: unknown): number[] {
  if (typeof json === 'number') return [json];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(flat) : [];
}

const methods = tasks.flatMap(({ name, rows, parallel }) => {
  const { of } = rows['method'] as unknown as { readonly of: readonly string[] };
  return of.map((method) => {
    const config = { ...configOf(name, {}), method };
    return { name, method, refused: (parallel?.refusal?.(config) ?? null) !== null };
  });
});

test.each(methods.filter(({ refused }) => !refused))(
  '$name, $method: three workers train as one does',
  ({ name, method }) => expectSame(name, { method }, 3),
);

test('l2x, the official relaxed subset: two workers train as one does', () =>
  expectSame('l2x', { method: 'relaxed-subset', chosenBefore: 'last' }, 2));

test('dvae, the published controller of lambda: two workers train as one does', () =>
  expectSame('dvae', { perturbation: 'paper', alphaStep: 0.5 }, 2));

test.each(methods.filter(({ refused }) => refused))(
  '$name, $method: one worker only',
  async ({ name, method }) => {
    const run = memoryStore('scratch');
    const config = { ...configOf(name, {}), method };
    await expect(trainTask(taskNamed(name), config, { run, workers: 2, dataFolder })).rejects.toThrow(
      `${name}: workers must be 1 here, got 2: the method ${method} draws for the whole batch; leave workers out, or give 1`,
    );
    expect(await run.list()).toEqual([]);
  },
);
