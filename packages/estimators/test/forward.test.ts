import { topK as topKDistribution } from '@aimle/distributions';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, estimators, fenchelYoung, isLayer, negativeIdentity, simple } from '../src/index.js';
import { layer, ofSubsets } from './entries.js';

const values = Float32Array.of(0.3, -0.2, 0.9, 0, 0.1, -0.5, 0.4, 0.2, 1, -1, 0.6, 0.7);
const weights = Float32Array.of(1, -2, 3, 0.5);

const layers = estimators.filter((entry) => isLayer(ofSubsets(entry, 4, 2)));

describe.each(layers)('$name on typed arrays', (entry) => {
  const build = () => layer(ofSubsets(entry, 4, 2));

  test.each([
    [undefined, [3, 4]],
    [2, [3, 2, 4]],
  ])('is what it is on tensors, S = %s', (samples, shape) => {
    const options = { key: key(3), ...(samples !== undefined && { samples }) };
    const onTensors = build();
    const { value, grad } = tf.valueAndGrad((theta: tf.Tensor) => {
      const z = onTensors.sample(theta, options);
      expect(z.shape).toEqual(shape);
      return z.mul(tf.tensor1d(weights)).sum();
    })(tf.tensor2d(values, [3, 4]));
    const onArrays = build();
    const { z, vjp } = onArrays.forward(values, options);
    const total = z.reduce((sum, one, i) => sum + one * weights[i % 4]!, 0);
    expect(total).toBeCloseTo(value.dataSync()[0]!, 5);
    expect([...vjp(z.map((_, i) => weights[i % 4]!))]).toEqual([...grad.dataSync()]);
    expect(onArrays.lastStep).toEqual(onTensors.lastStep);
    expect(onArrays.state).toEqual(onTensors.state);
  });

  test('awaits both passes, with the same numbers', async () => {
    const options = { key: key(4), samples: 3 };
    const theta = tf.tensor2d(values, [3, 4]);
    const synchronous = build();
    const gradient = tf.grad((x: tf.Tensor) =>
      synchronous.sample(x, options).mul(tf.tensor1d(weights)).sum(),
    );
    const awaited = await build().sampleAsync(theta, options);
    expect([...awaited.z.dataSync()]).toEqual([...synchronous.sample(theta, options).dataSync()]);
    const thetaGradient = await awaited.vjp(tf.tile(tf.tensor3d(weights, [1, 1, 4]), [3, 3, 1]));
    expect(thetaGradient.shape).toEqual([3, 4]);
    expect([...thetaGradient.dataSync()]).toEqual([...gradient(theta).dataSync()]);
  });
});

describe('the two passes', () => {
  test('put samples between the batch and its blocks', () => {
    const options = { key: key(1), samples: 2 };
    const blocked = aimle(topK({ size: 2, k: 1 })).forward(values, { ...options, blocks: 3 });
    const tensor = aimle(topK({ size: 2, k: 1 })).sample(tf.tensor3d(values, [2, 3, 2]), options);
    expect([...blocked.z]).toEqual([...tensor.dataSync()]);
  });

  test('keep their own copy of theta', () => {
    const theta = values.slice();
    const first = aimle(topK({ size: 4, k: 2 })).forward(theta, { key: key(2) });
    theta.fill(5);
    const gradient = new Float32Array(12).map((_, i) => weights[i % 4]!);
    const wanted = aimle(topK({ size: 4, k: 2 }))
      .forward(values, { key: key(2) })
      .vjp(gradient);
    expect([...first.vjp(gradient)]).toEqual([...wanted]);
  });

  test('say what does not fit', () => {
    const pick = aimle(topK({ size: 4, k: 2 }));
    expect(() => pick.forward(values.subarray(0, 5), { key: key(0) })).toThrow(/multiple of 4, .* got 5/);
    expect(() => pick.forward(values, { key: key(0), blocks: 2 })).toThrow(/multiple of 2 x 4, .* got 12/);
    const { vjp } = pick.forward(values, { key: key(0) });
    expect(() => vjp(new Float32Array(3))).toThrow(/as many numbers as z, 12, got 3/);
    expect(() => vjp(new Float32Array(12).fill(Number.NaN))).toThrow(/must be finite, got NaN in row 0/);
  });

  test('report a step by an object that does not change', () => {
    const pick = aimle(topK({ size: 4, k: 2 }));
    expect(pick.lastStep).toBeNull();
    const { vjp } = pick.forward(values, { key: key(0) });
    const before = pick.lastStep!;
    vjp(new Float32Array(12).map((_, i) => weights[i % 4]!));
    expect(before).toMatchObject({ solverCalls: 1, lambda: null, sparsity: null });
    expect(pick.lastStep).toMatchObject({ solverCalls: 3, samples: 1 });
    expect(Object.isFrozen(pick.lastStep)).toBe(true);
  });

  test('of a loss give its values and gradient', () => {
    const loss = fenchelYoung(topK({ size: 4, k: 2 }));
    const target = Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0);
    const options = { key: key(5), samples: 3 };
    const { values: losses, vjp } = loss.forward(values, target, options);
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
      loss.apply(x, tf.tensor2d(target, [3, 4]), options).sum(),
    )(tf.tensor2d(values, [3, 4]));
    expect(losses.reduce((sum, x) => sum + x, 0)).toBeCloseTo(value.dataSync()[0]!, 5);
    expect([...vjp(Float32Array.of(1, 1, 1))]).toEqual([...grad.dataSync()]);
    expect(() => loss.forward(values, target.subarray(1), options)).toThrow(/got 12 and 11/);
  });
});

describe('a second derivative', () => {
  const theta = tf.tensor2d(values, [3, 4]);

  test.each([
    ['aimle', aimle(topK({ size: 4, k: 2 }))],
    ['simple', simple(topKDistribution({ size: 4, k: 2 }))],
    ['negative-identity', negativeIdentity(topK({ size: 4, k: 2 }))],
  ])('through %s is an error that names it', (name, estimator) => {
    const slope = (x: tf.Tensor) =>
      tf.grad((t: tf.Tensor) =>
        estimator
          .sample(t, { key: foldIn(key(1), 'once') })
          .square()
          .mul(tf.tensor1d(weights))
          .sum(),
      )(x);
    expect(() => tf.grad((x: tf.Tensor) => slope(x).square().sum())(theta)).toThrow(
      new RegExp(`^${name}: has no second derivative`),
    );
  });
});
