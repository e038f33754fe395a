import { gumbel, key } from '@aimle/random';
import { bernoulli, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, noiseScaled, type PaperState, type PerturbationScales, paperAdaptive } from '../src/index.js';

const scales: PerturbationScales = {
  thetaNorm: 4,
  gradientNorm: 2,
  gradientSpread: 0.5,
  gradientMean: 3,
  noiseStd: 1.28,
  samples: 1,
  batch: 1,
};

describe('the paper controller', () => {
  test('has lambda = alpha norm(theta) / norm(g), and zero where g is', () => {
    const policy = paperAdaptive({ initialAlpha: 0.5 });
    expect(policy.lambda(policy.init(), scales)).toBe(1);
    expect(policy.lambda(policy.init(), { ...scales, gradientNorm: 0 })).toBe(0);
  });

  test('raises alpha while too little changes and lowers it while too much does, never below zero', () => {
    const policy = paperAdaptive({ step: 0.25, target: 2, decay: 0 });
    const follow = (changes: number[]): number[] => {
      let state = policy.init();
      return changes.map((changedCoordinates) => {
        state = policy.update(state, { changedCoordinates, changedShare: 1, changedSize: 0 });
        return state.alpha;
      });
    };
    expect(follow([0, 0, 5, 5, 5])).toEqual([0.25, 0.5, 0.25, 0, 0]);
  });

  test('averages the changes over time and repeats a share of its last move', () => {
    const policy = paperAdaptive({ step: 0.1, target: 1, decay: 0.9, momentum: 0.5 });
    let state: PaperState = policy.init();
    state = policy.update(state, { changedCoordinates: 0, changedShare: 0, changedSize: 0 });
    expect(state.changed).toBeCloseTo(0.9, 12);
    expect(state.alpha).toBeCloseTo(0.1, 12);
    state = policy.update(state, { changedCoordinates: 0, changedShare: 0, changedSize: 0 });
    expect(state.changed).toBeCloseTo(0.81, 12);
    expect(state.alpha).toBeCloseTo(0.25, 12);
  });

  test('finds its target on a k-subset', () => {
    const layer = aimle(topK({ size: 10, k: 5 }), { perturbation: paperAdaptive({ step: 0.02, target: 2 }) });
    const theta = tf.randomNormal([8, 10], 0, 1, 'float32', 2);
    const weights = tf.randomNormal([10], 0, 1, 'float32', 3);
    const changed: number[] = [];
    for (let step = 0; step < 300; step++) {
      tf.tidy(() => {
        const options = { key: key(step), samples: 4 };
        tf.grad((x: tf.Tensor) => layer.sample(x, options).mul(weights).mean(1).sum())(theta);
        changed.push(layer.lastStep!.changedCoordinates!);
      });
    }
    const late = changed.slice(150);
    const mean = late.reduce((sum, value) => sum + value, 0) / late.length;
    // The controller is bang-bang: it holds the running mean at the target up to the ripple of one step.
    expect(Math.abs(mean - 2)).toBeLessThan(0.3);
    expect(changed[0]).toBe(0);
  });

  test('names the option that is out of range', () => {
    expect(() => paperAdaptive({ step: 0 })).toThrow(/step must be a finite number above 0, got 0/);
    expect(() => paperAdaptive({ decay: 1 })).toThrow(/decay must be a finite number in \[0, 1\), got 1/);
  });
});

describe('the noise-scaled size', () => {
  test('is 1.7 noise widths for one sample and shrinks with the cube root of samples and sixth root of the batch', () => {
    const lambda = (some: Partial<PerturbationScales>): number =>
      noiseScaled().lambda(noiseScaled().init(), { ...scales, ...some });
    expect(lambda({})).toBeCloseTo((1.7 * 1.28) / 0.5, 12);
    expect(lambda({ samples: 8 })).toBeCloseTo(lambda({}) / 2, 12);
    expect(lambda({ batch: 64 })).toBeCloseTo(lambda({}) / 2, 12);
    expect(lambda({ gradientSpread: 0 })).toBe(0);
  });

  test('counts samples alone where the batch size does not scale it', () => {
    const apart = noiseScaled({ scaleWithBatch: false });
    const lambda = (some: Partial<PerturbationScales>) => apart.lambda(apart.init(), { ...scales, ...some });
    expect(lambda({ batch: 64 })).toBe(lambda({}));
    expect(lambda({ samples: 8 })).toBeCloseTo(lambda({}) / 2, 12);
    expect(() => noiseScaled({ scaleWithBatch: 'no' as unknown as boolean })).toThrow(
      /scaleWithBatch must be true or false, got "no"/,
    );
  });

  test('counts the mean of g as much as perturbations change how many ones there are', () => {
    const policy = noiseScaled();
    const after = (changedSize: number): number => {
      const state = policy.update(policy.init(), { changedCoordinates: 2, changedShare: 1, changedSize });
      return policy.lambda(state, scales);
    };
    expect(after(0)).toBeCloseTo((1.7 * 1.28) / 0.5, 12);
    expect(after(1)).toBeCloseTo((1.7 * 1.28) / Math.sqrt(0.5 ** 2 + 3 ** 2 / 2), 12);
    expect(after(2)).toBeCloseTo((1.7 * 1.28) / Math.hypot(0.5, 3), 12);
    expect(after(50)).toBe(after(2));
  });

  test.each([
    ['bits', bernoulli({ size: 6 }), (lambda: number) => expect(lambda).toBeCloseTo(1.7 * gumbel().std, 5)],
    ['k-subsets', topK({ size: 6, k: 2 }), (lambda: number) => expect(lambda).toBe(0)],
  ] as const)(
    'takes a constant slope for one of many bits, and for none of a k-subset: %s',
    (_, solver, check) => {
      const layer = aimle(solver);
      for (const slopes of [
        [1, 2, 3, -4, 5, 6],
        [1, 1, 1, 1, 1, 1],
      ]) {
        tf.grad((x: tf.Tensor) =>
          layer
            .sample(x, { key: key(1) })
            .mul(slopes)
            .sum(),
        )(tf.zeros([1, 6]));
      }
      check(layer.lastStep!.lambda!);
    },
  );

  test.each(['instance', 'batch'] as const)(
    'does not depend on theta, and undoes the scale of the loss, per %s',
    (scope) => {
      const lambda = (theta: number, loss: number): number => {
        const layer = aimle(topK({ size: 6, k: 2 }), { noise: gumbel(), scope });
        tf.grad((x: tf.Tensor) => {
          const z = layer.sample(x, { key: key(1), samples: 2 });
          return z.mul([1, 2, 3, -4, 5, 6]).mean(1).sum().mul(loss);
        })(tf.randomNormal([3, 6], 0, theta, 'float32', 7));
        return layer.lastStep!.lambda!;
      };
      expect(lambda(30, 1)).toBeCloseTo(lambda(1, 1), 5);
      expect(lambda(1, 100)).toBeCloseTo(lambda(1, 1) / 100, 5);
    },
  );

  test('sizes each instance by its own gradient', () => {
    const strong = tf.tensor2d([
      [1, 2, 3, 4],
      [100, 200, 300, 400],
    ]);
    const layer = aimle(topK({ size: 4, k: 1 }), { scope: 'instance' });
    const gradient = tf.grad((x: tf.Tensor) => {
      const z = layer.sample(x, { key: key(1), samples: 20_000 });
      return z.mul(strong.expandDims(1)).mean(1).sum();
    })(tf.zeros([2, 4]));
    // A gradient a hundred times as large gives an estimate a hundred times as large, within the standard errors of
    // 20,000 draws.
    const [weak, big] = gradient.abs().sum(1).dataSync() as unknown as [number, number];
    expect(big / weak).toBeGreaterThan(90);
    expect(big / weak).toBeLessThan(110);
  });

  test('pools the spreads of a batch as the root of their mean square', () => {
    const layer = aimle(topK({ size: 4, k: 1 }));
    const slopes = tf.tensor2d([
      [1, 2, 3, 4],
      [10, 20, 30, 40],
    ]);
    tf.grad((x: tf.Tensor) =>
      layer
        .sample(x, { key: key(1) })
        .mul(slopes)
        .sum(),
    )(tf.zeros([2, 4]));
    // Variances 5/3 and 500/3; S = 1 and B = 2 count as sqrt(2) samples.
    const expected = ((1.7 * gumbel().std) / Math.sqrt(505 / 6)) * 2 ** (-1 / 6);
    expect(layer.lastStep!.lambda).toBeCloseTo(expected, 6);
  });
});
