import { type DenseActivation, dense } from '@aimle/engine';
import { fillNormal, foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

const activations: readonly DenseActivation[] = ['linear', 'relu', 'elu'];

/** Numbers that float32 has, so that float64 starts from the same. */
function normal(size: number, seed: string): number[] {
  const values = new Float32Array(size);
  fillNormal(foldIn(key(1), seed), values);
  return [...values];
}

interface Case {
  readonly x: number[];
  readonly weight: number[];
  readonly bias: number[];
  readonly upper: number[];
}

/** Of any number of rows with three inputs and four outputs. */
function caseOf(rows: number): Case {
  return {
    x: normal(3 * rows, 'x'),
    weight: normal(12, 'weight'),
    bias: normal(4, 'bias'),
    upper: normal(4 * rows, 'upper'),
  };
}

function activate(sum: number, activation: DenseActivation): number {
  if (activation === 'linear' || sum > 0) return sum;
  return activation === 'relu' ? 0 : Math.expm1(sum);
}

/** The layer in float64, as its definition says. */
function layer({ x, weight, bias }: Case, activation: DenseActivation): number[] {
  return Array.from({ length: (x.length / 3) * 4 }, (_, at) => {
    const [row, output] = [Math.floor(at / 4), at % 4];
    const terms = [0, 1, 2].map((i) => x[3 * row + i]! * weight[3 * output + i]!);
    return activate(
      terms.reduce((sum, term) => sum + term, bias[output]!),
      activation,
    );
  });
}

/** Finite differences of <upper, layer>, in float64: exact to about 1e-9. */
function slopes(given: Case, of: 'x' | 'weight' | 'bias', activation: DenseActivation): number[] {
  const loss = (moved: Case) => layer(moved, activation).reduce((sum, y, i) => sum + y * given.upper[i]!, 0);
  const at = (i: number, by: number) =>
    loss({ ...given, [of]: given[of].map((value, j) => (i === j ? value + by : value)) });
  return given[of].map((_, i) => (at(i, 1e-5) - at(i, -1e-5)) / 2e-5);
}

/** float32 sums of at most some ten terms of size one, in any order. */
function expectClose(found: tf.Tensor, expected: readonly number[]): void {
  const values = found.dataSync();
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(values[i]! - value)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)) + 1e-6);
  });
}

describe.each(activations)('dense, %s', (activation) => {
  test.each([[[5, 3]], [[1, 3]], [[2, 3, 3]], [[2, 1, 2, 3]]])(
    'gives the values and gradients of its definition for an input %j',
    (shape) => {
      const given = caseOf(shape.slice(0, -1).reduce((rows, axis) => rows * axis, 1));
      const inputs = [tf.tensor(given.x, shape), tf.tensor(given.weight, [4, 3]), tf.tensor(given.bias, [4])];
      const upper = tf.tensor(given.upper, [...shape.slice(0, -1), 4]);
      const apply = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
        dense(x, weight as tf.Tensor2D, bias as tf.Tensor1D, activation);
      const y = tf.tidy(() => apply(inputs[0]!, inputs[1]!, inputs[2]!));
      expect(y.shape).toEqual(upper.shape);
      expectClose(y, layer(given, activation));
      const gradients = tf.grads(apply)(inputs, upper);
      expect(gradients.map((gradient) => gradient.shape)).toEqual(inputs.map((input) => input.shape));
      for (const [i, name] of (['x', 'weight', 'bias'] as const).entries()) {
        expectClose(gradients[i]!, slopes(given, name, activation));
      }
      tf.dispose([...inputs, upper, y, ...gradients]);
    },
  );

  test('keeps NaN, and leaks nothing', () => {
    const [x, weight, bias] = [
      tf.tensor2d([
        [1, Number.NaN, 1],
        [1, 2, 3],
      ]),
      tf.ones([4, 3]),
      tf.zeros([4]),
    ];
    const step = () => {
      const { value, grads } = tf.valueAndGrads((w: tf.Tensor, b: tf.Tensor) =>
        tf.sum(dense(x, w as tf.Tensor2D, b as tf.Tensor1D, activation)),
      )([weight, bias]);
      tf.dispose([value, ...grads]);
    };
    step();
    const before = tf.memory();
    for (let i = 0; i < 5; i++) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    const y = tf.tidy(() => dense(x, weight as tf.Tensor2D, bias as tf.Tensor1D, activation));
    // Shaders may compute e^NaN as infinity: TensorFlow.js's own elu then does so, too.
    const [kept] = activation === 'elu' ? tf.tidy(() => tf.elu(Number.NaN).dataSync()) : [Number.NaN];
    expect(kept).not.toSatisfy(Number.isFinite);
    expect([...y.dataSync()]).toEqual([...Array(4).fill(kept), ...Array(4).fill(6)]);
    tf.dispose([x, weight, bias, y]);
  });
});

describe('second derivatives of dense', () => {
  const x = [0.5, -1, 2, 1, 1, -3];
  /** d/dx of |d loss / dW|^2, where loss is the sum of the squared results. */
  const ofSlope = (
    activation: DenseActivation,
    f: (x: tf.Tensor, w: tf.Tensor2D, b: tf.Tensor1D) => tf.Tensor,
  ) =>
    tf.tidy(() => {
      const weight = tf.tensor2d(normal(12, 'weight'), [4, 3]);
      const bias = tf.tensor1d(normal(4, 'bias'));
      const slope = (input: tf.Tensor) =>
        tf.grads((w, b) => tf.sum(tf.square(f(input, w as tf.Tensor2D, b as tf.Tensor1D))))([weight, bias]);
      const penalty = (input: tf.Tensor) => {
        const [w, b] = slope(input);
        return tf.add(tf.sum(tf.square(w!)), tf.sum(tf.square(b!)));
      };
      return [
        activation,
        ...tf
          .grad(penalty)(tf.tensor2d(x, [2, 3]))
          .dataSync(),
      ].slice(1) as number[];
    });

  test.each(['linear', 'relu'] as const)('are those of the composed operations for %s', (activation) => {
    const found = ofSlope(activation, (input, w, b) => dense(input, w, b, activation));
    const expected = ofSlope(activation, (input, w, b) => {
      const sums = tf.add(tf.matMul(input as tf.Tensor2D, w, false, true), b);
      return activation === 'relu' ? tf.relu(sums) : sums;
    });
    expect(Math.hypot(...expected)).toBeGreaterThan(1);
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected[i]!)));
    });
  });

  test('are an error for elu', () => {
    expect(() => ofSlope('elu', (input, w, b) => dense(input, w, b, 'elu'))).toThrow(/gradient.*EluGrad/);
  });
});

test('dense computes no gradient that nobody asks for', async () => {
  const [x, weight, bias] = [tf.ones([6, 3]), tf.variable(tf.ones([4, 3])), tf.variable(tf.zeros([4]))];
  const { kernels } = await tf.profile(() => {
    const loss = () => tf.sum(dense(x, weight as tf.Tensor2D, bias as tf.Tensor1D)) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss, [weight, bias]);
    tf.dispose([value, ...Object.values(grads)]);
    return [];
  });
  // The product of the weight's gradient, and on engines without a kernel one that sums the bias's.
  const products = kernels.filter(({ inputShapes }) => inputShapes.some((shape) => shape?.join() === '4,3'));
  expect(
    products.map(({ name }) => name).filter((name) => /MatMul/.test(name) && name !== '_FusedMatMul'),
  ).toEqual([]);
  tf.dispose([x, weight, bias]);
});

test('dense says which shapes do not fit', () => {
  const [weight, bias] = [tf.ones<tf.Rank.R2>([4, 3]), tf.zeros<tf.Rank.R1>([4])];
  expect(() => dense(tf.ones([5, 2]), weight, bias)).toThrow(
    'dense: a weight of shape [4, 3] needs an input [..., 3] of rank 2 or more and a bias [4], got [5, 2] and [4]',
  );
  expect(() => dense(tf.ones([3]), weight, bias)).toThrow('got [3] and [4]');
  expect(() => dense(tf.ones([5, 3]), weight, tf.zeros([3]))).toThrow('got [5, 3] and [3]');
});
