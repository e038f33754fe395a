import { gumbel, key, logistic, type Noise, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  type PerturbationOptions,
  perturbedOptimiser,
  perturbedScoreFunction,
  type ScoredNoise,
} from '../src/index.js';
import { expectMean, type Gradient, theta, weights } from './meanGradient.js';
import { identitySolver, recording } from './solversForTests.js';

/** Half the draws lie in [-1, 1] and half outside, as those of a Laplace distribution do; its density falls as e^-|x|. */
const laplace: ScoredNoise = {
  name: 'laplace',
  mean: 0,
  std: Math.SQRT2,
  fill(at, out) {
    logistic().fill(at, out);
    for (let i = 0; i < out.length; i++) {
      const u = 1 / (1 + Math.exp(-out[i]!));
      out[i] = u < 0.5 ? Math.log(2 * u) : -Math.log(2 - 2 * u);
    }
  },
  score: Math.sign,
};

/** The two estimators' gradients of E<weights, z>: through a mean of solutions, and through the losses of single ones. */
const estimates: readonly [
  string,
  (solver: ReturnType<typeof topK>, options: PerturbationOptions, count?: number) => Gradient,
][] = [
  [
    'perturbedOptimiser',
    (solver, options, count = 8) =>
      tf.grad((x: tf.Tensor) =>
        perturbedOptimiser(solver, { ...options, draws: count })
          .sample(x, { key: key(2) })
          .mul(weights)
          .sum(),
      ),
  ],
  [
    'perturbedScoreFunction',
    (solver, options, count = 8) =>
      tf.grad((x: tf.Tensor) =>
        perturbedScoreFunction(solver, options)
          .expectation(x, (z) => z.mul(weights).sum(-1), { key: key(2), samples: count })
          .sum(),
      ),
  ],
];

describe.each(estimates)('%s', (_name, gradientOf) => {
  const distributions: readonly [string, Noise | ScoredNoise][] = [
    ['normal', normal()],
    ['gumbel', gumbel()],
    ['logistic', logistic()],
    ['a noise with its own score', laplace],
  ];

  describe.each(['maximise', 'minimise'] as const)('through a solver that returns its input, %s', (sense) => {
    test.each(distributions)(
      'is the identity in the mean for %s noise of any width',
      (_distribution, noise) => {
        for (const sigma of [0.5, 2])
          expectMean(gradientOf(identitySolver(4, sense), { noise, sigma }), theta, weights, 0.2);
      },
    );

    test('is the identity in the mean in multiplicative form', () => {
      for (const sigma of [0.25, 0.7]) {
        const options = { form: 'multiplicative', sigma } as const;
        expectMean(gradientOf(identitySolver(4, sense), options), theta, weights, 0.25);
      }
    });
  });

  test.each([
    ['maximise', 'leave-one-out'],
    ['maximise', 'none'],
    ['minimise', 'leave-one-out'],
  ] as const)(
    'has the exact gradient of a softmax: one of n under Gumbel noise, %s, baseline %s',
    (sense, baseline) => {
      const sigma = 0.8;
      const sign = sense === 'maximise' ? 1 : -1;
      const truth = tf
        .grad((x: tf.Tensor) =>
          tf
            .softmax(x.mul(sign / sigma))
            .mul(weights)
            .sum(),
        )(tf.tensor1d(theta))
        .dataSync();
      const options = { noise: gumbel(), sigma, baseline };
      expectMean(gradientOf(topK({ size: 4, k: 1, sense }), options), theta, truth, 0.1);
    },
  );

  test('has the exact gradient of a probit: one of two under normal noise', () => {
    // z_1 = 1 with probability Phi(d / (sigma sqrt 2)), d = theta_1 - theta_2.
    const [sigma, d] = [0.6, 0.5];
    const slope = Math.exp(-(d * d) / (4 * sigma * sigma)) / (sigma * Math.sqrt(4 * Math.PI));
    const masked = [d, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const truth = [1.5 * slope, -1.5 * slope, 0, 0];
    expectMean(gradientOf(topK({ size: 4, k: 1 }), { sigma }), masked, truth, 0.05);
  });

  test('has less variance with a baseline than without', () => {
    const solver = topK({ size: 4, k: 2 });
    const variance = (options: PerturbationOptions & { baseline?: 'none' }): number =>
      tf
        .moments(gradientOf(solver, options)(tf.tile([theta], [2000, 1])), 0)
        .variance.sum()
        .dataSync()[0]!;
    expect(variance({})).toBeLessThan(0.8 * variance({ baseline: 'none' }));
  });

  test('leaves a state out of its own baseline: with two there is no bias either', () => {
    expectMean(gradientOf(identitySolver(4, 'maximise'), {}, 2), theta, weights, 0.25);
  });

  test('gives every solution the context of its instance', () => {
    const solver = recording(topK({ size: 4, k: 2 }));
    const contexts: unknown[] = [];
    const watched = {
      ...solver,
      solve(...[input, z, rows, context]: Parameters<typeof solver.solve>) {
        contexts.push(context?.['place']);
        solver.solve(input, z, rows);
      },
    };
    const options = { key: key(1), samples: 2, context: { place: [7, 9] } };
    perturbedScoreFunction(watched).expectation(tf.zeros([2, 4]), (z) => z.sum(-1), options);
    perturbedOptimiser(watched, { draws: 1 }).sample(tf.zeros([2, 4]), options);
    expect(contexts).toEqual([
      [7, 7, 9, 9],
      [7, 7, 9, 9],
    ]);
  });
});

describe('the multiplicative form', () => {
  test('leaves theta as it is on average, and its signs always', () => {
    const layer = perturbedOptimiser(identitySolver(3, 'minimise'), {
      form: 'multiplicative',
      sigma: 0.5,
      draws: 1,
    });
    const z = layer.sample(tf.tensor2d([[2, -1, Number.POSITIVE_INFINITY]]), {
      key: key(1),
      samples: 40_000,
    });
    const [first, second, third] = z.mean([0, 1]).dataSync();
    // The standard deviation of exp(sigma e - sigma^2 / 2) is sqrt(exp(sigma^2) - 1) = .533.
    expect(Math.abs(first! - 2)).toBeLessThan((5 * 2 * 0.533) / 200);
    expect(Math.abs(second! + 1)).toBeLessThan((5 * 0.533) / 200);
    expect(third).toBe(Number.POSITIVE_INFINITY);
    expect(z.slice([0, 0, 0], [1, 40_000, 1]).min().dataSync()[0]).toBeGreaterThan(0);
  });

  test('says what it cannot do', () => {
    const solver = topK({ size: 2, k: 1 });
    expect(() => perturbedOptimiser(solver, { form: 'multiplicative', noise: gumbel() })).toThrow(
      /noise must be normal .*, got "gumbel"/,
    );
    const layer = perturbedOptimiser(solver, { form: 'multiplicative' });
    expect(() =>
      layer.sample(
        tf.tensor2d([
          [1, 2],
          [0, 1],
        ]),
        { key: key(0) },
      ),
    ).toThrow(/theta must not be 0 .*row 1, element 0.*additive/);
  });
});

test('estimators through the density say which noise, width and counts they take', () => {
  const solver = topK({ size: 4, k: 2 });
  for (const build of [perturbedOptimiser, perturbedScoreFunction]) {
    expect(() => build(solver, { noise: sumOfGamma({ kappa: 2 }) })).toThrow(
      /needs a noise whose density has a known slope, gumbel, normal, logistic, got "sum-of-gamma.*aimle, which needs none/,
    );
    expect(() => build(solver, { sigma: 0 })).toThrow(/sigma must be a positive finite number, got 0/);
    expect(() => build(solver, { baseline: 'mean' as 'none' })).toThrow(/baseline must be .* got "mean"/);
    expect(() => build(solver, { form: 'both' as 'additive' })).toThrow(/form must be .* got "both"/);
  }
  expect(() => perturbedOptimiser(solver, { draws: 1.5 })).toThrow(
    /draws must be a positive integer, got 1.5/,
  );
});
