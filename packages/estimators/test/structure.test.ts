import * as distributions from '@aimle/distributions';
import { gumbel, key } from '@aimle/random';
import { gridPath, type Sense, type Solver, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  distributionEstimators,
  exactExpectation,
  fenchelYoung,
  perturbedOptimiser,
  relaxedSubset,
  scoreFunction,
  simple,
  solverEstimators,
  stochasticSoftmax,
} from '../src/index.js';

const pairs = distributions.topK({ size: 5, k: 2 });
const theta = tf.randomNormal([3, 5], 0, 1, 'float32', 3);

describe.each(solverEstimators.filter(({ takes }) => takes !== 'choice'))(
  '$name on a distribution',
  ({ build }) => {
    test.each(['maximise', 'minimise'] as const)('is what it is on the solver of its name: %s', (sense) => {
      const slope = (structure: Solver): number[] => {
        const estimator = build(structure, gumbel());
        const loss = (z: tf.Tensor): tf.Tensor => z.mul([1, -2, 3, 0.5, 0]).sum(-1).square();
        const gradient = tf.grad((x: tf.Tensor) =>
          estimator.expectation(x, loss, { key: key(2), samples: 3 }).sum(),
        );
        return [...gradient(theta).dataSync(), ...estimator.mode(theta).dataSync()];
      };
      expect(slope(distributions.topK({ size: 5, k: 2, sense }))).toEqual(
        slope(topK({ size: 5, k: 2, sense })),
      );
    });
  },
);

describe.each(distributionEstimators)('$name of costs', ({ build, name, minSamples }) => {
  test('is what it is of scores, with theta negated', () => {
    const run = (sense: Sense, x: tf.Tensor): number[] => {
      // Noise that is subtracted from costs is added to scores: the states are the same.
      const estimator = build(distributions.topK({ size: 5, k: 2, sense }), gumbel());
      const loss = (z: tf.Tensor): tf.Tensor => z.mul([1, -2, 3, 0.5, 0]).sum(-1).square();
      const { value, grad } = tf.valueAndGrad((t: tf.Tensor) =>
        estimator.expectation(t, loss, { key: key(2), samples: Math.max(minSamples, 3) }).sum(),
      )(x);
      const slopes = sense === 'minimise' ? grad.neg() : grad;
      return [...value.dataSync(), ...slopes.dataSync(), ...estimator.mode(x).dataSync()];
    };
    const scores = run('maximise', theta);
    expect(
      scores.some((value) => value !== 0),
      name,
    ).toBe(true);
    for (const [i, value] of run('minimise', theta.neg()).entries()) expect(value).toBeCloseTo(scores[i]!, 5);
  });
});

test('losses and layers on trees take a distribution as well', () => {
  const [distribution, solver] = [distributions.spanningTree({ vertices: 4 }), spanningTree({ vertices: 4 })];
  const x = tf.randomNormal([2, 6], 0, 1, 'float32', 3);
  const target = aimle(solver).mode(tf.zeros([2, 6]));
  const options = { key: key(1), samples: 2 };
  const loss = (structure: Solver) => [...fenchelYoung(structure).apply(x, target, options).dataSync()];
  expect(loss(distribution)).toEqual(loss(solver));
  const z = (structure: Solver) => [...perturbedOptimiser(structure).sample(x, options).dataSync()];
  expect(z(distribution)).toEqual(z(solver));
});

test('a distribution in the place of a solver says which instance has no state', () => {
  const x = tf.tensor2d([
    [0, 0, 0, 0, 0],
    [0, -Infinity, -Infinity, -Infinity, -Infinity],
  ]);
  expect(() => aimle(pairs).sample(x, { key: key(0) })).toThrow(/topK: instance 1 has no state/);
});

describe.each(distributionEstimators)('$name of a solver', ({ build }) => {
  test('names the import that has probabilities', () => {
    for (const solver of [topK({ size: 5, k: 2 }), gridPath({ height: 2, width: 2 })]) {
      expect(() => build(solver as typeof pairs, gumbel())).toThrow(
        new RegExp(`got the solver ${solver.name}. Import ${solver.name} from @aimle/distributions`),
      );
    }
  });
});

test('what is not a structure is refused', () => {
  for (const wrong of [null, undefined, 3, {}, 'topK', distributions.plackettLuce({ size: 3, k: 1 })]) {
    for (const build of [aimle, scoreFunction, exactExpectation, simple, stochasticSoftmax]) {
      expect(() => build(wrong as unknown as typeof pairs)).toThrow(/: needs a structure, such as topK/);
    }
  }
});

test('a relaxation of k-subsets takes their distribution, and no other', () => {
  expect(relaxedSubset(pairs).solver.kappa).toBe(2);
  expect(() => relaxedSubset(distributions.spanningTree({ vertices: 4 }))).toThrow(
    /needs a solver of k-subsets, .* got spanningTree/,
  );
});
