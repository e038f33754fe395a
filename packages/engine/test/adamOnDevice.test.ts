import { adam } from '@aimle/engine';
import { fillNormal, foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ArrayMoments } from '../src/optimiser/arrayMoments.js';
import { startEngine } from '../src/selection/startEngine.js';

const sizes = { one: 1, 'layer.bias': 7, 'layer.weight': 1025 };
const names = Object.keys(sizes);

/** Numbers of several orders of magnitude, and zeros. */
function spread(name: string, step: number): Float32Array {
  const values = new Float32Array(sizes[name as keyof typeof sizes]);
  fillNormal(foldIn(foldIn(key(5), name), step), values);
  return values.map((value, i) => (i % 11 === 3 ? 0 : value * 10 ** ((i % 13) - 9)));
}

const gradientsOf = (step: number) =>
  new Map<string, tf.Tensor>(names.map((name) => [name, tf.tensor1d(spread(name, step))]));
const variables = () => new Map(names.map((name) => [name, tf.variable(tf.tensor1d(spread(name, 0)))]));

afterEach(() => tf.disposeVariables());

const onDevice = ['webgl', 'webgpu'].includes(tf.getBackend());

describe.runIf(onDevice)('adam on a GPU', () => {
  test('gives what the host gives, up to rounding, moments included', () => {
    const settings = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
    const [there, here] = [variables(), variables()];
    const optimiser = adam({ learningRate: 0.02, ...settings });
    const host = new ArrayMoments({ m: new Map(), v: new Map() });
    for (let t = 1; t <= 12; t++) {
      const gradients = gradientsOf(t);
      optimiser.apply(there, gradients);
      const moving = names.map((name) => ({
        name,
        parameter: here.get(name)!,
        gradient: gradients.get(name)!,
      }));
      const [rate, scale] = [0.02 / (1 - 0.9 ** t), 1 / Math.sqrt(1 - 0.99 ** t)];
      host.step(moving, { ...settings, rate, scale });
      tf.dispose([...gradients.values()]);
    }
    const [ours, theirs] = [optimiser.exportState(), host.export()];
    for (const name of names) {
      const start = spread(name, 0);
      const expected = here.get(name)!.dataSync();
      there
        .get(name)!
        .dataSync()
        .forEach((value, i) => {
          // A step is about 0.02, whatever the gradient.
          expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-6 * Math.max(1, Math.abs(start[i]!)));
        });
      for (const which of ['m', 'v'] as const) {
        const wanted = theirs[which].get(name)!;
        ours[which].get(name)!.forEach((value, i) => {
          // Terms of both signs may cancel.
          const scale = which === 'v' ? wanted[i]! : Math.abs(wanted[i]!) + 10 ** ((i % 13) - 9);
          expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(3e-6 * scale + 1e-37);
        });
      }
    }
  });

  test('reads nothing synchronously in a step', () => {
    const parameters = variables();
    const optimiser = adam({ learningRate: 0.1 });
    const gradients = gradientsOf(1);
    const read = vi.spyOn(tf.backend() as unknown as { readSync(id: object): unknown }, 'readSync');
    try {
      for (let t = 0; t < 3; t++) optimiser.apply(parameters, gradients);
      expect(read).not.toHaveBeenCalled();
      optimiser.exportState();
      expect(read).toHaveBeenCalled();
    } finally {
      read.mockRestore();
    }
  });

  test('moves no parameter from a gradient on that is not finite, and says so in a later step', async () => {
    const parameters = variables();
    const optimiser = adam({ learningRate: 0.1 });
    const good = gradientsOf(1);
    optimiser.apply(parameters, good);
    const state = optimiser.exportState();
    const before = names.map((name) => parameters.get(name)!.dataSync().slice());
    const bad = new Map(good).set('layer.bias', tf.tensor1d([1, 1, Number.NaN, 1, Number.NaN, 1, 1]));
    optimiser.apply(parameters, bad);
    const message = /^adam: the gradient of layer.bias was not finite( at element 2)? in an earlier step/;
    let failure: unknown = null;
    while (failure === null) {
      try {
        optimiser.apply(parameters, good);
      } catch (error) {
        failure = error;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect((failure as Error).message).toMatch(message);
    expect(() => optimiser.exportState()).toThrow(message);
    expect(names.map((name) => parameters.get(name)!.dataSync())).toEqual(before);
    optimiser.importState(state);
    optimiser.apply(parameters, good);
    optimiser.exportState();
    expect(names.map((name) => parameters.get(name)!.dataSync())).not.toEqual(before);
  });

  test('takes its moments along to another engine', async () => {
    const steps = async (change: boolean) => {
      const parameters = variables();
      const optimiser = adam({ learningRate: 0.1 });
      const name = tf.getBackend();
      optimiser.apply(parameters, gradientsOf(1));
      if (change) await startEngine('cpu', {});
      optimiser.apply(parameters, gradientsOf(2));
      const values = names.flatMap((one) => [...parameters.get(one)!.dataSync()]);
      await tf.setBackend(name);
      return values;
    };
    const [moved, stayed] = [await steps(true), await steps(false)];
    moved.forEach((value, i) => {
      expect(Math.abs(value - stayed[i]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    });
  });
});
