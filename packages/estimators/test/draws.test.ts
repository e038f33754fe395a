import { key, normal } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type AimleOptions, aimle, fixedLambda, noiseScaled } from '../src/index.js';
import { recording } from './solversForTests.js';

const weights = [0.5, -1, 2, 0.25];

/** The gradients of sum(weights * z), an instance each, through a top-2-of-4. */
function run(options: AimleOptions, batch = 1) {
  const solver = recording(topK({ size: 4, k: 2 }));
  const layer = aimle(solver, options);
  const theta = tf.tile([[0.1, 0.2, 0.3, 0.4]], [batch, 1]);
  const gradient = tf.grad((x: tf.Tensor) =>
    layer
      .sample(x, { key: key(11) })
      .mul(weights)
      .sum(),
  )(theta);
  return { asked: solver.asked, gradient: gradient.dataSync(), info: layer.lastStep! };
}

const apart = (a: Float32Array, b: Float32Array): number[] => Array.from(a, (value, i) => value - b[i]!);

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  for (let i = 0; i < wanted.length; i++) expect(found[i]!).toBeCloseTo(wanted[i]!, 4);
}

describe('with more than one draw of the noise', () => {
  test('a central difference is solved for again under fresh noise, two solves each time', () => {
    const { asked, info } = run({ perturbation: fixedLambda(3), draws: 3 });
    expect(info.solverCalls).toBe(7);
    const [origin, lower, , lower2, , lower3] = asked as Float32Array[];
    const step = weights.map((weight) => -3 * weight);
    expectNear(apart(lower!, origin!), step);
    for (const draw of [0, 1, 2]) {
      expectNear(
        apart(asked[2 * draw + 1]!, asked[2 * draw + 2]!),
        step.map((move) => 2 * move),
      );
    }
    expect(lower2).not.toEqual(lower);
    expect(lower3).not.toEqual(lower2);
    expect(lower3).not.toEqual(lower);
  });

  test('a forward difference needs its first point, too, where the noise is fresh', () => {
    const { asked } = run({ perturbation: fixedLambda(3), difference: 'forward', draws: 2 });
    expect(asked.length).toBe(4);
    expectNear(
      apart(asked[3]!, asked[2]!),
      weights.map((weight) => 3 * weight),
    );
  });

  test.each(['central', 'forward'] as const)(
    'a %s estimate has the same mean and 1/M of the variance where the loss is linear',
    (difference) => {
      const batch = 4000;
      const momentsOf = (draws: number) => {
        const { gradient, info } = run({ perturbation: fixedLambda(0.3), difference, draws }, batch);
        const { mean, variance } = tf.moments(tf.tensor(gradient, [batch, 4]), 0);
        return { mean: mean.dataSync(), variance: variance.sum().dataSync()[0]!, info };
      };
      const one = momentsOf(1);
      const eight = momentsOf(8);
      const error = Math.sqrt(one.variance / batch);
      for (let i = 0; i < 4; i++) expect(Math.abs(eight.mean[i]! - one.mean[i]!)).toBeLessThan(5 * error);
      expect(eight.variance / one.variance).toBeGreaterThan(0.1);
      expect(eight.variance / one.variance).toBeLessThan(0.15);
      // Of one draw, not of all.
      expect(eight.info.changedCoordinates! / one.info.changedCoordinates!).toBeCloseTo(1, 1);
      expect(eight.info.sparsity!).toBeLessThan(one.info.sparsity!);
    },
  );

  test('fresh noise comes in pairs of opposite signs, too, where the samples do', () => {
    const solver = recording(topK({ size: 4, k: 2 }));
    const layer = aimle(solver, {
      noise: normal(),
      antithetic: true,
      perturbation: fixedLambda(3),
      draws: 2,
    });
    const theta = [0.1, 0.2, 0.3, 0.4];
    tf.grad((x: tf.Tensor) =>
      layer
        .sample(x, { key: key(11), samples: 2 })
        .mul(weights)
        .sum()
        .div(2),
    )(tf.tensor2d([theta]));
    const lower = solver.asked[3]!;
    for (let i = 0; i < 4; i++) {
      expect((lower[i]! + lower[4 + i]!) / 2).toBeCloseTo(theta[i]! - 3 * weights[i]!, 4);
      expect(lower[i]).not.toBeCloseTo(lower[4 + i]!, 4);
    }
  });

  test('they count as samples for the perturbation size', () => {
    const perturbation = noiseScaled({ scaleWithBatch: false });
    const options = { perturbation, curvatureCorrection: false } as const;
    const one = run(options).info.lambda!;
    expect(run({ ...options, draws: 8 }).info.lambda! / one).toBeCloseTo(0.5, 5);
  });

  test('there must be one at least', () => {
    expect(() => run({ draws: 0 })).toThrow('aimle: draws must be a positive integer, got 0');
  });
});
