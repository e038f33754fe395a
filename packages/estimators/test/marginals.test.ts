import {
  betweenK,
  categorical as categoricalDistribution,
  type Distribution,
  spanningTree as spanningTreeDistribution,
  topK as topKDistribution,
} from '@aimle/distributions';
import { foldIn, gumbel, key, noNoise } from '@aimle/random';
import { categorical, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  differentiable,
  exactExpectation,
  gumbelSoftmax,
  simple,
  stochasticSoftmax,
  straightThrough,
} from '../src/index.js';

const theta = tf.tensor2d([
  [0.3, -1.2, 2, 0.7, -0.4, 1.1],
  [-0.5, 0.9, 0.1, 1.7, -2, 0],
]);
const structures: readonly Distribution[] = [
  categoricalDistribution({ size: 6 }),
  topKDistribution({ size: 6, k: 3 }),
  betweenK({ size: 6, low: 1, high: 4 }),
  spanningTreeDistribution({ vertices: 4 }),
];

function expectClose(actual: tf.Tensor, expected: ArrayLike<number>, tolerance: number): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  for (let i = 0; i < values.length; i++) expect(Math.abs(values[i]! - expected[i]!)).toBeLessThan(tolerance);
}

describe.each(structures)('simple of $name', (distribution) => {
  const exact = differentiable(distribution);

  test('has states that are the distribution’s own, with its marginals for their mean', () => {
    const samples = 4000;
    const layer = simple(distribution);
    const z = layer.sample(theta, { key: key(1), samples });
    const logP = exact.logProbability(theta, z);
    expect([...logP.dataSync()].every(Number.isFinite)).toBe(true);
    const mu = exact.marginals(theta).dataSync();
    for (const [i, mean] of z.mean(1).dataSync().entries()) {
      expect(Math.abs(mean - mu[i]!)).toBeLessThan(5 * Math.sqrt((mu[i]! * (1 - mu[i]!)) / samples));
    }
    expect(layer.lastStep?.solverCalls).toBe(0);
  });

  test.each([1, 3])(
    'takes the vjp of the marginals at the mean gradient of the samples, S = %i',
    (samples) => {
      const weights = tf.randomNormal([2, samples, 6], 0, 1, 'float32', 4);
      const layer = simple(distribution);
      const gradient = tf.grad((x: tf.Tensor) =>
        layer
          .sample(x, { key: key(2), samples })
          .mul(weights)
          .mean(1)
          .sum(),
      )(theta);
      const through = tf.grad((x: tf.Tensor) => exact.marginals(x).mul(weights.mean(1)).sum())(theta);
      expectClose(gradient, through.dataSync(), 1e-6);
    },
  );

  test('has the gradient of its surrogate, stop(z - mu) + mu, of a loss that is not linear', () => {
    const weights = tf.randomNormal([1, 1, 6], 0, 1, 'float32', 4);
    const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).square().sum();
    const layer = simple(distribution);
    const options = { key: key(2), samples: 2 };
    const z = layer.sample(theta, options);
    const mu = exact.marginals(theta).expandDims(1);
    const surrogate = tf.grad((x: tf.Tensor) => loss(z.sub(mu).add(exact.marginals(x).expandDims(1))))(theta);
    const gradient = tf.grad((x: tf.Tensor) => loss(layer.sample(x, options)))(theta);
    expectClose(gradient, surrogate.dataSync(), 2e-5);
  });
});

test('simple is exact for a linear loss, with a single sample', () => {
  const pairs = topKDistribution({ size: 6, k: 2 });
  const loss = (z: tf.Tensor): tf.Tensor => z.mul([1, -2, 3, 0.5, 0, 1]).sum(-1);
  const [ours, truth] = [simple(pairs), exactExpectation(pairs)].map((estimator) =>
    tf.grad((x: tf.Tensor) => estimator.expectation(x, loss, { key: key(0) }).sum())(theta),
  );
  expectClose(ours!, truth!.dataSync(), 1e-6);
});

describe.each(structures)('stochasticSoftmax of $name', (distribution) => {
  const exact = differentiable(distribution);
  const temperature = 0.7;
  const samples = 3;
  const options = { key: key(5), samples };
  const weights = tf.randomNormal([2, samples, 6], 0, 1, 'float32', 4);

  /** (theta + epsilon) / tau on tensors, with the noise as an estimator draws it. */
  function scores(x: tf.Tensor): tf.Tensor {
    const epsilon = new Float32Array(2 * samples * 6);
    gumbel().fill(foldIn(key(5), 'epsilon'), epsilon);
    return x
      .expandDims(1)
      .add(tf.tensor3d(epsilon, [2, samples, 6]))
      .div(temperature);
  }

  const soft = stochasticSoftmax(distribution, { temperature });
  const square = (f: (x: tf.Tensor) => tf.Tensor) =>
    tf.grad((x: tf.Tensor) => f(x).square().mul(weights).sum())(theta);

  test('has the marginals of its scores for states, and their gradient', () => {
    const z = soft.sample(theta, options);
    expectClose(z, exact.marginals(scores(theta)).dataSync(), 1e-5);
    expect(soft.lastStep?.solverCalls).toBe(0);
    const textbook = square((x) => exact.marginals(scores(x)));
    expectClose(
      square((x) => soft.sample(x, options)),
      textbook.dataSync(),
      1e-5,
    );
  });

  test('in its hard form shows the best states of its scores, with the relaxed gradient', () => {
    const hard = stochasticSoftmax(distribution, { temperature, hard: true });
    const z = hard.sample(theta, options);
    expect([...z.dataSync()]).toEqual([...exact.mode(scores(theta)).dataSync()]);
    expect(hard.lastStep?.solverCalls).toBe(1);
    const near = stochasticSoftmax(distribution, { hard: true, maxRange: 1e-3 });
    expect([...near.sample(theta, options).dataSync()]).toEqual([...z.dataSync()]);
    const along = (layer: typeof hard) =>
      tf.grad((x: tf.Tensor) => layer.sample(x, options).mul(weights).sum())(theta);
    expectClose(along(hard), along(soft).dataSync(), 1e-6);
  });

  test('raises what lies out of range to its edge, where it moves with the largest', () => {
    const maxRange = 1.5;
    const narrow = stochasticSoftmax(distribution, { temperature, maxRange });
    const cut = (x: tf.Tensor): tf.Tensor => {
      const w = scores(x);
      return tf.maximum(w, tf.tile(w.max(-1, true).sub(maxRange), [1, 1, 6]));
    };
    const wide = soft.sample(theta, options);
    const z = narrow.sample(theta, options);
    expectClose(z, exact.marginals(cut(theta)).dataSync(), 1e-5);
    expect(z.sub(wide).abs().max().dataSync()[0]!).toBeGreaterThan(0.01);
    const textbook = square((x) => exact.marginals(cut(x)));
    expectClose(
      square((x) => narrow.sample(x, options)),
      textbook.dataSync(),
      1e-5,
    );
  });

  test('becomes the best state as the temperature falls', () => {
    const cold = stochasticSoftmax(distribution, { temperature: 1e-5 });
    const hard = stochasticSoftmax(distribution, { hard: true });
    expectClose(cold.sample(theta, options), hard.sample(theta, options).dataSync(), 1e-5);
  });

  test('keeps what is forbidden out, also out of a range', () => {
    const masked = tf.tensor2d([[0, -Infinity, 1, 0.5, 0.3, 0.2]]);
    for (const maxRange of [2, Infinity]) {
      const layer = stochasticSoftmax(distribution, { maxRange });
      const value = (x: tf.Tensor) => layer.sample(x, options);
      expect([...value(masked).gather([1], 2).dataSync()]).toEqual([0, 0, 0]);
      const gradient = tf
        .grad((x: tf.Tensor) => value(x).square().sum())(masked)
        .dataSync();
      expect(gradient.every(Number.isFinite)).toBe(true);
      expect(gradient[1]).toBe(0);
    }
  });
});

test('of one of n, a stochastic softmax is the Gumbel-softmax', () => {
  const temperature = 0.4;
  const options = { key: key(3), samples: 4 };
  const ours = stochasticSoftmax(categoricalDistribution({ size: 6 }), { temperature });
  const theirs = gumbelSoftmax(categorical({ size: 6 }), { temperature });
  expectClose(ours.sample(theta, options), theirs.sample(theta, options).dataSync(), 1e-5);
});

test('hard states are those that a solver finds under the same noise', () => {
  const options = { key: key(3), samples: 4 };
  for (const [distribution, solver] of [
    [topKDistribution({ size: 6, k: 2 }), topK({ size: 6, k: 2 })],
    [spanningTreeDistribution({ vertices: 4 }), spanningTree({ vertices: 4 })],
  ] as const) {
    const ours = stochasticSoftmax(distribution, { hard: true }).sample(theta, options);
    const theirs = straightThrough(solver, { noise: gumbel() }).sample(theta, options);
    expect([...ours.dataSync()]).toEqual([...theirs.dataSync()]);
  }
});

test('without noise all samples are the marginals of theta', () => {
  const z = stochasticSoftmax(topKDistribution({ size: 6, k: 2 }), { noise: noNoise() }).sample(theta, {
    key: key(0),
    samples: 2,
  });
  const mu = [
    ...differentiable(topKDistribution({ size: 6, k: 2 }))
      .marginals(theta)
      .dataSync(),
  ];
  expectClose(z, [...mu.slice(0, 6), ...mu.slice(0, 6), ...mu.slice(6), ...mu.slice(6)], 1e-6);
});

test('errors name what does not fit, and its instance', () => {
  const pairs = topKDistribution({ size: 6, k: 3 });
  for (const temperature of [0, -1, Number.NaN, Infinity]) {
    expect(() => stochasticSoftmax(pairs, { temperature })).toThrow(
      /temperature must be a positive finite number/,
    );
  }
  expect(() => stochasticSoftmax(pairs, { maxRange: 0 })).toThrow(
    /maxRange must be a positive number, got 0/,
  );
  const none = tf.concat([theta, tf.fill([1, 6], -Infinity)]);
  for (const layer of [simple(pairs), stochasticSoftmax(pairs)]) {
    expect(() => layer.sample(none, { key: key(0), samples: 5 })).toThrow(/topK: instance 2 has no state/);
    expect(() => layer.sample(tf.fill([2, 6], Infinity), { key: key(0), samples: 5 })).toThrow(
      /topK: theta must be finite, .* got Infinity in instance 0 at element 0/,
    );
  }
});
