import { arborescence, categorical, type Distribution, spanningTree } from '@aimle/distributions';
import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { differentiable, type ExactDistribution } from '../src/index.js';

const distribution = spanningTree({ vertices: 4 });
const trees = differentiable(distribution);
const n = distribution.size;

const theta = [0.3, -1.2, 0.5, 0.9, -0.4, 0.1, 2.5, 0.5, -1.5, 0.25, 0, -0.75];
const other = [0.1, 0.7, -0.9, 1.1, 0.6, -0.2, 1.5, -0.5, 0.5, 1.25, 0.3, 0.75];
/** The same with a forbidden edge in each instance; the other forbids no more. */
const masked = theta.map((x, i) => (i === 1 || i === n + 3 ? -Infinity : x));

type Scalars = (double: Float64Array, second: Float64Array) => Float64Array;

/** An operation that answers one number an instance, on tensors and on arrays of double precision. */
const scalars: [string, (t: tf.Tensor, o: tf.Tensor) => tf.Tensor, Scalars][] = [
  ['logPartition', (t) => trees.logPartition(t), (t) => distribution.logPartition(t)],
  ['entropy', (t) => trees.entropy(t), (t) => distribution.entropy(t)],
  ['kl', (t, o) => trees.kl(t, o), (t, o) => distribution.kl(t, o)],
  ['crossEntropy', (t, o) => trees.crossEntropy(t, o), (t, o) => distribution.crossEntropy(t, o)],
];

/** Central differences of sum_r weight_r f_r in each finite element. */
function differences(
  f: (x: Float64Array) => Float64Array,
  at: readonly number[],
  weights: readonly number[],
): number[] {
  const h = 1e-5;
  const total = (x: Float64Array): number => f(x).reduce((sum, value, r) => sum + weights[r]! * value, 0);
  return at.map((value, i) => {
    if (value === -Infinity) return 0;
    const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
    up[i]! += h;
    down[i]! -= h;
    return (total(up) - total(down)) / (2 * h);
  });
}

function expectClose(actual: tf.Tensor, expected: ArrayLike<number>, tolerance: number): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  for (let i = 0; i < values.length; i++) expect(Math.abs(values[i]! - expected[i]!)).toBeLessThan(tolerance);
}

describe.each([
  ['', theta],
  [' with forbidden elements', masked],
])('of two instances%s', (_, here) => {
  const weights = [2, -3];

  test.each(scalars)('%s has the values of the distribution, and its gradients', (_, onTensors, onArrays) => {
    const [t, o] = [tf.tensor2d(here, [2, n]), tf.tensor2d(other, [2, n])];
    expectClose(onTensors(t, o), onArrays(Float64Array.from(here), Float64Array.from(other)), 2e-6);
    const [first, second] = tf.grads((x: tf.Tensor, y: tf.Tensor) =>
      // Every operation uses the other tensor, so that it has a gradient.
      onTensors(x, y).mul(weights).sum().add(y.sum().mul(0)),
    )([t, o]) as [tf.Tensor, tf.Tensor];
    const there = Float64Array.from(other);
    expectClose(
      first,
      differences((x) => onArrays(x, there), here, weights),
      1e-5,
    );
    const fixed = Float64Array.from(here);
    expectClose(
      second,
      differences((y) => onArrays(fixed, y), other, weights),
      1e-5,
    );
  });

  test('marginals have the values of the distribution, and vector-Jacobian products', () => {
    const t = tf.tensor2d(here, [2, n]);
    expectClose(trees.marginals(t), distribution.marginals(Float64Array.from(here)), 1e-6);
    const gradient = tf.grad((x: tf.Tensor) =>
      trees
        .marginals(x)
        .mul(tf.tensor2d(other, [2, n]))
        .sum(),
    )(t);
    const along = (x: Float64Array): Float64Array => distribution.marginals(x).map((mu, i) => mu * other[i]!);
    expectClose(gradient, differences(along, here, Array(2 * n).fill(1)), 1e-5);
  });

  test('logProbability has the values of the distribution and the gradient of theta, for one state and for samples', () => {
    const t = tf.tensor2d(here, [2, n]);
    const z = trees.sample(t, { key: key(1), samples: 3 });
    expect(z.shape).toEqual([2, 3, n]);
    const rows = (x: Float64Array): Float64Array =>
      Float64Array.from([0, 0, 0, 1, 1, 1].flatMap((r) => [...x.subarray(r * n, (r + 1) * n)]));
    const states = Float64Array.from(z.dataSync());
    const logP = (x: Float64Array): Float64Array => distribution.logProbability(rows(x), states);
    const sampled = [1, -2, 3, 0.5, 4, -1];
    expect(trees.logProbability(t, z).shape).toEqual([2, 3]);
    expectClose(trees.logProbability(t, z), logP(Float64Array.from(here)), 2e-6);
    const gradient = tf.grad((x: tf.Tensor) =>
      trees
        .logProbability(x, z)
        .mul(tf.tensor2d(sampled, [2, 3]))
        .sum(),
    )(t);
    expectClose(gradient, differences(logP, here, sampled), 2e-5);
    const one = trees.mode(t);
    expect(one.shape).toEqual([2, n]);
    const single = tf.grad((x: tf.Tensor) => trees.logProbability(x, one).mul(weights).sum())(t);
    const modes = Float64Array.from(one.dataSync());
    expectClose(
      single,
      differences((x) => distribution.logProbability(x, modes), here, weights),
      1e-5,
    );
  });
});

test('draws and modes are those of the distribution and have no gradient', () => {
  const t = tf.tensor2d(masked, [2, n]);
  const z = new Float32Array(masked.length);
  distribution.solve(Float32Array.from(masked), z, masked.length / distribution.size);
  expect([...trees.mode(t).dataSync()]).toEqual([...z]);
  const drawn = distribution.sample(key(4), Float32Array.from(masked));
  expect([...trees.sample(t, { key: key(4) }).dataSync()]).toEqual([...drawn]);
  for (const of of [(x: tf.Tensor) => trees.mode(x), (x: tf.Tensor) => trees.sample(x, { key: key(4) })]) {
    expect(
      [
        ...tf
          .grad((x: tf.Tensor) => of(x).sum())(t)
          .dataSync(),
      ].every((g) => g === 0),
    ).toBe(true);
  }
});

test('draws of several samples have the marginals for their mean', () => {
  const samples = 4000;
  const t = tf.tensor2d(theta, [2, n]);
  const z = trees.sample(t, { key: key(5), samples });
  const mu = trees.marginals(t).dataSync();
  const mean = z.mean(1).dataSync();
  for (let i = 0; i < 2 * n; i++) {
    // Five standard errors.
    expect(Math.abs(mean[i]! - mu[i]!)).toBeLessThan(5 * Math.sqrt((mu[i]! * (1 - mu[i]!)) / samples));
  }
});

test('a forbidden element has gradient 0 in every operation, never NaN', () => {
  const t = tf.tensor2d(masked, [2, n]);
  const operations: ((x: tf.Tensor) => tf.Tensor)[] = [
    (x) => trees.logPartition(x),
    (x) => trees.marginals(x),
    (x) => trees.entropy(x),
    (x) => trees.kl(x, tf.tensor2d(other, [2, n])),
    (x) => trees.kl(tf.tensor2d(other, [2, n]), x),
    (x) => trees.kl(x, x),
    (x) => trees.crossEntropy(x, x),
    // A state that theta forbids, and a vector that is not a state.
    (x) => trees.logProbability(x, tf.tensor2d([1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0], [2, n])),
  ];
  for (const operation of operations) {
    const gradient = tf
      .grad((x: tf.Tensor) => operation(x).sum())(t)
      .dataSync();
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect([gradient[1], gradient[n + 3]]).toEqual([0, 0]);
  }
});

test.each([[[n]], [[3, n]], [[2, 3, n]], [[2, 1, 3, n]], [[0, n]], [[2, 0, n]]])(
  'takes theta of shape [%s]',
  (shape) => {
    const t = tf.randomNormal(shape, 0, 1, 'float32', 3);
    const inner = shape.slice(0, -1);
    expect(trees.logPartition(t).shape).toEqual(inner);
    expect(trees.entropy(t).shape).toEqual(inner);
    expect(trees.kl(t, tf.zerosLike(t)).shape).toEqual(inner);
    expect(trees.crossEntropy(t, tf.zerosLike(t)).shape).toEqual(inner);
    expect(trees.marginals(t).shape).toEqual(shape);
    expect(trees.mode(t).shape).toEqual(shape);
    expect(trees.sample(t, { key: key(0) }).shape).toEqual(shape);
    const z = trees.sample(t, { key: key(0), samples: 5 });
    expect(z.shape).toEqual(shape.length === 1 ? [5, n] : [shape[0], 5, ...shape.slice(1)]);
    expect(trees.logProbability(t, z).shape).toEqual(z.shape.slice(0, -1));
    expect([...trees.logProbability(t, z).dataSync()].every(Number.isFinite)).toBe(true);
    // With a given dy, since a sum over nothing fails on webgl.
    expect(tf.grad((x: tf.Tensor) => trees.entropy(x))(t, tf.ones(inner)).shape).toEqual(shape);
    const ofSamples = tf.ones(z.shape.slice(0, -1));
    expect(tf.grad((x: tf.Tensor) => trees.logProbability(x, z))(t, ofSamples).shape).toEqual(shape);
  },
);

test('rows of an instance with events belong to it', () => {
  const t = tf.tensor3d([...theta, ...other], [2, 2, n]);
  const z = trees.sample(t, { key: key(0), samples: 3 });
  const logP = trees.logProbability(t, z);
  expect(logP.shape).toEqual([2, 3, 2]);
  for (const [b, s, e] of [
    [0, 2, 1],
    [1, 0, 0],
    [1, 2, 1],
  ] as const) {
    const at = t.slice([b, e, 0], [1, 1, n]).reshape([n]);
    const alone = trees.logProbability(at, z.slice([b, s, e, 0], [1, 1, 1, n]).reshape([n]));
    expect(logP.slice([b, s, e], [1, 1, 1]).dataSync()[0]).toBe(alone.dataSync()[0]);
  }
});

test('a step of training leaves no tensor behind', async () => {
  const variable = tf.variable(tf.tensor2d(theta, [2, n]));
  const prior = tf.tensor2d(other, [2, n]);
  const optimiser = tf.train.sgd(0.1);
  await expectNoLeak(tf, () => {
    tf.tidy(() => {
      optimiser.minimize(() => {
        const z = trees.sample(variable, { key: key(3), samples: 2 });
        const terms = [
          trees.kl(variable, prior),
          trees.entropy(variable),
          trees.crossEntropy(prior, variable),
        ];
        return tf
          .addN(terms)
          .add(trees.logPartition(variable))
          .sum()
          .add(trees.marginals(variable).square().sum())
          .add(trees.logProbability(variable, z).sum()) as tf.Scalar;
      });
    });
    trees.kl(prior, prior).dispose();
    trees.mode(prior).dispose();
  });
});

test('takes any distribution', () => {
  const rooted: Distribution = arborescence({ vertices: 3, root: 0 });
  const exact: ExactDistribution = differentiable(rooted);
  expect(exact.distribution).toBe(rooted);
  expectClose(exact.marginals(tf.zeros([6])), [2 / 3, 2 / 3, 0, 1 / 3, 0, 1 / 3], 1e-7);
});

test('errors name what does not fit', () => {
  const t = tf.zeros([2, n]);
  expect(() => trees.logPartition(tf.zeros([2, 5]))).toThrow(
    /spanningTree: the last axis of theta must be the size of spanningTree, 6, got shape \[2,5\]/,
  );
  expect(() => trees.kl(t, tf.zeros([n]))).toThrow(
    /spanningTree: other must have theta's shape, \[2,6\], got \[6\]/,
  );
  expect(() => trees.logProbability(t, tf.zeros([3, 2, n]))).toThrow(
    /spanningTree: z must have theta's shape, \[2,6\], or \[2,S,6\] for S samples, got \[3,2,6\]/,
  );
  expect(() => trees.sample(t, { key: key(0), samples: 0 })).toThrow(
    /samples must be a positive integer, got 0/,
  );
  expect(() => trees.marginals(tf.fill([2, n], Number.NaN))).toThrow(/spanningTree: theta must be finite/);
  expect(() => trees.entropy(tf.fill([2, n], -Infinity))).toThrow(/spanningTree: instance 0 has no state/);
});

describe('second derivatives', () => {
  test.each(['maximise', 'minimise'] as const)('of logPartition are exact: %s', (sense) => {
    const choice = categorical({ size: 3, sense });
    const { logPartition } = differentiable(choice);
    const theta = tf.tensor2d([
      [0.5, 1, -1],
      [0.2, 0, 2],
    ]);
    const slope = (x: tf.Tensor) => tf.grad((t: tf.Tensor) => logPartition(t).sum())(x);
    const penalised = tf.grad((x: tf.Tensor) => x.sum().add(slope(x).square().sum()))(theta);
    // The oracle: central differences of sum(theta) + |mu|^2, for the gradient of A is mu up to a sign.
    const value = (x: Float64Array): number =>
      x.reduce((sum, score) => sum + score, 0) + choice.marginals(x).reduce((sum, mu) => sum + mu * mu, 0);
    for (const [i, found] of penalised.dataSync().entries()) {
      const moved = (step: number) => Float64Array.from(theta.dataSync(), (x, j) => x + (i === j ? step : 0));
      expect(found).toBeCloseTo((value(moved(1e-5)) - value(moved(-1e-5))) / 2e-5, 5);
    }
  });

  test('of anything else are an error that names the distribution', () => {
    const { entropy, marginals } = differentiable(categorical({ size: 3 }));
    for (const of of [entropy, marginals]) {
      const slope = (x: tf.Tensor) => tf.grad((t: tf.Tensor) => of(t).square().sum())(x);
      expect(() => tf.grad((x: tf.Tensor) => slope(x).square().sum())(tf.tensor1d([0.5, 1, -1]))).toThrow(
        /^categorical: has no second derivative/,
      );
    }
  });
});
