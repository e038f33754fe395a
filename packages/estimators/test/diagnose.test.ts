import { type Distribution, spanningTree, topK as topKDistribution } from '@aimle/distributions';
import { fillNormal, gumbel, type Key, key } from '@aimle/random';
import { type Solver, topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  describeDiagnosis,
  diagnose,
  differentiable,
  type Estimator,
  imle,
  perturbedScoreFunction,
  straightThrough,
} from '../src/index.js';

const c = [1, -2, 3, 0.5, -1];
const linear = (z: tf.Tensor): tf.Tensor => z.mul(c.slice(0, z.shape.at(-1))).sum(-1);
const square = (z: tf.Tensor): tf.Tensor => linear(z).square();
const subsetsOf5 = topKDistribution({ size: 5, k: 2 });
const lastStep = {
  solverCalls: 1,
  samples: 1,
  lambda: null,
  changedCoordinates: null,
  changedShare: null,
  sparsity: null,
};

/** An estimator with any gradient. */
function estimatorOf(
  expectation: Estimator['expectation'],
  solver: Solver = topK({ size: 5, k: 2 }),
): Estimator {
  const options = {};
  return { name: 'made up', solver, options, state: null, mode: (theta) => theta, expectation, lastStep };
}

/** The gradient of <c, mu>, exactly, by the vector-Jacobian product of the marginals. */
const exact = (distribution: Distribution): Estimator =>
  estimatorOf((theta) => linear(differentiable(distribution).marginals(theta)), distribution);

/** A fixed slope and normal noise around it. */
const noisy = (slope: readonly number[], width: number): Estimator =>
  estimatorOf((theta, _loss, { key }: { key: Key }) => {
    const noise = new Float32Array(slope.length);
    fillNormal(key, noise);
    return theta.mul(slope.map((value, i) => value + width * noise[i]!)).sum(-1);
  });

describe('against the truth', () => {
  test.each([[[5]], [[3, 5]], [[2, 3, 5]]])(
    'the sum over states has the gradient of the marginals, theta of shape %s',
    (shape) => {
      const theta = tf.randomNormal(shape, 0, 1, 'float32', 3);
      // Every instance has its own loss.
      const own = tf.randomNormal(shape, 0, 1, 'float32', 4);
      const loss = (z: tf.Tensor): tf.Tensor => z.mul(own.expandDims(Math.min(shape.length - 1, 1))).sum(-1);
      const marginals = estimatorOf((x) => differentiable(subsetsOf5).marginals(x).mul(own).sum(-1));
      const { truth, instances } = diagnose(marginals, theta, loss, {
        key: key(1),
        repeats: 2,
        truth: subsetsOf5,
      });
      expect(instances).toBe(shape.slice(0, -1).reduce((product, axis) => product * axis, 1));
      expect(truth!.cosine.mean).toBeCloseTo(1, 6);
      expect(truth!.scale.mean).toBeCloseTo(1, 5);
      expect(truth!.bias.value).toBeLessThan(1e-5);
    },
  );

  test('of a loss that the blocks of an instance share is the sum over all their states together', () => {
    const two = topKDistribution({ size: 3, k: 1 });
    const theta = tf.tensor3d([
      [
        [0.5, 0, -1],
        [0, 1, 0],
      ],
    ]);
    // (first coordinate of block 1) * (second of block 2), whose expectation is a product of marginals.
    const both = (z: tf.Tensor): tf.Tensor => {
      const [one, other] = tf.unstack(z, 2) as [tf.Tensor, tf.Tensor];
      return one
        .mul([1, 0, 0])
        .sum(-1)
        .mul(other.mul([0, 1, 0]).sum(-1));
    };
    const [p, q] = [
      [0.5, 0, -1],
      [0, 1, 0],
    ].map((logits) => {
      const weights = logits.map(Math.exp);
      return weights.map((w) => w / weights.reduce((a, b) => a + b));
    }) as [number[], number[]];
    const slope = [
      ...p.map((mu, i) => q[1]! * p[0]! * (Number(i === 0) - mu)),
      ...q.map((mu, i) => p[0]! * q[1]! * (Number(i === 1) - mu)),
    ];
    const known = estimatorOf((x) => x.mul(tf.reshape(tf.tensor1d(slope), [1, 2, 3])).sum([1, 2]));
    const found = diagnose(known, theta, both, { key: key(1), repeats: 2, truth: two }).truth!;
    expect(found.bias.value).toBeLessThan(1e-5);
    expect(found.scale.mean).toBeCloseTo(1, 5);
  });

  test('of a minimiser is that of exp(-<theta, z>)', () => {
    const theta = tf.tensor2d([[1, 0, -1, 0.5, 2]]);
    const cheapest = topKDistribution({ size: 5, k: 2, sense: 'minimise' });
    const options = { key: key(1), repeats: 2, truth: cheapest };
    expect(diagnose(exact(cheapest), theta, linear, options).truth!.scale.mean).toBeCloseTo(1, 5);
    expect(() => diagnose(exact(subsetsOf5), theta, linear, options)).toThrow(
      /the truth topK must maximise, as the estimator's topK, got one that minimises/,
    );
  });

  test('a loss that is no sum over coordinates, a structure of trees and a masked edge', () => {
    const trees = spanningTree({ vertices: 3 });
    const theta = tf.tensor1d([0.3, -0.2, 0.9]);
    // Three trees: the gradient is sum p L (z - mu), written out.
    const states = [
      [1, 1, 0],
      [1, 0, 1],
      [0, 1, 1],
    ];
    const weights = states.map((z) => Math.exp(0.3 * z[0]! - 0.2 * z[1]! + 0.9 * z[2]!));
    const total = weights.reduce((a, b) => a + b);
    const losses = states.map((z) => (z[0]! - 2 * z[1]! + 3 * z[2]!) ** 2);
    const mean = losses.reduce((sum, value, i) => sum + (value * weights[i]!) / total, 0);
    const slope = [0, 1, 2].map((e) =>
      states.reduce((sum, z, i) => sum + (weights[i]! / total) * z[e]! * (losses[i]! - mean), 0),
    );
    const found = diagnose(noisy(slope, 0), theta, square, { key: key(1), truth: trees }).truth!;
    expect(found.bias.value).toBeLessThan(1e-6);
    expect(found.scale.mean).toBeCloseTo(1, 6);
    const masked = tf.tensor1d([0, 0, -Infinity]);
    expect(diagnose(noisy(slope, 0), masked, square, { key: key(1), truth: trees }).truth).toBeNull();
  });

  test('an unbiased estimator is unbiased within its error, and one of half the scale is not', () => {
    const theta = tf.tensor2d([
      [1, 0, -1, 0.5, 2],
      [0, 0, 0, 0, 0],
    ]);
    const options = { key: key(2), samples: 20, repeats: 200, truth: topKDistribution({ size: 5, k: 1 }) };
    const { truth } = diagnose(
      perturbedScoreFunction(topK({ size: 5, k: 1 }), { noise: gumbel() }),
      theta,
      square,
      options,
    );
    expect(truth!.bias.value).toBeLessThan(2 * truth!.bias.error);
    expect(truth!.bias.error).toBeLessThan(0.1);
    expect(Math.abs(truth!.scale.mean - 1)).toBeLessThan(4 * truth!.scale.error);
    expect(truth!.cosine.error).toBeLessThan(0.02);
    const halved = diagnose(noisy([1, 2], 0.1), tf.zeros([2]), linear, {
      key: key(1),
      truth: tf.tensor1d([2, 4]),
    }).truth!;
    expect(Math.abs(halved.bias.value - 0.5)).toBeLessThan(3 * halved.bias.error);
    expect(Math.abs(halved.scale.mean - 0.5)).toBeLessThan(4 * halved.scale.error);
  });

  test('the bias is corrected for chance', () => {
    // In 60 dimensions chance is nearly constant: without the correction the bias would be a whole error, not a part.
    const slope = Array.from({ length: 60 }, (_, i) => Math.sin(i));
    const truth = tf.tensor1d(slope);
    const { bias } = diagnose(noisy(slope, 1), tf.zeros([60]), linear, { key: key(5), truth }).truth!;
    expect(bias.error).toBeGreaterThan(0.1);
    expect(bias.value).toBeLessThan(0.6 * bias.error);
  });

  test('straight-through has the bias that it is known for: its gradient is c, whatever theta', () => {
    const theta = tf.tensor2d([[1, 0, -1, 0.5, 2]]);
    const estimator = straightThrough(topK({ size: 5, k: 2 }), { noise: gumbel() });
    const found = diagnose(estimator, theta, linear, { key: key(1), samples: 3, truth: subsetsOf5 });
    const slope = new Float64Array(5);
    subsetsOf5.covarianceProduct(Float64Array.of(1, 0, -1, 0.5, 2), Float64Array.from(c), slope);
    const norm = Math.hypot(...slope);
    const off = Math.hypot(...c.map((value, i) => value - slope[i]!));
    expect(found.truth!.bias.value).toBeCloseTo(off / norm, 4);
    const along = c.reduce((sum, value, i) => sum + value * slope[i]!, 0);
    expect(found.truth!.cosine.mean).toBeCloseTo(along / (norm * Math.hypot(...c)), 5);
    expect(found.truth!.cosine.error).toBeLessThan(1e-6);
    expect({ ...found, truth: null }).toMatchObject({
      lambda: null,
      changedShare: null,
      sparsity: 0,
      solverCalls: 1,
    });
    expect(describeDiagnosis(found)).toContain('is biased');
  });

  test('an instance without a gradient does not count, and a zero estimate counts as zero', () => {
    const truth = tf.tensor2d([
      [0, 0],
      [3, 4],
    ]);
    const half = estimatorOf((theta) =>
      theta
        .mul([
          [1, 1],
          [3, 4],
        ])
        .sum(-1),
    );
    const options = { key: key(1), repeats: 2, truth };
    expect(diagnose(half, tf.zeros([2, 2]), linear, options).truth!.cosine.mean).toBeCloseTo(1, 6);
    const nothing = estimatorOf((theta) => theta.mul(0).sum(-1));
    const found = diagnose(nothing, tf.zeros([2, 2]), linear, options);
    expect(found.truth!.cosine.mean).toBe(0);
    expect(found).toMatchObject({ zeroGradients: 1, sparsity: 1, signalToNoise: null });
  });
});

test('signal to noise is |E G|^2 / tr Cov G', () => {
  const slope = [1, 2, 0, -2];
  const found = diagnose(noisy(slope, 1.5), tf.zeros([4]), linear, { key: key(3), repeats: 2000 });
  // 9 / (4 * 1.5^2) = 1; its standard error at 2,000 repetitions is about 2 / sqrt(2000).
  expect(Math.abs(found.signalToNoise! - 1)).toBeLessThan(0.15);
  const drowned = diagnose(noisy([0, 0, 0, 1e-3], 1), tf.zeros([4]), linear, { key: key(3) });
  expect(describeDiagnosis(drowned)).toContain('does not stand out from noise');
});

test('is plain JSON, the same for the same key, and leaves no tensor behind', async () => {
  const theta = tf.tensor2d([[1, 0, -1, 0.5, 2]]);
  const layer = imle(topK({ size: 5, k: 2 }), { lambda: 1 });
  const run = () => diagnose(layer, theta, square, { key: key(4), repeats: 4, truth: subsetsOf5 });
  const found = run();
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  await expectNoLeak(tf, () => {
    expect(run()).toEqual(found);
  });
});

test('passes the context to the layer', () => {
  const contexts: unknown[] = [];
  const watching = estimatorOf((theta, loss, options) => {
    contexts.push(options.context);
    return loss(theta.expandDims(0)).sum();
  });
  diagnose(watching, tf.zeros([5]), linear, { key: key(1), repeats: 2, context: { budget: [3] } });
  expect(contexts).toEqual([{ budget: [3] }, { budget: [3] }]);
});

test('refuses what cannot be diagnosed', () => {
  const layer = straightThrough(topK({ size: 5, k: 2 }));
  const theta = tf.zeros([2, 5]);
  const ask = (options: object) => () => diagnose(layer, theta, linear, { key: key(1), ...options });
  expect(ask({ repeats: 1 })).toThrow('diagnose: repeats must be an integer of at least 2, got 1');
  expect(ask({ samples: 0 })).toThrow('samples must be a positive integer, got 0');
  expect(ask({ truth: topKDistribution({ size: 4, k: 2 }) })).toThrow(
    "must have the size of theta's last axis, 5, got 4",
  );
  expect(ask({ truth: tf.zeros([5]) })).toThrow("the truth must have theta's shape, [2,5], got [5]");
  const many = () =>
    diagnose(exact(topKDistribution({ size: 20, k: 10 })), tf.zeros([20]), (z: tf.Tensor) => z.sum(-1), {
      key: key(1),
      truth: topKDistribution({ size: 20, k: 10 }),
    });
  expect(many).toThrow('is a sum over its states, at most 100,000, and it has more');
  expect(() => diagnose(layer, theta, (z) => z.sum(), { key: key(1), truth: subsetsOf5 })).toThrow(
    'the loss must return one number per state',
  );
});
