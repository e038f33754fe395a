import { gumbel, key, noNoise } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type AimleOptions, aimle, fixedLambda, imle, officialCode, paperAdaptive } from '../src/index.js';
import { recording } from './solversForTests.js';

const weights = [0.5, -1, 2, 0.25];

/** One backward pass of sum(weights * z) / S through a recording top-2-of-4. */
function run(options: AimleOptions, samples = 1, sense: 'maximise' | 'minimise' = 'maximise') {
  const solver = recording(topK({ size: 4, k: 2, sense }));
  const layer = aimle(solver, options);
  const gradient = tf.grad((theta: tf.Tensor) =>
    layer
      .sample(theta, { key: key(11), samples })
      .mul(weights)
      .sum()
      .div(samples),
  )(tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]));
  return { asked: solver.asked, gradient: [...gradient.dataSync()], info: layer.lastStep!, layer };
}

describe('the two solves', () => {
  test('of a central difference stand at theta + noise, one lambda g to either side, under the same noise', () => {
    const { asked, info } = run({ perturbation: fixedLambda(3) }, 2);
    const [origin, lower, upper] = asked as [Float32Array, Float32Array, Float32Array];
    expect(info.solverCalls).toBe(3);
    for (let i = 0; i < origin.length; i++) {
      expect(lower[i]! - origin[i]!).toBeCloseTo(-3 * weights[i % 4]!, 4);
      expect(upper[i]! - origin[i]!).toBeCloseTo(3 * weights[i % 4]!, 4);
    }
  });

  test('of a forward difference are two in all, the second one lambda g below the first', () => {
    const { asked, info } = run({ perturbation: fixedLambda(3), difference: 'forward' });
    expect(asked.length).toBe(2);
    expect(info.solverCalls).toBe(2);
    for (let i = 0; i < 4; i++) expect(asked[1]![i]! - asked[0]![i]!).toBeCloseTo(-3 * weights[i]!, 4);
  });

  test('are compared at one temperature, for one more solve, when the two passes have different ones', () => {
    const options = { perturbation: fixedLambda(3), temperature: { forward: 0, backward: 2 } };
    const { asked } = run({ ...options, difference: 'forward' });
    expect(asked.length).toBe(3);
    for (let i = 0; i < 4; i++) expect(asked[2]![i]! - asked[1]![i]!).toBeCloseTo(3 * weights[i]!, 4);
  });

  test('of a minimiser are perturbed the other way, and the noise is subtracted', () => {
    const maximised = run({ perturbation: fixedLambda(3) }).asked;
    const minimised = run({ perturbation: fixedLambda(3) }, 1, 'minimise').asked;
    const theta = [0.1, 0.2, 0.3, 0.4];
    for (let i = 0; i < 4; i++) {
      expect(minimised[0]![i]! - theta[i]!).toBeCloseTo(-(maximised[0]![i]! - theta[i]!), 4);
      expect(minimised[1]![i]! - minimised[0]![i]!).toBeCloseTo(3 * weights[i]!, 4);
    }
  });

  test('are not made at all when lambda is zero', () => {
    const { info, gradient } = run({ perturbation: paperAdaptive() });
    expect(info.solverCalls).toBe(1);
    expect(info.lambda).toBe(0);
    expect(gradient).toEqual([0, 0, 0, 0]);
  });
});

describe('the estimate', () => {
  test('of a minimiser is that of the maximiser of the negated problem', () => {
    const draw = (sense: 'maximise' | 'minimise', sign: number): number[] => {
      const layer = aimle(topK({ size: 4, k: 2, sense }), { perturbation: fixedLambda(1) });
      const grad = tf.grad((x: tf.Tensor) =>
        layer
          .sample(x, { key: key(2), samples: 64 })
          .mul(weights)
          .mean(1)
          .sum(),
      );
      return [...grad(tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]).mul(sign)).dataSync()];
    };
    const maximised = draw('maximise', 1);
    expect(maximised.some((value) => value !== 0)).toBe(true);
    for (const [i, value] of draw('minimise', -1).entries()) expect(value).toBeCloseTo(-maximised[i]!, 5);
  });

  test('approaches the exact gradient of the softmax expectation (one of n, Gumbel noise)', () => {
    // E z = softmax(theta) under Gumbel noise, so d/dtheta <w, E z> is known.
    const theta = tf.tensor1d([0.3, -0.2, 0.8, 0]);
    const w = tf.tensor1d(weights);
    const exact = tf
      .grad((x: tf.Tensor) =>
        tf
          .softmax(x as tf.Tensor1D)
          .mul(w)
          .sum(),
      )(theta)
      .dataSync();
    const samples = 40_000;
    for (const difference of ['central', 'forward'] as const) {
      const lambda = 0.05;
      const layer = aimle(topK({ size: 4, k: 1 }), { difference, perturbation: fixedLambda(lambda) });
      const grad = tf.grad((x: tf.Tensor) =>
        layer
          .sample(x, { key: key(8), samples })
          .mul(w)
          .mean(0)
          .sum(),
      );
      const estimate = grad(theta).dataSync();
      // A sample's difference is at most 1 / lambda and non-zero with probability of about lambda: its standard
      // deviation is below lambda^(-1/2), of which five standard errors are allowed, and a bias of order lambda.
      const allowed = (5 * lambda ** -0.5) / Math.sqrt(samples) + lambda;
      for (let i = 0; i < 4; i++) expect(Math.abs(estimate[i]! - exact[i]!)).toBeLessThan(allowed);
      expect(Math.abs(exact[2]!)).toBeGreaterThan(2 * allowed);
    }
  });

  test('has one scale for every S', () => {
    const rows = 20_000;
    const mean = (samples: number): Float32Array => {
      const layer = aimle(topK({ size: 4, k: 1 }), { perturbation: fixedLambda(1) });
      const grad = tf.grad((x: tf.Tensor) =>
        layer
          .sample(x, { key: key(8), samples })
          .mul(weights)
          .mean(1)
          .sum(),
      );
      return grad(tf.zeros([rows, 4]))
        .mean(0)
        .dataSync() as Float32Array;
    };
    const [one, sixteen] = [mean(1), mean(16)];
    // A coordinate of one sample's difference is at most 1/2, so its standard error over the rows is below 0.5 / sqrt(rows).
    const allowed = 5 * 0.5 * Math.sqrt((1 + 1 / 16) / rows);
    for (let i = 0; i < 4; i++) expect(Math.abs(one[i]! - sixteen[i]!)).toBeLessThan(allowed);
    // A scale off by the root of S, or by S, would show.
    expect(Math.abs(one[2]!)).toBeGreaterThan(5 * allowed);
  });

  test('reports what it did', () => {
    const { info, gradient } = run({ perturbation: fixedLambda(100) }, 5);
    expect(info.lambda).toBe(100);
    expect(info.changedShare).toBe(1);
    // So far apart, the two solutions are the two best and the two worst of the weights, whatever the noise.
    expect(info.changedCoordinates).toBe(4);
    expect(info.sparsity).toBe(0);
    expect(gradient.map((value) => Math.round(value * 200))).toEqual([1, -1, 1, -1]);
  });
});

describe('where the official code differs', () => {
  test('D1: its gradients grow by the root of S', () => {
    const policy = () => paperAdaptive({ initialAlpha: 1 });
    const right = run({ perturbation: policy() }, 4).gradient;
    const theirs = run({ perturbation: policy(), officialCode: { mismatchedLambda: true } }, 4).gradient;
    expect(right.some((value) => value !== 0)).toBe(true);
    for (let i = 0; i < 4; i++) expect(theirs[i]).toBeCloseTo(2 * right[i]!, 4);
  });

  test('D5: a forward difference solves three times', () => {
    expect(run({ perturbation: fixedLambda(1), difference: 'forward', officialCode }).info.solverCalls).toBe(
      3,
    );
  });

  test('D6: a minimiser has noise added', () => {
    const officialCode = { addedNoise: true };
    const theirs = run({ perturbation: fixedLambda(1), officialCode }, 1, 'minimise').asked[0];
    expect(theirs).toEqual(run({ perturbation: fixedLambda(1) }, 1, 'maximise').asked[0]);
  });

  test('D7: the difference is not divided by lambda', () => {
    const divided = run({ perturbation: fixedLambda(50) }).gradient;
    const theirs = run({
      perturbation: fixedLambda(50),
      officialCode: { undividedDifference: true },
    }).gradient;
    for (let i = 0; i < 4; i++) expect(theirs[i]).toBeCloseTo(50 * divided[i]!, 5);
  });
});

test('the loss direction alone leaves theta out of the second solve', () => {
  const solver = recording(topK({ size: 4, k: 2 }));
  const layer = imle(solver, { lambda: 3, target: 'loss-direction', noise: noNoise() });
  tf.grad((theta: tf.Tensor) =>
    layer
      .sample(theta, { key: key(0) })
      .mul(weights)
      .sum(),
  )(tf.ones([1, 4]));
  expect(solver.asked.length).toBe(2);
  expect([...solver.asked[1]!]).toEqual([-1.5, 3, -6, -0.75]);
});

test('marginal samples are averaged before their changes are counted, and leave the gradient as it is', () => {
  const grouped = run({ perturbation: fixedLambda(1), marginalSamples: 3 }, 2);
  const single = run({ perturbation: fixedLambda(1) }, 6);
  expect(grouped.info.samples).toBe(6);
  expect(grouped.info.changedCoordinates).toBeGreaterThan(single.info.changedCoordinates!);
});

test('errors name options out of range', () => {
  const solver = topK({ size: 4, k: 2 });
  expect(() => imle(solver, { lambda: 0 })).toThrow(/imle: lambda must be a positive finite number, got 0/);
  expect(() => aimle(solver, { temperature: -1 })).toThrow(/forward temperature .* got -1/);
  expect(() => aimle(solver, { marginalSamples: 0 })).toThrow(
    /marginalSamples must be a positive integer, got 0/,
  );
  expect(() => aimle(solver, { noise: noNoise() })).toThrow(
    /measured in widths of the noise, got noise "none"/,
  );
  expect(() => aimle(solver, { temperature: 0 })).toThrow(/at backward temperature 0/);
  expect(() => (aimle(solver, { noise: gumbel() }).state = { policy: 'paper', state: null })).toThrow(
    /policy "noise-scaled"/,
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a gradient that is %d is refused with its row',
  (broken) => {
    const layer = aimle(topK({ size: 2, k: 1 }));
    const grad = tf.grad((x: tf.Tensor) =>
      layer
        .sample(x, { key: key(0) })
        .mul([broken, 1])
        .sum(),
    );
    expect(() => grad(tf.zeros([1, 2]))).toThrow(
      /gradient of the loss in z must be finite, got (NaN|Infinity) in row 0, element 0/,
    );
  },
);

test('samples must be whole before marginal samples multiply them', () => {
  const layer = aimle(topK({ size: 2, k: 1 }), { marginalSamples: 2 });
  expect(() => layer.sample(tf.zeros([1, 2]), { key: key(0), samples: 0.5 })).toThrow(
    /samples must be a positive integer, got 0.5/,
  );
});

test('an incomplete saved state is refused', () => {
  const layer = aimle(topK({ size: 2, k: 1 }), { perturbation: paperAdaptive() });
  expect(() => {
    layer.state = { policy: 'paper', state: {} };
  }).toThrow(/must have finite alpha, changed and move, got {}/);
});
