import { gumbel, key } from '@aimle/random';
import '@aimle/testkit'; // the matcher
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type LearningToExplainConfig, learningToExplain, selectionEstimator } from '../src/index.js';
import { choiceOf } from '../src/selection/selection.js';
import { fitting } from '../src/text/layout.js';

const small: LearningToExplainConfig = { ...learningToExplain.presets.paper, k: 2, maxLength: 4 };

function states(config: LearningToExplainConfig, theta: number[]): number[] {
  const estimator = selectionEstimator(config);
  let drawn: number[] = [];
  const watch = (z: tf.Tensor): tf.Tensor => {
    drawn = [...z.dataSync()];
    return z.sum(-1);
  };
  tf.tidy(() => estimator.expectation(tf.tensor2d([theta]), watch, { key: key(7), samples: 1 }));
  return drawn;
}

function mode(config: LearningToExplainConfig, theta: number[]): number[] {
  const z = new Float32Array(theta.length);
  choiceOf(config).solve(Float32Array.from(theta), z, 1);
  return [...z];
}

describe('equal scores (D9)', () => {
  test('are broken by place, or all chosen', () => {
    expect(mode(small, [1, 1, 1, 0])).toEqual([1, 1, 0, 0]);
    expect(mode({ ...small, ties: 'all' }, [1, 1, 1, 0])).toEqual([1, 1, 1, 0]);
    expect(mode({ ...small, ties: 'all' }, [-Infinity, -Infinity, -Infinity, 0])).toEqual([0, 0, 0, 1]);
  });
});

describe('concrete draws (D12)', () => {
  const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

  test('are the maximum of k, or one, which sums to 1', () => {
    const config = { ...small, method: 'l2x', relaxation: 0.5 } as const;
    expect(sum(states({ ...config, concrete: 'single' }, [0, 0, 0, 0]))).toBeCloseTo(1, 5);
    expect(sum(states(config, [0, 0, 0, 0]))).toBeGreaterThan(1.05);
  });
});

describe('noise of the relaxations (D13)', () => {
  test('is the negative of Gumbel noise on request', () => {
    const config = { ...small, k: 1, method: 'l2x', concrete: 'single', relaxation: 1 } as const;
    const noisy = (relaxedNoise: 'gumbel' | 'negative-gumbel'): number[] =>
      states({ ...config, relaxedNoise }, [0, 0, 0, 0]).map(Math.log);
    const [plain, negative] = [noisy('gumbel'), noisy('negative-gumbel')];
    const centred = (values: number[]): number[] => {
      const mean = values.reduce((all, value) => all + value, 0) / values.length;
      return values.map((value) => value - mean);
    };
    expect(centred(negative)).toBeAllClose(
      centred(plain).map((value) => -value),
      { absolute: 1e-4 },
    );
    expect(gumbel().mean).toBeGreaterThan(0);
  });
});

describe('earlier choices of a relaxed subset (D14)', () => {
  test('are excluded for good, or for one draw', () => {
    const config = { ...small, k: 4, method: 'relaxed-subset', relaxation: 0.05 } as const;
    // All four of four: each once, where nothing is forgotten.
    expect(states(config, [3, 2, 1, 0])).toBeAllClose([1, 1, 1, 1], { absolute: 1e-3 });
    const forgetful = states({ ...config, chosenBefore: 'last' }, [30, 20, 10, 0]);
    expect(Math.max(...forgetful)).toBeGreaterThan(1.5);
  });
});

test('a long text loses its end or its beginning (D15)', () => {
  expect(fitting([1, 2, 3, 4], 3, 'end')).toEqual([1, 2, 3]);
  expect(fitting([1, 2, 3, 4], 3, 'beginning')).toEqual([2, 3, 4]);
  expect([...fitting(Int32Array.of(1, 2), 3, 'end')]).toEqual([1, 2]);
});

const tiny: LearningToExplainConfig = {
  ...learningToExplain.presets.quick,
  data: 'reviews-synthetic',
  trainCount: 12,
  validationCount: 4,
  testCount: 4,
  batchSize: 4,
  dropout: 0,
  method: 'straight-through',
  noise: 'none',
};

async function firstLoss(change: Partial<LearningToExplainConfig>): Promise<number[]> {
  const session = await learningToExplain.prepare({ ...tiny, ...change }, { folder: '', note: () => {} });
  const losses = tf.tidy(() => [...session.model.losses(session.batch(0, 0), key(0)).dataSync()]);
  session.dispose();
  return losses;
}

test('the losses of samples are averaged, or summed (D17)', async () => {
  const mean = await firstLoss({ samples: 3 });
  expect(await firstLoss({ samples: 3, sampleLoss: 'sum' })).toBeAllClose(
    mean.map((loss) => 3 * loss),
    { relative: 1e-5 },
  );
});

test('the checkpoint that validation chose is tested, or the last (D16)', async () => {
  const session = (change: Partial<LearningToExplainConfig>) =>
    learningToExplain.prepare({ ...tiny, ...change }, { folder: '', note: () => {} });
  const [best, last] = [await session({}), await session({ tested: 'last' })];
  expect(best.selection).toEqual({ metric: 'mse100', split: 'validation', better: 'lower' });
  expect(last.selection).toBeUndefined();
  best.dispose();
  last.dispose();
});
