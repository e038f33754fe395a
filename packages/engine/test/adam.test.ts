import { adam, valueAndGradients } from '@aimle/engine';
import { kernels, useKernels } from '@aimle/kernels';
import { fillNormal, foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';

const start = [0.5, -1.25, 3];
const gradientAt = (step: number) => [Math.sin(step), 0.1 * step, 1e-7 * (step - 3)];

function trainable(values: number[]): Map<string, tf.Variable> {
  return new Map([['layer.weight', tf.variable(tf.tensor1d(values))]]);
}

/** Kingma and Ba 2015, algorithm 1, in float64 and in its own words. */
function reference(
  steps: number,
  { rate = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {},
): number[] {
  return start.map((value, i) => {
    let [theta, m, v] = [value, 0, 0];
    for (let t = 1; t <= steps; t++) {
      const g = gradientAt(t)[i]!;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      theta -= (rate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    }
    return theta;
  });
}

afterEach(() => tf.disposeVariables());

/** On a GPU nothing is read within a step: what was wrong is told by the next reading of the state. */
const isLate = ['webgl', 'webgpu'].includes(tf.getBackend());
function applied(
  optimiser: ReturnType<typeof adam>,
  ...step: Parameters<ReturnType<typeof adam>['apply']>
): void {
  optimiser.apply(...step);
  if (isLate) optimiser.exportState();
}

describe('adam', () => {
  test.each([{}, { epsilon: 1e-3 }, { beta1: 0.5, beta2: 0.9 }, { rate: 1 }])(
    'follows algorithm 1 of the paper with PyTorch epsilon: %o',
    (settings) => {
      const parameters = trainable(start);
      const { rate = 0.01, ...rest } = settings as { rate?: number };
      const optimiser = adam({ learningRate: rate, ...rest });
      for (let t = 1; t <= 50; t++) {
        const gradient = tf.tensor1d(gradientAt(t));
        optimiser.apply(parameters, new Map([['layer.weight', gradient]]));
        gradient.dispose();
      }
      const values = parameters.get('layer.weight')!.dataSync();
      reference(50, settings).forEach((expected, i) => {
        expect(Math.abs(values[i]! - expected)).toBeLessThan(4e-6 * Math.max(1, Math.abs(expected)));
      });
    },
  );

  test('continues from an exported state bit for bit', () => {
    const parameters = trainable(start);
    const apply = (optimiser: ReturnType<typeof adam>, t: number) =>
      tf.tidy(() => optimiser.apply(parameters, new Map([['layer.weight', tf.tensor1d(gradientAt(t))]])));
    const first = adam({ learningRate: 0.1 });
    for (let t = 1; t <= 5; t++) apply(first, t);
    const state = first.exportState();
    const weights = parameters.get('layer.weight')!.clone();
    for (let t = 6; t <= 9; t++) apply(first, t);
    const uninterrupted = [...parameters.get('layer.weight')!.dataSync()];

    parameters.get('layer.weight')!.assign(weights as tf.Tensor1D);
    const second = adam({ learningRate: 0.1 });
    second.importState(state);
    for (let t = 6; t <= 9; t++) apply(second, t);
    expect([...parameters.get('layer.weight')!.dataSync()]).toEqual(uninterrupted);
    expect(state.step).toBe(5);
  });

  test('leaves a parameter without a gradient where it is, and leaks no tensor', () => {
    const parameters = new Map([...trainable([1]), ['frozen', tf.variable(tf.tensor1d([7]))] as const]);
    const optimiser = adam({ learningRate: 0.1 });
    const gradient = tf.tensor1d([1]);
    optimiser.apply(parameters, new Map([['layer.weight', gradient]]));
    const before = tf.memory();
    for (let i = 0; i < 20; i++) optimiser.apply(parameters, new Map([['layer.weight', gradient]]));
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    expect(parameters.get('frozen')!.dataSync()[0]).toBe(7);
    expect(parameters.get('layer.weight')!.dataSync()[0]).toBeLessThan(0);
  });

  test('the matrix product sees the moved weights', () => {
    const weight = tf.variable(tf.eye(2));
    const parameters = new Map([['weight', weight as tf.Variable]]);
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    tf.tidy(() => tf.matMul(x, weight).dataSync());
    const optimiser = adam({ learningRate: 1, epsilon: 1e-12 });
    optimiser.apply(parameters, new Map([['weight', tf.ones([2, 2])]]));
    [...tf.matMul(x, weight).dataSync()].forEach((value, i) => {
      expect(value).toBeCloseTo([-2, -1, -4, -3][i]!, 5);
    });
  });

  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('refuses a gradient of %d by the name of its parameter, and moves none', (value, text) => {
    const parameters = new Map([
      ['encoder.bias', tf.variable(tf.tensor1d([1, 2]))],
      ['encoder.weight', tf.variable(tf.tensor1d([3, 4, 5]))],
    ]);
    const gradients = new Map([
      ['encoder.bias', tf.tensor1d([1, 1])],
      ['encoder.weight', tf.tensor1d([1, 1, value])],
    ]);
    const tensors = tf.memory().numTensors;
    const place = { webgl: '', webgpu: ' at element 2' }[tf.getBackend()];
    expect(() => applied(adam({ learningRate: 1 }), parameters, gradients)).toThrow(
      `adam: the gradient of encoder.weight ${isLate ? `was not finite${place} in an earlier step` : `is ${text} at element 2`}`,
    );
    expect([...parameters.get('encoder.bias')!.dataSync()]).toEqual([1, 2]);
    expect([...parameters.get('encoder.weight')!.dataSync()]).toEqual([3, 4, 5]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('takes the largest finite gradients', () => {
    const parameters = trainable([0, 0, 0, 0]);
    const large = tf.tensor1d([3.4e38, 3.4e38, -3.4e38, 3.4e38]);
    expect(() =>
      applied(adam({ learningRate: 1 }), parameters, new Map([['layer.weight', large]])),
    ).not.toThrow();
  });

  test('says what is wrong with options, gradients and states', () => {
    expect(() => adam({ learningRate: 0 })).toThrow('learningRate must be a finite number above 0, got 0');
    expect(() => adam({ learningRate: 1, beta1: 1 })).toThrow('adam: beta1 must be in [0, 1), got 1');
    expect(() => adam({ learningRate: 1, epsilon: 0 })).toThrow(
      'epsilon must be a finite number above 0, got 0',
    );
    const optimiser = adam({ learningRate: 1 });
    expect(() => optimiser.apply(trainable([1, 2]), new Map([['layer.weight', tf.zeros([3])]]))).toThrow(
      'adam: the gradient of layer.weight must have shape [2], got [3]',
    );
    const [m, v] = [new Map([['layer.weight', new Float32Array(3)]]), new Map<string, Float32Array>()];
    expect(() => optimiser.importState({ step: 1, m, v })).toThrow('m and v of layer.weight');
    optimiser.importState({ step: 1, m, v: m });
    expect(() => optimiser.apply(trainable([1, 2]), new Map([['layer.weight', tf.zeros([2])]]))).toThrow(
      'adam: the state of layer.weight has 3 elements, its parameter 2',
    );
  });
});

// They may be off in the environment, which browsers do not have.
describe.skipIf(!(await useKernels()))('adam with kernels', () => {
  const sizes = { one: 1, 'layer.bias': 7, 'layer.weight': 1025 };
  const spread = (name: string, step: number): Float32Array => {
    const values = new Float32Array(sizes[name as keyof typeof sizes]);
    fillNormal(foldIn(foldIn(key(5), name), step), values);
    // From the least to the largest orders of magnitude, and zeros.
    return values.map((value, i) => (i % 11 === 3 ? 0 : value * 10 ** ((i % 83) - 44)));
  };
  const steps = async (run: { kernels(step: number): boolean; meddle?: boolean }): Promise<number[]> => {
    const names = Object.keys(sizes);
    const parameters = new Map(names.map((name) => [name, tf.variable(tf.tensor1d(spread(name, 0)))]));
    const optimiser = adam({ learningRate: 0.02, beta2: 0.99 });
    for (let t = 1; t <= 12; t++) {
      await useKernels(run.kernels(t));
      const gradients = new Map(names.map((name) => [name, tf.tensor1d(spread(name, t))]));
      optimiser.apply(parameters, gradients);
      tf.dispose([...gradients.values()]);
      if (run.meddle && t === 5) tf.tidy(() => parameters.get('layer.bias')!.assign(tf.ones([7])));
      if (run.meddle && t === 8) optimiser.importState(optimiser.exportState());
    }
    const { m, v } = optimiser.exportState();
    optimiser.dispose();
    return [...parameters.values()]
      .flatMap((parameter) => [...parameter.dataSync()])
      .concat([...m.values(), ...v.values()].flatMap((values) => [...values]));
  };
  afterEach(async () => void (await useKernels()));

  test('gives the bits of the TypeScript', async () => {
    expect(await useKernels()).toBe(true);
    const expected = await steps({ kernels: () => false });
    expect(await steps({ kernels: () => true })).toEqual(expected);
    // Loaded and left between two steps: the moments move along.
    expect(await steps({ kernels: (t) => t % 3 === 0 })).toEqual(expected);
  });

  test('sees a parameter or a state that was assigned between two steps', async () => {
    const expected = await steps({ kernels: () => false, meddle: true });
    expect(expected).not.toEqual(await steps({ kernels: () => false }));
    expect(await steps({ kernels: () => true, meddle: true })).toEqual(expected);
  });

  test('moves on from where the parameter is after a gradient that was not finite', () => {
    const parameters = trainable([1, 2]);
    const optimiser = adam({ learningRate: 0.5 });
    const state = optimiser.exportState();
    const apply = (values: number[]) =>
      tf.tidy(() => applied(optimiser, parameters, new Map([['layer.weight', tf.tensor1d(values)]])));
    expect(() => apply([1, Number.NaN])).toThrow(/the gradient of layer.weight (is NaN|was not finite)/);
    optimiser.importState(state);
    apply([3, -3]);
    // A GPU rounds the coefficients to float32.
    const [first, second] = parameters.get('layer.weight')!.dataSync();
    expect(Math.abs(first! - 0.5) + Math.abs(second! - 2.5)).toBeLessThanOrEqual(isLate ? 1e-6 : 0);
  });

  test('gives its memory back', () => {
    const { memory } = kernels()!;
    const run = () => {
      const optimiser = adam({ learningRate: 1 });
      tf.tidy(() => optimiser.apply(trainable([1, 2, 3]), new Map([['layer.weight', tf.ones([3])]])));
      return optimiser;
    };
    run().dispose();
    const [before, next] = [memory.keep(16), memory.keep(16)];
    for (let i = 0; i < 3; i++) run().dispose();
    expect(memory.keep(16) - next).toBe(next - before);
  });
});

test('valueAndGradients goes by our names and gives zeros where the loss does not reach', () => {
  const parameters = new Map([...trainable([1, 2]), ['unused', tf.variable(tf.ones([2, 2]))] as const]);
  const { value, gradients } = valueAndGradients(parameters, () =>
    tf.sum(tf.square(parameters.get('layer.weight')!)),
  );
  expect(value.dataSync()[0]).toBe(5);
  expect([...gradients.get('layer.weight')!.dataSync()]).toEqual([2, 4]);
  expect([...gradients.get('unused')!.dataSync()]).toEqual([0, 0, 0, 0]);
});
