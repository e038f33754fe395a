import { gumbel, key, logistic, type Noise, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, fenchelYoung, fixedLambda, imle } from '../src/index.js';
import { recording } from './solversForTests.js';

const imleOf = (...[solver, options]: Parameters<typeof aimle>) =>
  imle(solver, { noise: options?.noise ?? gumbel(), antithetic: true, lambda: 1 });

describe('antithetic pairs', () => {
  test.each([
    ['normal', normal()],
    ['logistic', logistic()],
    ['gumbel', gumbel()],
  ])('of %s noise each have the distribution of the noise, and opposite quantiles', (_name, noise) => {
    const solver = recording(topK({ size: 2, k: 1 }));
    const layer = aimle(solver, { noise, antithetic: true });
    layer.sample(tf.zeros([2000, 2]), { key: key(3), samples: 3 });
    const epsilon = solver.asked[0]!;
    const cdf = (x: number): number =>
      noise.name === 'gumbel' ? Math.exp(-Math.exp(-x)) : 1 / (1 + Math.exp(-x));
    let sum = 0;
    let square = 0;
    for (let at = 0; at < epsilon.length; at += 6) {
      for (const j of [0, 1]) {
        const [first, twin, single] = [epsilon[at + j]!, epsilon[at + 2 + j]!, epsilon[at + 4 + j]!];
        if (noise.name === 'normal') expect(twin).toBe(-first);
        else expect(cdf(twin)).toBeCloseTo(1 - cdf(first), 5);
        expect(Math.abs(single - twin)).toBeGreaterThan(0);
        sum += twin;
        square += twin * twin;
      }
    }
    const count = epsilon.length / 3;
    const error = noise.std / Math.sqrt(count);
    expect(Math.abs(sum / count - noise.mean)).toBeLessThan(5 * error);
    expect(Math.abs(square / count - noise.mean ** 2 - noise.std ** 2)).toBeLessThan(25 * noise.std * error);
  });

  test('keep their digits in the tails of Gumbel noise', () => {
    const extremes = [-3.8, -2, 10, 40, 45];
    const fixed: Noise = { ...gumbel(), fill: (_key, out) => out.set(extremes) };
    const solver = recording(topK({ size: 5, k: 1 }));
    aimle(solver, { noise: fixed, antithetic: true }).sample(tf.zeros([1, 5]), {
      key: key(0),
      samples: 2,
    });
    const twins = [...solver.asked[0]!.subarray(5)];
    // For u near 1, 1 - u is e^-x, whose quantile is -ln x; for u near 0 it is 1 - u, whose quantile is -ln u = e^-x.
    expect(twins[0]).toBeCloseTo(Math.exp(3.8), 3);
    expect(twins[3]).toBeCloseTo(-Math.log(40), 5);
    expect(twins[4]).toBeCloseTo(-Math.log(45), 5);
    expect(twins.every(Number.isFinite)).toBe(true);
  });

  test('need a noise whose mirror image is known', () => {
    const solver = topK({ size: 4, k: 2 });
    const noise = sumOfGamma({ kappa: 2 });
    for (const build of [aimle, fenchelYoung, imleOf]) {
      expect(() => build(solver, { noise, antithetic: true })).toThrow(
        /antithetic pairs need a noise whose mirror image is known, .*got "sum-of-gamma/,
      );
    }
  });

  test('estimate the same mean', () => {
    const rows = 4000;
    const weights = [0.5, -1, 2, 0.25];
    const estimate = (antithetic: boolean): tf.Tensor =>
      tf.grad((x: tf.Tensor) =>
        aimle(topK({ size: 4, k: 2 }), { antithetic, perturbation: fixedLambda(1) })
          .sample(x, { key: key(5), samples: 4 })
          .mul(weights)
          .mean(1)
          .sum(),
      )(tf.zeros([rows, 4]));
    const [paired, single] = [tf.moments(estimate(true), 0), tf.moments(estimate(false), 0)];
    const error = paired.variance.add(single.variance).div(rows).sqrt().dataSync();
    const difference = paired.mean.sub(single.mean).abs().dataSync();
    for (const i of [0, 1, 2, 3]) expect(difference[i]!).toBeLessThan(5 * error[i]!);
    // The key is the same, and so is the noise of every second sample: only the pairing is tested if that shows.
    expect(difference.some((d) => d > 0)).toBe(true);
  });

  test('lower the variance of a Fenchel-Young gradient', () => {
    const variance = (antithetic: boolean): number => {
      const loss = fenchelYoung(topK({ size: 6, k: 3 }), { antithetic });
      const target = tf.tile([[1, 1, 1, 0, 0, 0]], [2000, 1]);
      const grad = tf.grad((x: tf.Tensor) => loss.apply(x, target, { key: key(7), samples: 4 }).sum());
      return tf
        .moments(grad(tf.zeros([2000, 6])), 0)
        .variance.sum()
        .dataSync()[0]!;
    };
    expect(variance(true)).toBeLessThan(0.6 * variance(false));
  });
});
