import { fillUniform, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { CostNetwork } from '../src/index.js';

const network = new CostNetwork({ channels: 4, key: key(0) });
const levels = new Float32Array(6 * 7 * 64 * 3);
fillUniform(key(1), levels);
const picture = (change?: (levels: Float32Array) => void): tf.Tensor4D => {
  const pixels = levels.map((level) => 255 * level);
  change?.(pixels);
  return tf.tensor4d(pixels, [1, 48, 56, 3]);
};

test('parameters have names and layouts of PyTorch', () => {
  expect([...network.parameters].map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
    'conv1.weight 4,3,4,4',
    'conv1.bias 4',
    'conv2.weight 8,4,2,2',
    'conv2.bias 8',
    'conv3.weight 8,8,3,3',
    'conv3.bias 8',
    'conv4.weight 1,8,1,1',
    'conv4.bias 1',
  ]);
});

test('there is one cost above 0 for each cell, and it depends on the cell and those around it alone', () => {
  const before = network.costs(picture()).dataSync();
  expect(before.length).toBe(6 * 7);
  expect(before.every((cost) => cost > 0)).toBe(true);
  const changed = picture((pixels) => {
    // All pixels of cell (2, 3).
    for (let y = 16; y < 24; y++) pixels.fill(0, 3 * (56 * y + 24), 3 * (56 * y + 32));
  });
  const after = network.costs(changed).dataSync();
  before.forEach((cost, cell) => {
    const [down, right] = [Math.abs(Math.floor(cell / 7) - 2), Math.abs((cell % 7) - 3)];
    if (Math.max(down, right) <= 1) expect(after[cell]).not.toBe(cost);
    else expect(after[cell]).toBeCloseTo(cost, 6);
  });
});
