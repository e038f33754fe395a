import { topK } from '@aimle/distributions';
import { key } from '@aimle/random';

import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  exactExpectation,
  learnedBaseline,
  movingAverageBaseline,
  type ScoreFunctionOptions,
  scoreFunction,
} from '../src/index.js';
import { average, expectClose, loss, pairs, step, textbook, theta } from './scoreStep.js';

function run(options: ScoreFunctionOptions, samples: number) {
  return step(scoreFunction(pairs, options), samples);
}

describe('the formula', () => {
  test('without a baseline weighs each score by its loss', () => {
    const { gradient, states, losses } = run({ baseline: 'none' }, 3);
    expectClose(gradient, textbook(losses, states, 3));
  });

  test('leave-one-out subtracts the mean of the other samples of the instance', () => {
    const { gradient, states, losses } = run({ baseline: 'leave-one-out' }, 3);
    const signal = losses.map((own, row) => {
      const first = row - (row % 3);
      return own - average(losses.slice(first, first + 3).filter((_, s) => first + s !== row));
    });
    expectClose(gradient, textbook(signal, states, 3));
  });

  test('a moving average subtracts the mean loss of earlier steps, with decaying weights', () => {
    const estimator = scoreFunction(pairs, { baseline: movingAverageBaseline({ decay: 0.5 }) });
    const first = step(estimator, 2, 1);
    expectClose(first.gradient, textbook(first.losses, first.states, 2));
    const second = step(estimator, 2, 2);
    const once = average(first.losses);
    expectClose(
      second.gradient,
      textbook(
        second.losses.map((x) => x - once),
        second.states,
        2,
      ),
    );
    const third = step(estimator, 2, 3);
    const twice = (average(first.losses) + 2 * average(second.losses)) / 3;
    expectClose(
      third.gradient,
      textbook(
        third.losses.map((x) => x - twice),
        third.states,
        2,
      ),
    );
  });

  test('a moving average moves with gradients only, and is in the state', () => {
    const estimator = scoreFunction(pairs);
    const before = JSON.stringify(estimator.state);
    estimator.expectation(theta, loss, { key: key(1), samples: 2 });
    expect(JSON.stringify(estimator.state)).toBe(before);
    step(estimator, 2);
    expect(JSON.stringify(estimator.state)).not.toBe(before);
  });
});

describe.each([
  ['none', 'none'],
  ['leave-one-out', 'leave-one-out'],
  ['moving average', movingAverageBaseline()],
  ['learned', learnedBaseline((x) => x.sum([1, 2]))],
] as const)('blocks that share a loss, baseline %s', (_, baseline) => {
  test('have the exact gradient within 5 standard errors', () => {
    const rows = 6000;
    const blocks = [0.5, -1, 0.2, 0, 0.7, -0.3];
    const three = topK({ size: 3, k: 1 });
    // It depends on both blocks together.
    const shared = (z: tf.Tensor): tf.Tensor =>
      z
        .mul([
          [1, -2, 0.5],
          [2, 1, -1],
        ])
        .sum(-1)
        .sum(2)
        .square();
    const exact = tf.grad((x: tf.Tensor) =>
      exactExpectation(three)
        .expectation(x, shared, { key: key(0) })
        .sum(),
    )(tf.tensor3d(blocks, [1, 2, 3]));
    const estimator = scoreFunction(three, { baseline });
    const gradients = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, shared, { key: key(8), samples: 2 }).sum(),
    )(tf.tile(tf.tensor3d(blocks, [1, 2, 3]), [rows, 1, 1]));
    const { mean, variance } = tf.moments(gradients, 0);
    const [means, errors] = [mean.dataSync(), variance.div(rows).sqrt().dataSync()];
    for (const [i, truth] of exact.dataSync().entries()) {
      expect(Math.abs(means[i]! - truth)).toBeLessThan(5 * errors[i]!);
      expect(errors[i]!).toBeLessThan(0.1);
    }
  });
});

test('errors name what does not fit', () => {
  const estimator = scoreFunction(pairs, { baseline: 'leave-one-out' });
  expect(() => estimator.expectation(theta, loss, { key: key(0) })).toThrow(
    /score-function: samples must be at least 2 .*, got 1.*movingAverageBaseline/,
  );
  expect(() => scoreFunction(pairs, { baseline: 'mean' as 'none' })).toThrow(
    /baseline must be none, .* got "mean"/,
  );
  expect(() => movingAverageBaseline({ decay: 1 })).toThrow(
    /moving-average: decay must be in \[0, 1\), got 1/,
  );
  expect(() => learnedBaseline((x) => x, { decay: -1 })).toThrow(
    /learned: decay must be in \[0, 1\), got -1/,
  );
  const infinite = (z: tf.Tensor): tf.Tensor => loss(z).div(0);
  expect(() => scoreFunction(pairs).expectation(theta, infinite, { key: key(0) })).toThrow(
    /score-function: the loss must be finite, got Infinity for state 0/,
  );
});

test('a saved state of another baseline, or none, is refused', () => {
  const estimator = scoreFunction(pairs);
  for (const saved of [null, 3, { baseline: 'none', state: null }]) {
    expect(() => {
      estimator.state = saved;
    }).toThrow(/the saved state must be of baseline "moving-average", got/);
  }
  for (const state of [null, { total: 1 }, { total: Number.NaN, weight: 0.5 }, { total: 1, weight: 2 }]) {
    expect(() => {
      estimator.state = { baseline: 'moving-average', state };
    }).toThrow(/moving-average: the saved state must be/);
  }
  const model = scoreFunction(pairs, { baseline: learnedBaseline((x) => x) });
  expect(() => {
    model.state = { baseline: 'learned', state: { centre: { total: 0, weight: 0 } } };
  }).toThrow(/learned: the saved state must hold the averages/);
});
