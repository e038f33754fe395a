import { topK as topKDistribution } from '@aimle/distributions';
import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, describeDiagnosis, diagnose, imle, paperAdaptive } from '../src/index.js';

const c = [1, -2, 3, 0.5, -1];
const linear = (z: tf.Tensor): tf.Tensor => z.mul(c).sum(-1);
const subsetsOf5 = topKDistribution({ size: 5, k: 2 });

describe('lambda', () => {
  const theta = tf.tensor2d([
    [1, 0, -1, 0.5, 2],
    [0.5, 0.1, -2, 0, 1],
  ]);
  const solver = topK({ size: 5, k: 2 });

  test('far too small makes every gradient zero, and the text says so', () => {
    const found = diagnose(imle(solver, { lambda: 1e-7 }), theta, linear, { key: key(1) });
    expect(found).toMatchObject({ zeroGradients: 1, sparsity: 1, changedShare: 0, changedCoordinates: 0 });
    expect(found.lambda).toEqual({
      mean: expect.closeTo(1e-7, 12),
      next: expect.closeTo(1e-7, 12),
      direction: 'steady',
    });
    expect(describeDiagnosis(found)).toContain('Advice: lambda is too small');
  });

  test('of a good size changes samples and gets no advice', () => {
    const found = diagnose(aimle(solver), theta, linear, { key: key(1), samples: 10, truth: subsetsOf5 });
    expect(found.changedShare).toBeGreaterThan(0.3);
    expect(found.zeroGradients).toBe(0);
    expect(found.solverCalls).toBe(3);
    expect(found.truth!.cosine.mean).toBeGreaterThan(0.7);
    expect(found.lambda!.direction).toBe('steady');
    expect(describeDiagnosis(found)).not.toContain('Advice');
  });

  test("rises by the paper's step, and the layer's state stays as it was", () => {
    const layer = aimle(solver, { perturbation: paperAdaptive({ step: 1e-3 }) });
    const before = JSON.stringify(layer.state);
    const found = diagnose(layer, theta, linear, { key: key(1), repeats: 10 });
    expect(JSON.stringify(layer.state)).toBe(before);
    const thetaNorm = Math.hypot(...theta.dataSync());
    const gradientNorm = Math.sqrt(2) * Math.hypot(...c);
    expect(found.lambda).toEqual({
      mean: 0,
      next: expect.closeTo((0.01 * thetaNorm) / gradientNorm, 6),
      direction: 'rising',
    });
    expect(describeDiagnosis(found)).toContain('and rising');
    const above = aimle(solver, { perturbation: paperAdaptive({ initialAlpha: 5 }) });
    expect(diagnose(above, theta, linear, { key: key(1) }).lambda!.direction).toBe('falling');
  });

  test('a layer that throws keeps its state too', () => {
    const layer = aimle(solver, { perturbation: paperAdaptive() });
    const before = JSON.stringify(layer.state);
    let calls = 0;
    const failing = (z: tf.Tensor) => {
      if (++calls === 3) throw new Error('the loss fails');
      return linear(z);
    };
    expect(() => diagnose(layer, theta, failing, { key: key(1) })).toThrow('the loss fails');
    expect(JSON.stringify(layer.state)).toBe(before);
  });
});
