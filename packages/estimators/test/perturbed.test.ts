import { gumbel, key, logistic, type Noise, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  type PerturbationOptions,
  perturbedOptimiser,
  perturbedScoreFunction,
  type ScoredNoise,
} from '../src/index.js';
import { identitySolver, recording } from './solversForTests.js';

const weights = [0.5, -1, 2, 0.25];
const theta = [1, -2, 0.5, 3];

/** Half the draws lie in [-1, 1] and half outside, as those of a Laplace law do; its density falls as e^-|x|. */
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

type Gradient = (x: tf.Tensor) => tf.Tensor;

/** Holds the mean of an estimate over many instances of one theta to the truth, by its own standard error. */
function expectMean(gradient: Gradient, at: number[], truth: ArrayLike<number>, precision: number): number {
  const rows = 4000;
  const { mean, variance } = tf.moments(gradient(tf.tile([at], [rows, 1])), 0);
  const errors = variance.div(rows).sqrt().dataSync();
  for (const [i, value] of mean.dataSync().entries()) {
    expect(Math.abs(value - truth[i]!)).toBeLessThan(5 * errors[i]! + 1e-6);
    expect(errors[i]!).toBeLessThan(precision);
  }
  return variance.sum().dataSync()[0]!;
}

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
          .apply(x, { key: key(2) })
          .z.mul(weights)
          .sum(),
      ),
  ],
  [
    'perturbedScoreFunction',
    (solver, options, count = 8) =>
      tf.grad((x: tf.Tensor) =>
        perturbedScoreFunction(solver, options)
          .expectation(x, (z) => z.mul(weights).sum(-1), { key: key(2), samples: count })
          .value.sum(),
      ),
  ],
];

describe.each(estimates)('%s', (_name, gradientOf) => {
  const laws: readonly [string, Noise | ScoredNoise][] = [
    ['normal', normal()],
    ['gumbel', gumbel()],
    ['logistic', logistic()],
    ['a noise with its own score', laplace],
  ];

  describe.each(['maximise', 'minimise'] as const)('through a solver that returns its input, %s', (sense) => {
    test.each(laws)('is the identity in the mean for %s noise of any width', (_law, noise) => {
      for (const sigma of [0.5, 2])
        expectMean(gradientOf(identitySolver(4, sense), { noise, sigma }), theta, weights, 0.2);
    });

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
    perturbedOptimiser(watched, { draws: 1 }).apply(tf.zeros([2, 4]), options);
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
    const { z } = layer.apply(tf.tensor2d([[2, -1, Number.POSITIVE_INFINITY]]), {
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
      /multiplicative form is .* for normal noise, got "gumbel"/,
    );
    const layer = perturbedOptimiser(solver, { form: 'multiplicative' });
    expect(() =>
      layer.apply(
        tf.tensor2d([
          [1, 2],
          [0, 1],
        ]),
        { key: key(0) },
      ),
    ).toThrow(/cannot move a theta of 0, got one in row 1, element 0/);
  });
});

describe('the perturbed score function', () => {
  const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).greater(0.4).cast('float32');

  test('needs no slope of the loss: a step of one of n under Gumbel noise', () => {
    const step = [1, 0, 1, 0];
    const truth = tf
      .grad((x: tf.Tensor) => tf.softmax(x).mul(step).sum())(tf.tensor1d(theta))
      .dataSync();
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 1 }), { noise: gumbel() });
    const gradient = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, loss, { key: key(5), samples: 10 }).value.sum(),
    );
    expectMean(gradient, theta, truth, 0.05);
  });

  test('answers the mean loss of the states, with its exact gradient in whatever else it depends on', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const options = { key: key(5), samples: 6 };
    for (const shape of [[4], [3, 4], [2, 3, 4], [2, 1, 3, 4]]) {
      let states: tf.Tensor = tf.scalar(0);
      const { value, info } = estimator.expectation(
        tf.zeros(shape),
        (z) => {
          states = z;
          return z.mul(weights).sum(-1);
        },
        options,
      );
      const axis = shape.length === 1 ? 0 : 1;
      const expected = states.mul(weights).sum(-1).mean(axis);
      expect(value.shape).toEqual(shape.slice(0, -1));
      for (const [i, mean] of expected.dataSync().entries()) expect(value.dataSync()[i]).toBeCloseTo(mean, 6);
      expect(info.solverCalls).toBe(1);
    }
    const decoder = tf.grad((w: tf.Tensor) =>
      estimator.expectation(tf.zeros([3, 4]), (z) => z.mul(w).sum(-1), options).value.sum(),
    )(tf.tensor1d(weights));
    const states = estimator.expectation(tf.zeros([3, 4]), (z) => z.sum(-1), options).value;
    // Every state has two ones: the gradients in w add up to two an instance.
    expect(decoder.sum().dataSync()[0]).toBeCloseTo(states.sum().dataSync()[0]!, 5);
    expect(decoder.sum().dataSync()[0]).toBeCloseTo(6, 5);
  });

  test('weighs the gradient by what is done with the value', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const slope = (factor: number[]) =>
      tf
        .grad((x: tf.Tensor) =>
          estimator
            .expectation(x, loss, { key: key(5), samples: 6 })
            .value.mul(factor)
            .sum(),
        )(tf.zeros([2, 4]))
        .dataSync();
    const [plain, scaled] = [slope([1, 1]), slope([2, -3])];
    expect(plain.some((value) => value !== 0)).toBe(true);
    for (let i = 0; i < 8; i++) expect(scaled[i]).toBeCloseTo((i < 4 ? 2 : -3) * plain[i]!, 5);
  });

  test('takes no notice of a constant in the loss, where there are other states to know it by', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const slope = (constant: number, samples: number): Float32Array =>
      tf
        .grad((x: tf.Tensor) =>
          estimator.expectation(x, (z) => loss(z).add(constant), { key: key(5), samples }).value.sum(),
        )(tf.zeros([2, 4]))
        .dataSync() as Float32Array;
    const [plain, lifted] = [slope(0, 5), slope(1000, 5)];
    for (let i = 0; i < 8; i++) expect(lifted[i]).toBeCloseTo(plain[i]!, 3);
    expect(Math.max(...slope(1000, 1).map(Math.abs))).toBeGreaterThan(100);
  });

  test('depends on its key and on nothing else, and leaks no tensor', async () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const run = (seed: number): number[] =>
      tf.tidy(() => [
        ...tf
          .grad((x: tf.Tensor) => estimator.expectation(x, loss, { key: key(seed), samples: 4 }).value.sum())(
            tf.zeros([3, 4]),
          )
          .dataSync(),
      ]);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    await expectNoLeak(tf, () => run(3));
    expect(estimator.state).toBe(null);
    expect([...estimator.mode(tf.tensor2d([[1, 4, 2, 3]])).dataSync()]).toEqual([0, 1, 0, 1]);
  });

  test('refuses what would train on nothing', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const options = { key: key(0), samples: 2 };
    const x = tf.zeros([1, 4]);
    expect(() => estimator.expectation(x, (z) => z.sum(-1).mul(Number.NaN), options)).toThrow(
      /the loss must be finite, got NaN for state 0/,
    );
    expect(() => estimator.expectation(x, (z) => z.sum(), options)).toThrow(/must answer one number a state/);
    expect(() => estimator.expectation(x.add(Number.NaN), loss, options)).toThrow(/theta must not be NaN/);
  });
});

test('what differentiates through the noise says which noise, width and counts it takes', () => {
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
