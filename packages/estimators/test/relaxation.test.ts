import { foldIn, gumbel, key, noNoise } from '@aimle/random';
import { categorical, type Sense, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, concreteSubset, gumbelSoftmax, type Layer, relaxedSubset } from '../src/index.js';

const size = 6;
const temperature = 0.7;
const theta = tf.tensor2d([
  [0.3, -1.2, 2, 0.7, -0.4, 1.1],
  [-0.5, 0.9, 0.1, 1.7, -2, 0],
]);

/** Gumbel noise as an estimator draws it, [B, S, ...]. */
function noise(shape: number[], seed: number): tf.Tensor {
  const epsilon = new Float32Array(tf.util.sizeFromShape(shape));
  gumbel().fill(foldIn(key(seed), 'epsilon'), epsilon);
  return tf.tensor(epsilon, shape);
}

const others = tf.sub(tf.ones([size, size]), tf.eye(size));

/** The formulae of the papers as they stand, on tensors, for scores of ordinary size. */
const textbook: readonly {
  name: string;
  build(sense: Sense): Layer;
  states(scores: tf.Tensor, samples: number, seed: number): tf.Tensor;
}[] = [
  {
    name: 'gumbelSoftmax',
    build: (sense) => gumbelSoftmax(categorical({ size, sense }), { temperature }),
    states: (scores, samples, seed) =>
      tf.softmax(
        scores
          .expandDims(1)
          .add(noise([2, samples, size], seed))
          .div(temperature),
      ),
  },
  {
    name: 'concreteSubset',
    build: (sense) => concreteSubset(topK({ size, k: 3, sense }), { temperature }),
    states: (scores, samples, seed) => {
      const perturbed = scores.reshape([2, 1, 1, size]).add(noise([2, samples, 3, size], seed));
      return tf.softmax(perturbed.div(temperature)).max(2);
    },
  },
  {
    name: 'relaxedSubset',
    build: (sense) => relaxedSubset(topK({ size, k: 3, sense }), { temperature }),
    states: (scores, samples, seed) => {
      let w = scores.expandDims(1).add(noise([2, samples, size], seed));
      let z: tf.Tensor = tf.zerosLike(w);
      for (let draw = 0; draw < 3; draw++) {
        const p = tf.softmax(w.div(temperature));
        z = z.add(p);
        // 1 - p, as the sum of the others: of a p near 1, single precision would leave few digits.
        w = w.add(tf.log(tf.dot(p.reshape([-1, size]), others).reshape(p.shape)));
      }
      return z;
    },
  },
];

describe.each(textbook)('$name', ({ build, states }) => {
  test.each([
    ['maximise', 1],
    ['maximise', 4],
    ['minimise', 3],
  ] as const)('has the states and the gradient of the published formula, %s, S = %i', (sense, samples) => {
    const weights = tf.randomNormal([2, samples, size], 0, 1, 'float32', 4);
    const layer = build(sense);
    const direct = (x: tf.Tensor) => states(sense === 'maximise' ? x : x.neg(), samples, 5);
    const ours = (x: tf.Tensor) => layer.sample(x, { key: key(5), samples });
    const [expected, got] = [direct(theta).dataSync(), ours(theta).dataSync()];
    for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
    const slope = (f: (x: tf.Tensor) => tf.Tensor) =>
      tf
        .grad((x: tf.Tensor) => f(x).square().mul(weights).sum())(theta)
        .dataSync();
    const [expectedSlope, gotSlope] = [slope(direct), slope(ours)];
    for (const [i, value] of expectedSlope.entries()) expect(gotSlope[i]).toBeCloseTo(value, 4);
  });
});

describe('a relaxed subset', () => {
  /** z and the gradient of <weights, z>, without noise. */
  function relax(scores: number[], k: number, tau: number, weights: number[]): [number[], number[]] {
    const layer = relaxedSubset(topK({ size: scores.length, k }), { temperature: tau, noise: noNoise() });
    const z = (x: tf.Tensor) => layer.sample(x, { key: key(0) });
    const x = tf.tensor1d(scores);
    return [
      [...z(x).dataSync()],
      [
        ...tf
          .grad((y: tf.Tensor) => z(y).mul(weights).sum())(x)
          .dataSync(),
      ],
    ];
  }

  test('keeps what it chose, however far ahead: where log(1 - p) of single precision is lost', () => {
    const [z, slope] = relax([1000, 0, -1000, 5], 2, 0.5, [1, 2, 3, 4]);
    // 5 leads 0 by 10 temperatures: it has 1 / (1 + e^-10) of the second choice.
    const second = 1 / (1 + Math.exp(-10));
    for (const [i, value] of [1, 1 - second, 0, second].entries()) expect(z[i]).toBeCloseTo(value, 6);
    const curvature = (second * (1 - second)) / 0.5;
    for (const [i, value] of [0, -2 * curvature, 0, 2 * curvature].entries())
      expect(slope[i]).toBeCloseTo(value, 6);
  });

  test('takes everything where k is n', () => {
    const [z] = relax([5, -3, 0.2], 3, 0.2, [1, 2, 3]);
    for (const value of z) expect(value).toBeCloseTo(1, 4);
    expect(relax([7], 1, 0.5, [3])).toEqual([[1], [0]]);
  });

  test('puts an infinite score before every finite one, and gives it no gradient', () => {
    const [z, slope] = relax(
      [0, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY],
      2,
      0.5,
      [1, 2, 3, 4],
    );
    const second = 1 / (1 + Math.exp(-2));
    for (const [i, value] of [1 - second, 1, second, 0].entries()) expect(z[i]).toBeCloseTo(value, 6);
    expect(slope[1]).toBe(0);
    expect(slope[3]).toBe(0);
    expect(slope[2]).toBeCloseTo((2 * second * (1 - second)) / 0.5, 6);
  });

  test('shares what is left among equal infinities, which have no gradient', () => {
    const [z, slope] = relax([Infinity, 1, Infinity, Infinity], 2, 0.5, [1, 2, 3, 5]);
    for (const [i, value] of [2 / 3, 0, 2 / 3, 2 / 3].entries()) expect(z[i]).toBeCloseTo(value, 6);
    expect(slope).toEqual([0, 0, 0, 0]);
  });

  test('becomes the k-subset of its scores as the temperature falls', () => {
    const soft = relaxedSubset(topK({ size: 10, k: 4 }), { temperature: 0.01 });
    const hard = relaxedSubset(topK({ size: 10, k: 4 }), { temperature: 0.01, hard: true });
    const of = (layer: Layer) => layer.sample(tf.zeros([50, 10]), { key: key(3) });
    const distance = tf.sub(of(soft), of(hard)).abs().sum(-1).dataSync();
    // Only where the fourth and the fifth score are a few hundredths apart do the two differ.
    expect(distance.filter((d) => d > 0.01).length).toBeLessThan(20);
  });
});

test.each([
  ['gumbelSoftmax', 1, gumbelSoftmax],
  ['relaxedSubset', 4, relaxedSubset],
] as const)('hard %s shows the states that aimle shows, with the relaxed gradient', (_name, k, build) => {
  for (const sense of ['maximise', 'minimise'] as const) {
    const solver = topK({ size: 9, k, sense });
    const x = tf.randomNormal([4, 9], 0, 1, 'float32', 2);
    const of = (layer: Layer) => [...layer.sample(x, { key: key(8), samples: 5 }).dataSync()];
    expect(of(build(solver, { hard: true }))).toEqual(of(aimle(solver)));
    const weights = tf.randomNormal([4, 5, 9], 0, 1, 'float32', 3);
    const slope = (layer: Layer) => [
      ...tf
        .grad((y: tf.Tensor) =>
          layer
            .sample(y, { key: key(8), samples: 5 })
            .mul(weights)
            .sum(),
        )(x)
        .dataSync(),
    ];
    expect(slope(build(solver, { hard: true }))).toEqual(slope(build(solver, { hard: false })));
  }
});

test('relaxations say which solvers and temperatures they take', () => {
  expect(() => relaxedSubset(spanningTree({ vertices: 4 }))).toThrow(
    /relaxed-subset: needs .*topK.*got spanningTree.*stochasticSoftmax/,
  );
  expect(() => gumbelSoftmax(topK({ size: 4, k: 2 }))).toThrow(
    /chooses one of n, got topK with k = 2.*relaxedSubset/,
  );
  expect(() => concreteSubset(topK({ size: 4, k: 2 }), { temperature: 0 })).toThrow(
    /concrete-subset: temperature must be a positive finite number, got 0/,
  );
});
