import { key } from '@aimle/random';
import type { Model } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { neuralRelationalInference as task } from '../src/index.js';
import type { RelationalBatch } from '../src/motion/batch.js';
import { bestStart } from '../src/task/starts.js';

const { quick } = task.presets;

/** A model whose loss falls to `min` from any start. */
function falling(min: number): Model<RelationalBatch> {
  const at = tf.tidy(() => tf.variable(tf.scalar(min - 3)));
  return {
    parameters: new Map([['at', at]]),
    losses: (motion) =>
      at
        .sub(min - 3.1)
        .square()
        .add(min)
        .mul(tf.ones([motion.shape[0]])) as tf.Tensor1D,
    observations: () => ({}),
    state: () => null,
    restore: () => {},
  };
}

test('the start with the lowest final loss is kept, and the others are disposed of', async () => {
  const notes: string[] = [];
  const steps: string[] = [];
  const before = tf.memory().numTensors;
  const starts = [4, 2, 3].map((min) => ({ model: falling(min) }));
  const best = await bestStart((index) => starts[index]!, {
    config: { ...quick, starts: 3 },
    key: key(0),
    batch: () => tf.zeros([2, 1, 1, 1]),
    context: { folder: '', note: (message) => notes.push(message) },
    onStep: ({ step, part }) => step % 80 === 0 && steps.push(`${part}: ${step}`),
  });
  expect(best).toBe(starts[1]);
  expect(starts.map(({ model }) => model.parameters.get('at')!.isDisposed)).toEqual([true, false, true]);
  expect(notes).toEqual([
    'Trying 3 starts, 80 steps each.',
    'Start 1 of 3: loss 4.0.',
    'Start 2 of 3: loss 2.0.',
    'Start 3 of 3: loss 3.0.',
    'Start 2 is the best and continues.',
  ]);
  expect(steps).toEqual(['start 1/3: 80', 'start 2/3: 160', 'start 3/3: 240']);
  best.model.parameters.get('at')!.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a start that diverges is named, and nothing stays behind', async () => {
  const before = tf.memory().numTensors;
  const trial = bestStart((index) => ({ model: falling([2, Number.NaN][index]!) }), {
    config: { ...quick, starts: 2 },
    key: key(0),
    batch: () => tf.zeros([2, 1, 1, 1]),
    context: { folder: '', note: () => {} },
    onStep: () => {},
  });
  await expect(trial).rejects.toThrow('start 2 of 2: the loss is NaN for instance 0');
  expect(tf.memory().numTensors).toBe(before);
});

test('a signal ends the trial, and nothing stays behind', async () => {
  const stop = new AbortController();
  const before = tf.memory().numTensors;
  let batches = 0;
  const trial = bestStart(() => ({ model: falling(1) }), {
    config: { ...quick, starts: 2 },
    key: key(0),
    batch: () => {
      if (++batches === 85) stop.abort(new Error('stopped'));
      return tf.zeros([2, 1, 1, 1]);
    },
    context: { folder: '', signal: stop.signal, note: () => {} },
    onStep: () => {},
  });
  await expect(trial).rejects.toThrow('stopped');
  expect(batches).toBe(85);
  expect(tf.memory().numTensors).toBe(before);
});

test('a run of several starts begins with the weights and the perturbation size of one of them', async () => {
  const sizes = {
    hidden: 4,
    vertices: 4,
    frames: 4,
    trainCount: 16,
    validationCount: 4,
    testCount: 4,
    batchSize: 8,
  };
  const config = { ...task.presets.quick, ...sizes, starts: 2, steps: 160 };
  const before = tf.memory().numTensors;
  const open = async () => task.prepare(config, { folder: '', note: () => {} });
  const [session, again, plain] = [await open(), await open(), await open()];
  await session.begin!(() => {});
  await again.begin!(() => {});
  const weights = ({ model }: typeof session) => [...model.parameters.values()].map((v) => [...v.dataSync()]);
  expect(weights(session)).toEqual(weights(again));
  expect(weights(session)).not.toEqual(weights(plain));
  expect(session.model.state()).toEqual(again.model.state());
  expect(session.model.state()).not.toEqual(plain.model.state());
  for (const each of [session, again, plain]) each.dispose();
  expect(tf.memory().numTensors).toBe(before);
  for (const change of [{ starts: 1 }, { steps: 159 }]) {
    const other = await task.prepare({ ...config, ...change }, { folder: '', note: () => {} });
    expect(other.begin).toBeUndefined();
    other.dispose();
  }
});
