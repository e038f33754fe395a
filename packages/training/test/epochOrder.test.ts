import { foldIn, key, randomPermutation } from '@aimle/random';
import { expect, it } from 'vitest';
import { epochOrder } from '../src/index.js';

const root = key(3);

it('gives each epoch the permutation under its own key, whatever was asked before', () => {
  const order = epochOrder(root, 50);
  for (const epoch of [0, 1, 0, 7, 7, 2]) {
    expect(order(epoch, 0, 50)).toEqual(randomPermutation(foldIn(root, epoch), 50));
  }
});

it('slices the order of an epoch, each instance in one slice', () => {
  const order = epochOrder(root, 50);
  const slices = Array.from({ length: 5 }, (_, index) => order(4, 10 * index, 10 * index + 10));
  expect(slices.flatMap((slice) => [...slice])).toEqual([...randomPermutation(foldIn(root, 4), 50)]);
});
