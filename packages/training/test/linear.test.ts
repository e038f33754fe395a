import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Linear, type LinearOptions, linear } from '../src/index.js';

const options: LinearOptions = { name: 'a', inputs: 3, outputs: 2, key: key(1), init: 'xavier-uniform' };
const layers: Linear[] = [];

function made(changes: Partial<LinearOptions> = {}): Linear {
  const layer = linear({ ...options, ...changes });
  layers.push(layer);
  return layer;
}

function extremes(variable: tf.Variable): [number, number] {
  const values = variable.dataSync();
  return [Math.min(...values), Math.max(...values)];
}

describe('linear', () => {
  afterEach(() => {
    for (const layer of layers.splice(0)) layer.dispose();
  });

  it('multiplies by the transposed weight and adds the bias, as PyTorch does', () => {
    const layer = made();
    layer.weight.assign(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]));
    layer.bias.assign(tf.tensor1d([10, 20]));
    const y = layer.apply(tf.tensor2d([1, 0, -1, 2, 2, 2], [2, 3]));
    expect([...y.dataSync()]).toEqual([8, 18, 22, 50]);
  });

  it('treats every leading axis as a batch', () => {
    const layer = made();
    const x = tf.randomNormal([2, 4, 5, 3]);
    const y = layer.apply(x);
    expect(y.shape).toEqual([2, 4, 5, 2]);
    expect([...y.dataSync()]).toEqual([...layer.apply(x.reshape([40, 3])).dataSync()]);
  });

  it('has the gradients of the matrix product', () => {
    const layer = made({ inputs: 2, outputs: 1 });
    const x = tf.tensor3d([1, 2, 3, 4], [1, 2, 2]);
    const { grads } = tf.variableGrads(() => layer.apply(x).sum(), [layer.weight, layer.bias]);
    expect([...grads[layer.weight.name]!.dataSync()]).toEqual([4, 6]);
    expect([...grads[layer.bias.name]!.dataSync()]).toEqual([2]);
  });

  it('draws from its key and its name, and from nothing else', () => {
    const values = (changes: Partial<LinearOptions>) => [...made(changes).weight.dataSync()];
    expect(values({})).toEqual(values({}));
    expect(values({})).not.toEqual(values({ key: key(2) }));
    expect(values({})).not.toEqual(values({ name: 'b' }));
  });

  it('starts Xavier weights within gain sqrt(6 / (inputs + outputs)), up to the edge, and biases at zero', () => {
    const layer = made({ inputs: 100, outputs: 50, gain: Math.SQRT2 });
    const bound = Math.sqrt(12 / 150);
    const [low, high] = extremes(layer.weight);
    expect(low).toBeGreaterThanOrEqual(-bound);
    expect(low).toBeLessThan(-0.99 * bound);
    expect(high).toBeLessThanOrEqual(bound);
    expect(high).toBeGreaterThan(0.99 * bound);
    expect(extremes(layer.bias)).toEqual([0, 0]);
  });

  it('starts Kaiming weights and biases within 1 / sqrt(inputs), as PyTorch does by default', () => {
    const layer = made({ inputs: 25, outputs: 400, init: 'kaiming-uniform' });
    for (const variable of [layer.weight, layer.bias]) {
      const [low, high] = extremes(variable);
      expect(low).toBeGreaterThanOrEqual(-0.2);
      expect(low).toBeLessThan(-0.19);
      expect(high).toBeLessThanOrEqual(0.2);
      expect(high).toBeGreaterThan(0.19);
    }
  });

  it('names the size that is wrong', () => {
    expect(() => linear({ ...options, inputs: 0 })).toThrow(
      'linear a: inputs must be a positive integer, got 0',
    );
    expect(() => linear({ ...options, outputs: 1.5 })).toThrow(
      'linear a: outputs must be a positive integer, got 1.5',
    );
  });

  it('names the input shape that does not fit', () => {
    const layer = made();
    expect(() => layer.apply(tf.zeros([5, 4]))).toThrow(
      'must have shape [..., 3] and rank 2 or more, got [5, 4]',
    );
    expect(() => layer.apply(tf.zeros([3]))).toThrow('got [3]');
  });

  it('refuses a gain where it has no meaning', () => {
    expect(() => linear({ ...options, init: 'kaiming-uniform', gain: 2 })).toThrow(
      "gain requires init 'xavier-uniform'",
    );
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const layer = linear(options);
    const x = tf.zeros([5, 3]);
    tf.dispose([x, layer.apply(x)]);
    layer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
