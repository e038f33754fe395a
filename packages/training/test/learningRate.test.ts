import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import {
  loopSettings,
  memoryStore,
  settingsTable,
  type Task,
  type TaskConfig,
  trainTask,
} from '../src/index.js';
import { messageOf } from './toy/contents.js';

const STEPS_PER_EPOCH = 4;
const settings = settingsTable({
  name: 'slide',
  title: 'Down a slope',
  about: 'Goes down.',
  groups: { Training: loopSettings },
  presets: { paper: { epochs: 3, learningRate: 0.1, adamEpsilon: 1e-12 }, quick: {} },
});
const config: TaskConfig = settings.presets.quick;

/** Its gradient is 1 at every step, so that Adam moves its only weight by the learning rate each time. */
const slide: Task<TaskConfig, null> = {
  ...settings,
  async prepare() {
    const weight = tf.variable(tf.zeros([1]));
    return {
      model: {
        parameters: new Map([['weight', weight]]),
        losses: () => weight.mul<tf.Tensor1D>(1),
        observations: () => ({}),
        state: () => null,
        restore() {},
      },
      data: 'None.',
      stepsPerEpoch: STEPS_PER_EPOCH,
      batch: () => null,
      disposeBatch: () => {},
      monitor: 'test',
      evaluate: async () => ({ way: -(await weight.data())[0]! }),
      figures: async () => [],
      dispose: () => weight.dispose(),
    };
  },
};

async function way(changes: Partial<TaskConfig>, run = memoryStore('slide'), resume = false) {
  return (await trainTask(slide, { ...config, ...changes }, { run, resume })).metrics.test?.['way'];
}

it('is constant by default', async () => {
  expect(await way({})).toBeCloseTo(12 * 0.1, 5);
  expect(await way({ learningRateDecay: 1 })).toBeCloseTo(12 * 0.1, 5);
});

it('an epoch multiplies it by the decay, step by step', async () => {
  const rates = Array.from({ length: 12 }, (_, step) => 0.1 * 0.5 ** (step / STEPS_PER_EPOCH));
  const sum = rates.reduce((all, rate) => all + rate, 0);
  expect(await way({ learningRateDecay: 0.5 })).toBeCloseTo(sum, 5);
});

it('a resumed run has the rate it would have had', async () => {
  const run = memoryStore('slide');
  await way({ learningRateDecay: 0.5, steps: 6 }, run);
  expect(await way({ learningRateDecay: 0.5, steps: 12 }, run, true)).toBeCloseTo(
    (await way({ learningRateDecay: 0.5 }))!,
    6,
  );
});

it.each([0, 1.5, Number.NaN])('a decay of %d is refused', async (learningRateDecay) => {
  expect(await messageOf(way({ learningRateDecay }))).toBe(
    `slide: learningRateDecay must be a number in (0, 1], got ${learningRateDecay}`,
  );
});
