import { plackettLuce, spanningTrees, subsets } from '@aimle/distributions';
import { gumbel, key } from '@aimle/random';
import * as solvers from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  distributionEstimators,
  exactExpectation,
  fenchelYoung,
  perturbedOptimiser,
  relaxedSubset,
  type Structure,
  scoreFunction,
  simple,
  solverEstimators,
  stochasticSoftmax,
} from '../src/index.js';

const { spanningTree, topK } = solvers;
const pairs = subsets({ size: 5, k: 2 });
const theta = tf.randomNormal([3, 5], 0, 1, 'float32', 3);

describe.each(solverEstimators.filter(({ takes }) => takes !== 'choice'))(
  '$name on a distribution',
  ({ build }) => {
    test('is what it is on the solver of the same structure', () => {
      const slope = (structure: Structure): number[] => {
        const estimator = build(structure, gumbel());
        const loss = (z: tf.Tensor): tf.Tensor => z.mul([1, -2, 3, 0.5, 0]).sum(-1).square();
        const gradient = tf.grad((x: tf.Tensor) =>
          estimator.expectation(x, loss, { key: key(2), samples: 3 }).value.sum(),
        );
        return [...gradient(theta).dataSync(), ...estimator.mode(theta).dataSync()];
      };
      expect(slope(pairs)).toEqual(slope(topK({ size: 5, k: 2 })));
    });
  },
);

test('losses and layers on trees take a distribution as well', () => {
  const [distribution, solver] = [spanningTrees({ vertices: 4 }), spanningTree({ vertices: 4 })];
  const x = tf.randomNormal([2, 6], 0, 1, 'float32', 3);
  const target = aimle(solver).mode(tf.zeros([2, 6]));
  const options = { key: key(1), samples: 2 };
  const loss = (structure: Structure) => [...fenchelYoung(structure).apply(x, target, options).dataSync()];
  expect(loss(distribution)).toEqual(loss(solver));
  const z = (structure: Structure) => [...perturbedOptimiser(structure).apply(x, options).z.dataSync()];
  expect(z(distribution)).toEqual(z(solver));
});

test('a distribution in the place of a solver says which instance has no state', () => {
  const x = tf.tensor2d([
    [0, 0, 0, 0, 0],
    [0, -Infinity, -Infinity, -Infinity, -Infinity],
  ]);
  expect(() => aimle(pairs).apply(x, { key: key(0) })).toThrow(/subsets: instance 1 has no state/);
});

describe.each(distributionEstimators)('$name of a solver', ({ build }) => {
  test('names the distribution of the same states', () => {
    const of = (solver: solvers.Solver) => () => build(solver as unknown as typeof pairs, gumbel());
    expect(of(topK({ size: 5, k: 2 }))).toThrow(
      /: needs a distribution, .* got the solver topK; for the same states there is subsets\(\{ size, k \}\) of @aimle\/distributions$/,
    );
    expect(of(spanningTree({ vertices: 3, sense: 'minimise' }))).toThrow(
      /spanningTrees\(\{ vertices \}\) .*Its theta holds scores: negate costs/,
    );
    expect(of(solvers.gridPath({ height: 2, width: 2 }))).toThrow(
      /got the solver gridPath, for which there is none. .*enumerated.* others take aimle/,
    );
  });
});

test('every distribution that is named to a solver exists and has its states', async () => {
  const distributions: Record<string, unknown> = await import('@aimle/distributions');
  const built = [
    solvers.categorical({ size: 3 }),
    solvers.bernoulli({ size: 3 }),
    solvers.topK({ size: 3, k: 1 }),
    solvers.atMostK({ size: 3, k: 1 }),
    solvers.betweenK({ size: 3, low: 1, high: 2 }),
    solvers.knapsack({ weights: [1, 2], capacity: 2 }),
    solvers.chain({ length: 2, labels: 2 }),
    solvers.segmentation({ length: 2, maxLength: 2, labels: 1 }),
    solvers.projectiveTree({ words: 2 }),
    solvers.spanningTree({ vertices: 3 }),
    solvers.arborescence({ vertices: 3 }),
    solvers.permutation({ items: 2 }),
  ];
  for (const solver of built) {
    let message = '';
    try {
      simple(solver as unknown as typeof pairs);
    } catch (error) {
      message = (error as Error).message;
    }
    const named = /there is (\w+)\(/.exec(message)?.[1] ?? '';
    expect(distributions[named], `${solver.name}: ${message}`).toBeTypeOf('function');
  }
});

test('what is neither a solver nor a distribution is refused', () => {
  for (const wrong of [null, undefined, 3, {}, 'topK', plackettLuce({ size: 3, k: 1 })] as unknown[]) {
    expect(() => aimle(wrong as Structure)).toThrow(
      /aimle: needs a solver, such as topK.*, or a distribution/,
    );
    for (const build of [scoreFunction, exactExpectation, simple, stochasticSoftmax]) {
      expect(() => build(wrong as typeof pairs)).toThrow(/: needs a distribution, .* such as subsets/);
    }
  }
});

test('a relaxation of k-subsets takes their distribution, and no other', () => {
  expect(relaxedSubset(pairs).solver.kappa).toBe(2);
  expect(() => relaxedSubset(spanningTrees({ vertices: 4 }))).toThrow(
    /relaxes k-subsets, .* got spanningTrees/,
  );
});
