import { key } from '@aimle/random';
import { expect, test } from 'vitest';
import { drawCodes } from '../src/prior.js';

test('codes drawn from codes that agree with each other agree with each other too', () => {
  // Two kinds of images: all three codes are [1, 0], or all are [0, 1].
  const bits = Float32Array.from({ length: 40 * 6 }, (_, i) => Number(i % 2 === Math.floor(i / 6) % 2));
  const drawn = drawCodes({ bits, count: 40, codes: 3, codeSize: 2 }, 50, key(1));
  const lines = Array.from({ length: 50 }, (_, i) => drawn.slice(6 * i, 6 * i + 6).join(''));
  expect(new Set(lines)).toEqual(new Set(['101010', '010101']));
  expect(drawCodes({ bits, count: 40, codes: 3, codeSize: 2 }, 50, key(1))).toEqual(drawn);
});
