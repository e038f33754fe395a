import { topK as topKDistribution } from '@aimle/distributions';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  estimators,
  exactExpectation,
  fenchelYoung,
  isLayer,
  type Layer,
  negativeIdentity,
  paperAdaptive,
  scoreFunction,
  simple,
} from '../src/index.js';
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
    for (const blocks of [0, -1, 1.5]) {
      expect(() => pick.forward(values, { key: key(0), blocks })).toThrow(
        `blocks must be a positive integer, got ${blocks}`,
      );
    }
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

test('awaited, the gradient must have the shape of z', async () => {
  const pick = aimle(topK({ size: 4, k: 2 }));
  const { vjp } = await pick.sampleAsync(tf.tensor2d(values, [3, 4]), { key: key(0) });
  await expect(vjp(tf.ones([4, 3]))).rejects.toThrow(/shape of z, \[3,4\], got \[4,3\]/);
});

describe('the adaptive state', () => {
  const train = (layer: Layer, batch: number): void => {
    const { z, vjp } = layer.forward(values.subarray(0, 4 * batch), { key: key(1) });
    vjp(z.map((_, i) => weights[i % 4]!));
  };

  test('is a copy of what was assigned', () => {
    const pick = aimle(topK({ size: 4, k: 2 }));
    const saved = structuredClone(pick.state) as { state: { size: number } };
    pick.state = saved;
    saved.state.size = Number.NaN;
    expect(pick.state).not.toEqual(saved);
  });

  test('learns nothing from an empty batch', () => {
    const pick = aimle(topK({ size: 4, k: 2 }), { perturbation: paperAdaptive() });
    const before = structuredClone(pick.state);
    train(pick, 0);
    expect(pick.state).toEqual(before);
    train(pick, 1);
    expect(pick.state).not.toEqual(before);
  });

  test('of a baseline sees every loss of a step', () => {
    const estimator = scoreFunction(topKDistribution({ size: 4, k: 2 }));
    const constant = (value: number) => (z: tf.Tensor) => z.sum(-1).mul(0).add(value);
    tf.grad((x: tf.Tensor) => {
      const [one, hundred] = [1, 100].map((value) =>
        estimator.expectation(x, constant(value), { key: key(1) }),
      );
      return one!.add(hundred!).sum();
    })(tf.zeros([1, 4]));
    const { total, weight } = (estimator.state as { state: { total: number; weight: number } }).state;
    // Both were averaged in, in the order in which their gradients passed.
    expect(weight).toBeCloseTo(0.19, 6);
    expect([0.1 * (0.9 * 1 + 100), 0.1 * (0.9 * 100 + 1)]).toContainEqual(expect.closeTo(total, 4));
  });
});

test('an expectation that is only looked at leaves no more than its value', async () => {
  const theta = tf.tensor2d(values, [3, 4]);
  const pairs = topKDistribution({ size: 4, k: 2 });
  for (const estimator of [aimle(pairs), scoreFunction(pairs), exactExpectation(pairs)]) {
    await expectNoLeak(tf, () => {
      estimator.expectation(theta, (z) => tf.tidy(() => z.sum(-1)), { key: key(1), samples: 2 }).dispose();
    });
  }
});

test('a solver of your own must say which way it looks', () => {
  const solver = { name: 'mine', size: 2, sense: 'max' as 'maximise', kappa: 1, solve: () => {} };
  expect(() => aimle(solver)).toThrow(/sense of mine must be maximise or minimise, got "max"/);
  expect(() => aimle({ ...solver, sense: 'maximise', size: 0 })).toThrow(/size of mine .* got 0/);
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
