import { gumbel, key } from '@aimle/random';
import { type Solver, type TopKOptions, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  estimators,
  fixed,
  imle,
  type Layer,
  noiseScaled,
  type PerturbationPolicy,
  paperAdaptive,
} from '../src/index.js';
import { identitySolver } from './solversForTests.js';

const shapes = [[5], [1, 5], [3, 5], [2, 3, 5], [2, 2, 2, 5]];

/** The gradient in theta of sum(weights * z), and the weights. */
function pullBack(
  layer: Layer,
  shape: number[],
  samples: number,
): { gradient: number[]; weights: tf.Tensor } {
  const theta = tf.randomNormal(shape, 0, 1, 'float32', 3);
  const zShape = layer.apply(theta, { key: key(5), samples }).z.shape;
  const weights = tf.randomNormal(zShape, 0, 1, 'float32', 4);
  const gradient = tf.grad((x: tf.Tensor) =>
    layer
      .apply(x, { key: key(5), samples })
      .z.mul(weights)
      .sum(),
  )(theta);
  expect(gradient.shape).toEqual(shape);
  return { gradient: [...gradient.dataSync()], weights };
}

const alwaysIdentity = estimators.filter(({ identity }) => identity === 'always');

describe.each(alwaysIdentity)('$name through a solver that returns its input', ({ build, name }) => {
  describe.each(['maximise', 'minimise'] as const)('%s', (sense) => {
    test.each(shapes)('is the identity for theta of shape %s and any S', (...shape) => {
      for (const samples of [1, 4]) {
        const layer = build(identitySolver(5, sense), gumbel());
        const { gradient, weights } = pullBack(layer, shape, samples);
        const expected = [...weights.sum(shape.length === 1 ? 0 : 1).dataSync()];
        // Straight-through is the identity by decree, turned round for a minimiser, not by what its solver does.
        const sign = name === 'straight-through' && sense === 'minimise' ? -1 : 1;
        for (const [i, value] of expected.entries()) expect(gradient[i]).toBeCloseTo(sign * value, 3);
      }
    });
  });
});

const meanIdentity = estimators.filter(({ identity }) => identity === 'in-the-mean');

describe.each(meanIdentity)('$name through a solver that returns its input', ({ build }) => {
  test.each([
    ['maximise', 1],
    ['maximise', 3],
    ['minimise', 1],
    ['minimise', 3],
  ] as const)('is the identity in the mean, %s, S = %i', (sense, samples) => {
    const rows = 4000;
    const weights = [0.5, -1, 2, 0.25];
    const layer = build(identitySolver(4, sense), gumbel());
    const theta = tf.tile([[1, -2, 0.5, 3]], [rows, 1]);
    const gradients = tf.grad((x: tf.Tensor) =>
      layer
        .apply(x, { key: key(6), samples })
        .z.mul(weights)
        .mean(1)
        .sum(),
    )(theta);
    const { mean, variance } = tf.moments(gradients, 0);
    const errors = variance.div(rows).sqrt().dataSync();
    for (const [i, value] of mean.dataSync().entries()) {
      expect(Math.abs(value - weights[i]!)).toBeLessThan(5 * errors[i]!);
      // A factor of 2, or a sign, would show.
      expect(errors[i]!).toBeLessThan(0.1);
    }
  });
});

describe.each(estimators)('$name', ({ build, name, takes, states }) => {
  /** A solver that the estimator takes: of k-subsets where it can, else of one. */
  function subset({ size, k, sense = 'maximise' }: TopKOptions): Solver {
    return topK({ size, k: takes === 'choice' ? 1 : k, sense });
  }

  test.each(shapes)('draws k-subsets of shape [B, S, ...] for theta of shape %s', (...shape) => {
    const layer = build(subset({ size: 5, k: 2 }), gumbel());
    const { z } = layer.apply(tf.zeros(shape), { key: key(1), samples: 3 });
    expect(z.shape).toEqual(shape.length === 1 ? [3, 5] : [shape[0], 3, ...shape.slice(1)]);
    const [k, sums] = [takes === 'choice' ? 1 : 2, z.sum(-1).dataSync()];
    for (const sum of sums) {
      // Relaxed states lie between those of the structure, and those that may choose an element twice.
      expect(sum).toBeLessThan(k + (states === 'discrete' ? 0 : 1e-5) + 1e-9);
      expect(sum).toBeGreaterThan((states === 'discrete' ? k : 1) - 1e-5);
    }
    const whole = z.dataSync().every((element) => element === 0 || element === 1);
    expect(whole).toBe(states === 'discrete');
  });

  test('gives the same states for the same key and others for another', () => {
    const layer = build(subset({ size: 50, k: 9 }), gumbel());
    const draw = (seed: number): number[] => [
      ...layer.apply(tf.zeros([2, 50]), { key: key(seed) }).z.dataSync(),
    ];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test('is not changed by how the batch is cut: its mode of a batch is that of its rows', () => {
    const layer = build(subset({ size: 6, k: 2 }), gumbel());
    const theta = tf.randomNormal([4, 6], 0, 1, 'float32', 9);
    const whole = [...layer.mode(theta).dataSync()];
    const single = theta.unstack().flatMap((row) => [...layer.mode(row).dataSync()]);
    expect(whole).toEqual(single);
  });

  test('continues from its saved state, which survives JSON', () => {
    const first = build(subset({ size: 5, k: 2 }), gumbel());
    const second = build(subset({ size: 5, k: 2 }), gumbel());
    for (let step = 0; step < 3; step++) pullBack(first, [2, 5], 2);
    second.state = JSON.parse(JSON.stringify(first.state));
    expect(second.state).toEqual(first.state);
    expect(pullBack(second, [2, 5], 2).gradient).toEqual(pullBack(first, [2, 5], 2).gradient);
  });

  test('leaks no tensor', () => {
    const layer = build(subset({ size: 5, k: 2 }), gumbel());
    const theta = tf.randomNormal([2, 5], 0, 1, 'float32', 9);
    const gradient = tf.grad((x: tf.Tensor) =>
      layer
        .apply(x, { key: key(5), samples: 2 })
        .z.square()
        .sum(),
    );
    gradient(theta).dispose();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 50; i++) gradient(theta).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('takes an empty batch', () => {
    const layer = build(subset({ size: 5, k: 2 }), gumbel());
    expect(layer.apply(tf.zeros([0, 5]), { key: key(0), samples: 3 }).z.shape).toEqual([0, 3, 5]);
  });

  test('keeps a masked coordinate out of every state; a difference gives it no gradient', () => {
    const layer = build(subset({ size: 4, k: 2 }), gumbel());
    const theta = tf.tensor2d([[0, Number.NEGATIVE_INFINITY, 1, 0.5]]);
    const { z } = layer.apply(theta, { key: key(3), samples: 200 });
    expect(z.slice([0, 0, 1], [1, 200, 1]).sum().dataSync()[0]).toBe(0);
    const weights = tf.tensor1d([1, 5, -1, 2]);
    const grad = tf.grad((x: tf.Tensor) =>
      layer
        .apply(x, { key: key(3), samples: 200 })
        .z.mul(weights)
        .mean(1)
        .sum(),
    );
    const values = [...grad(theta).dataSync()];
    if (name === 'straight-through')
      for (const i of [0, 1, 2, 3]) expect(values[i]).toBeCloseTo([1, 5, -1, 2][i]!, 4);
    else expect(values[1]).toBe(0);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('names the instance and element of a NaN in theta', () => {
    const layer = build(subset({ size: 3, k: 1 }), gumbel());
    const theta = tf.tensor2d([
      [0, 1, 2],
      [0, Number.NaN, 2],
    ]);
    expect(() => layer.apply(theta, { key: key(0) })).toThrow(
      /theta must not be NaN, got NaN in row 1, element 1/,
    );
  });

  test('refuses a theta of another size and a number of samples that is not one', () => {
    const layer = build(subset({ size: 3, k: 1 }), gumbel());
    expect(() => layer.apply(tf.zeros([2, 4]), { key: key(0) })).toThrow(
      /last axis of theta must be .* 3, got shape \[2,4\]/,
    );
    expect(() => layer.apply(tf.zeros([2, 3]), { key: key(0), samples: 0 })).toThrow(
      /samples must be a positive integer, got 0/,
    );
    expect(() => layer.apply(tf.zeros([2, 3]), { key: key(0), samples: 1.5 })).toThrow(/got 1.5/);
  });
});

const policies: readonly [string, () => PerturbationPolicy][] = [
  ['fixed(0.01)', () => fixed(0.01)],
  ['fixed(100)', () => fixed(100)],
  ['noiseScaled()', noiseScaled],
  ['paperAdaptive, alpha 0.3', () => paperAdaptive({ initialAlpha: 0.3 })],
];

describe.each(policies)('aimle with %s', (_name, policy) => {
  describe.each(['central', 'forward'] as const)('and a %s difference', (difference) => {
    test.each([
      ['instance', 1, 1],
      ['batch', 1, 1],
      ['instance', 3, 1],
      ['batch', 1, 0.5],
    ] as const)(
      'is the identity through a solver that returns its input, per %s, M = %i, backward temperature %d',
      (scope, marginalSamples, backward) => {
        for (const sense of ['maximise', 'minimise'] as const) {
          const temperature = { forward: 1, backward };
          const options = { perturbation: policy(), difference, scope, marginalSamples, temperature };
          const { gradient, weights } = pullBack(aimle(identitySolver(5, sense), options), [3, 5], 2);
          const expected = [...weights.sum(1).dataSync()];
          // Single precision leaves about 1e-7 of theta in a difference over lambda: 1e-4 at the smallest lambda here.
          for (const [i, value] of expected.entries()) expect(gradient[i]).toBeCloseTo(value, 3);
        }
      },
    );
  });
});

test('a central imle is the identity through a solver that returns its input', () => {
  const layer = imle(identitySolver(5, 'maximise'), { lambda: 2, difference: 'central' });
  const { gradient, weights } = pullBack(layer, [3, 5], 2);
  for (const [i, value] of [...weights.sum(1).dataSync()].entries())
    expect(gradient[i]).toBeCloseTo(value, 3);
});
