import { currentEngine } from '@aimle/engine';
import { toBeAllClose } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  memoryStore,
  openRun,
  type RunStore,
  readCheckpoint,
  type Task,
  type TrainEvent,
  trainTask,
} from '../src/index.js';
import { errorOf } from './toy/contents.js';
import { type LineConfig, lineConfig, lineTask, type Points } from './toy/lineTask.js';
import {
  exitingLine,
  otherLine,
  pairedLine,
  pickyLine,
  sharedLine,
  steepLine,
  throwingLine,
  unevenLine,
  unpreparedLine,
} from './toy/sharedTasks.js';

expect.extend({ toBeAllClose });

const config = { ...lineConfig, epochs: 2 };

interface Changes {
  readonly store?: RunStore;
  readonly epochs?: number;
  readonly onEvent?: (event: TrainEvent) => void;
  readonly signal?: AbortSignal;
}

async function trained(task: Task<LineConfig, Points>, workers: number, changes: Changes = {}) {
  const { store = memoryStore('scratch'), epochs = 2, ...options } = changes;
  const resume = (await store.list()).length > 0;
  const losses: number[] = [];
  const summary = await trainTask(
    task,
    { ...config, epochs },
    {
      run: store,
      workers,
      resume,
      ...options,
      onEvent(event) {
        if (event.kind === 'step') losses.push(event.loss);
        options.onEvent?.(event);
      },
    },
  );
  return { store, losses, summary };
}

async function checkpointOf(store: RunStore) {
  const bytes = await store.read('checkpoints/last.safetensors');
  const { weights, training } = await readCheckpoint(bytes!, 'last');
  const numbers = [...weights.values(), ...[...training!.adam.m.values()].map((data) => ({ data }))];
  return { numbers: numbers.flatMap(({ data }) => [...data]), progress: training!.progress };
}

async function expectSame(
  one: Awaited<ReturnType<typeof trained>>,
  other: Awaited<ReturnType<typeof trained>>,
) {
  expect(other.losses).toBeAllClose(one.losses, { relative: 1e-5 });
  const [found, wanted] = [await checkpointOf(other.store), await checkpointOf(one.store)];
  expect(found.numbers).toBeAllClose(wanted.numbers, { relative: 1e-4, absolute: 1e-6 });
  expect(found.progress.model).toEqual(wanted.progress.model);
}

// Other engines refuse, below.
const own = ['wasm', 'cpu'].includes(currentEngine().name);

describe.runIf(own)('several workers', () => {
  test.each([2, 3])('%i train as one does, with batches that cannot be shared evenly', async (workers) => {
    const before = tf.memory().numTensors;
    const one = await trained(unevenLine, 1);
    const several = await trained(unevenLine, workers);
    await expectSame(one, several);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('are recorded, and no more than a batch has instances', async () => {
    const events: TrainEvent[] = [];
    const { store } = await trained(pairedLine, 3, { epochs: 1, onEvent: (event) => events.push(event) });
    expect(events).toContainEqual({
      kind: 'note',
      message: 'Only 2 of 3 workers train: a batch has 2 instances.',
    });
    expect(events.find(({ kind }) => kind === 'start')).toMatchObject({ workers: 2 });
    expect((await openRun(store)).record.workers).toBe(3);
  });

  test('resume a run of one worker, and one resumes theirs', async () => {
    const one = await trained(sharedLine, 1);
    for (const [first, second] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const { store, losses } = await trained(sharedLine, first, { epochs: 1 });
      const notes: string[] = [];
      const onEvent = (event: TrainEvent) => event.kind === 'note' && notes.push(event.message);
      const rest = await trained(sharedLine, second, { store, onEvent });
      await expectSame(one, { ...rest, losses: [...losses, ...rest.losses] });
      expect(notes.join()).toMatch(
        /The run used . workers? and continues with .: its numbers are equal up to the order/,
      );
    }
  });

  test('stop at the signal, and save the run', async () => {
    const controller = new AbortController();
    const { summary, store } = await trained(sharedLine, 2, {
      signal: controller.signal,
      onEvent: (event) => event.kind === 'step' && event.step === 4 && controller.abort(),
    });
    expect(summary).toMatchObject({ steps: 4, interrupted: true });
    expect((await checkpointOf(store)).progress.step).toBe(4);
  });
});

describe.runIf(own)('what ends a worker ends the run, and leaves the checkpoint', () => {
  test.each([
    [
      'exits',
      exitingLine,
      /^step 3 \(epoch 1, batch 3\): worker 2 of 2 ended without an error message; .*; resume with fewer workers/,
    ],
    ['throws', throwingLine, /^step 3 \(epoch 1, batch 3\): the third batch is broken\n/],
  ] as const)('one that %s', async (_name, task, message) => {
    const store = memoryStore('scratch');
    const error = await errorOf(trained(task, 2, { store }));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/The last checkpoint, of step 0, is untouched in scratch\.$/);
    expect((await checkpointOf(store)).progress.step).toBe(0);
  });

  test.each([0, 5])('a loss that is not finite, in the part of either: instance %i', async (instance) => {
    const broken = { ...config, broken: [2, instance] as const };
    const error = await errorOf(trainTask(sharedLine, broken, { run: memoryStore('scratch'), workers: 2 }));
    expect(error.message).toMatch(`the loss is NaN for instance ${instance}, of 8 in the batch`);
  });

  test('a gradient that is not finite, in the words of one worker', async () => {
    const messages: string[] = [];
    for (const workers of [1, 2]) messages.push((await errorOf(trained(steepLine, workers))).message);
    expect(messages[0]).toMatch(/adam: the gradient of line\.bias is NaN at element 0/);
    expect(messages[1]).toBe(messages[0]);
  });

  test('one that finds other data, or none', async () => {
    expect((await errorOf(trained(otherLine, 2))).message).toMatch(
      /^a worker must prepare the same data and network as the run, "Points .*", got "Other points\. \(5 steps per epoch, 5 parameters\)"$/,
    );
    expect((await errorOf(trained(unpreparedLine, 2))).message).toBe('the data is gone');
  });
});

test('refuses what only one worker can train, before anything is written', async () => {
  const store = memoryStore('scratch');
  const messageOf = async (task: Task<LineConfig, Points>, workers: number, seed = 3) =>
    (await errorOf(trainTask(task, { ...config, seed }, { run: store, workers }))).message;
  for (const workers of [0, 1.5, 257]) {
    expect(await messageOf(sharedLine, workers)).toBe(
      `workers must be an integer in [1, 256], got ${workers}`,
    );
  }
  expect(await messageOf(lineTask(), 2)).toBe(
    'line: workers must be 1 for this task, got 2; leave workers out, or give 1',
  );
  expect(await messageOf(pickyLine, 2, 7)).toBe(
    'line: workers must be 1 here, got 2: seed 7 looks at the whole batch; leave workers out, or give 1',
  );
  if (!own) {
    expect(await messageOf(sharedLine, 2)).toMatch(
      /^workers must be 1 on the .* engine, got 2: only wasm and cpu/,
    );
  }
  expect(await store.list()).toEqual([]);
});
