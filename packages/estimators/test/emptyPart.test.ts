import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { aimle, straightThrough } from '../src/index.js';

const part = { batch: 4, first: 4, sum: Float64Array.from, sumBefore: () => 0 };
const empty = new Float32Array(0);
const solver = topK({ size: 4, k: 2 });

test.each([aimle(solver), straightThrough(solver)])('$name refuses a part without instances', (layer) => {
  const message = `${layer.name}: a part of a batch must have at least one instance, got 0 of 4; use fewer workers`;
  expect(() => layer.forward(empty, { key: key(1), part })).toThrow(message);
  expect(() => layer.sample(tf.zeros([0, 4]), { key: key(1), part })).toThrow(message);
});

test('a whole batch may be empty', () => {
  const { z, vjp } = aimle(solver).forward(empty, { key: key(1) });
  expect([z, vjp(empty)]).toEqual([empty, empty]);
});
