import { gumbel, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  estimators,
  fixedLambda,
  imle,
  isLayer,
  type Layer,
  noiseScaled,
  type PerturbationPolicy,
  paperAdaptive,
  solverEstimators,
} from '../src/index.js';
import { chosen, layer, ofSubsets } from './entries.js';
import { identitySolver } from './solversForTests.js';

const shapes = [[5], [1, 5], [3, 5], [2, 3, 5], [2, 2, 2, 5]];

/** The gradient in theta of sum(weights * z), and the weights. */
function pullBack(
  differentiated: Layer,
  shape: number[],
  samples: number,
): { gradient: number[]; weights: tf.Tensor } {
  const theta = tf.randomNormal(shape, 0, 1, 'float32', 3);
  const zShape = differentiated.sample(theta, { key: key(5), samples }).shape;
  const weights = tf.randomNormal(zShape, 0, 1, 'float32', 4);
  const gradient = tf.grad((x: tf.Tensor) =>
    differentiated
      .sample(x, { key: key(5), samples })
      .mul(weights)
      .sum(),
  )(theta);
  expect(gradient.shape).toEqual(shape);
  return { gradient: [...gradient.dataSync()], weights };
}

const alwaysIdentity = solverEstimators.filter(({ identity }) => identity === 'always');

describe.each(alwaysIdentity)('$name through a solver that returns its input', ({ build, name }) => {
  describe.each(['maximise', 'minimise'] as const)('%s', (sense) => {
    test.each(shapes)('is the identity for theta of shape %s and any S', (...shape) => {
      for (const samples of [1, 4]) {
        const identity = layer(build(identitySolver(5, sense), gumbel()));
        const { gradient, weights } = pullBack(identity, shape, samples);
        const expected = [...weights.sum(shape.length === 1 ? 0 : 1).dataSync()];
        // Straight-through is the identity by definition, negated for a minimiser, whatever its solver does.
        const sign = name === 'straight-through' && sense === 'minimise' ? -1 : 1;
        for (const [i, value] of expected.entries()) expect(gradient[i]).toBeCloseTo(sign * value, 3);
      }
    });
  });
});

const meanIdentity = solverEstimators.filter(({ identity }) => identity === 'in-the-mean');

describe.each(meanIdentity)('$name through a solver that returns its input', ({ build }) => {
  test.each([
    ['maximise', 1],
    ['maximise', 3],
    ['minimise', 1],
    ['minimise', 3],
  ] as const)('is the identity in the mean, %s, S = %i', (sense, samples) => {
    const rows = 4000;
    const weights = [0.5, -1, 2, 0.25];
    const estimator = build(identitySolver(4, sense), gumbel());
    const theta = tf.tile([[1, -2, 0.5, 3]], [rows, 1]);
    const loss = (z: tf.Tensor) => z.mul(weights).sum(-1);
    const gradients = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, loss, { key: key(6), samples }).sum(),
    )(theta);
    const { mean, variance } = tf.moments(gradients, 0);
    const errors = variance.div(rows).sqrt().dataSync();
    for (const [i, value] of mean.dataSync().entries()) {
      expect(Math.abs(value - weights[i]!)).toBeLessThan(5 * errors[i]!);
      // A factor of 2, or a sign, would show.
      expect(errors[i]!).toBeLessThan(0.12);
    }
  });
});

const layers = estimators.filter((entry) => isLayer(ofSubsets(entry, 3, 1)));

describe.each(layers)('the layer $name', (entry) => {
  test.each(shapes)('draws k-subsets of shape [B, S, ...] for theta of shape %s', (...shape) => {
    const z = layer(ofSubsets(entry, 5, 2)).sample(tf.zeros(shape), { key: key(1), samples: 3 });
    expect(z.shape).toEqual(shape.length === 1 ? [3, 5] : [shape[0], 3, ...shape.slice(1)]);
    const [k, sums] = [chosen(entry, 2), z.sum(-1).dataSync()];
    const discrete = entry.states === 'discrete';
    for (const sum of sums) {
      // Relaxed states lie between those of the structure, and those that may choose an element twice.
      expect(sum).toBeLessThan(k + (discrete ? 0 : 1e-5) + 1e-9);
      expect(sum).toBeGreaterThan((discrete ? k : 1) - 1e-5);
    }
    const whole = z.dataSync().every((element) => element === 0 || element === 1);
    expect(whole).toBe(discrete);
  });

  test('gives the same states for the same key and others for another', () => {
    const wide = layer(ofSubsets(entry, 50, 9));
    const draw = (seed: number): number[] => [
      ...wide.sample(tf.zeros([2, 50]), { key: key(seed) }).dataSync(),
    ];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test('keeps a masked coordinate out of every state', () => {
    const theta = tf.tensor2d([[0, Number.NEGATIVE_INFINITY, 1, 0.5]]);
    const z = layer(ofSubsets(entry, 4, 2)).sample(theta, { key: key(3), samples: 200 });
    expect(z.slice([0, 0, 1], [1, 200, 1]).sum().dataSync()[0]).toBe(0);
  });

  test('takes an empty batch', () => {
    const z = layer(ofSubsets(entry, 5, 2)).sample(tf.zeros([0, 5]), { key: key(0), samples: 3 });
    expect(z.shape).toEqual([0, 3, 5]);
  });
});

const policies: readonly [string, () => PerturbationPolicy][] = [
  ['fixedLambda(0.01)', () => fixedLambda(0.01)],
  ['fixedLambda(100)', () => fixedLambda(100)],
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
  const central = imle(identitySolver(5, 'maximise'), { lambda: 2, difference: 'central' });
  const { gradient, weights } = pullBack(central, [3, 5], 2);
  for (const [i, value] of [...weights.sum(1).dataSync()].entries())
    expect(gradient[i]).toBeCloseTo(value, 3);
});
