import { foldIn, key } from '@aimle/random';
import { expect, test } from 'vitest';
import { dropout } from '../src/network/dropout.js';

const COUNT = 200_000;

test.each([0.01, 0.2, 0.5, 0.9])('%d of the elements go, each without regard to the one before', (p) => {
  const { scale, leaveOut } = dropout(p);
  const values = new Float32Array(COUNT).fill(1);
  leaveOut(values, key(1));
  const gone = values.map((value) => 1 - value);
  const share = gone.reduce((sum, value) => sum + value, 0) / COUNT;
  // Five standard errors, and the key is fixed.
  const error = 5 * Math.sqrt((p * (1 - p)) / COUNT);
  expect(Math.abs(share - p)).toBeLessThan(error);
  expect(scale * (1 - p)).toBeCloseTo(1, 3);
  for (const lag of [1, 2, 7]) {
    let pairs = 0;
    for (let i = lag; i < COUNT; i++) pairs += gone[i]! * gone[i - lag]!;
    const expected = p * p;
    // Pairs overlap, which less than doubles the variance.
    expect(Math.abs(pairs / COUNT - expected)).toBeLessThan(
      10 * Math.sqrt((expected * (1 - expected)) / COUNT),
    );
  }
});

test('the first and the last element go as often as any', () => {
  const { leaveOut } = dropout(0.2);
  const gone = new Float64Array(5);
  for (let draw = 0; draw < 5000; draw++) {
    const values = new Float32Array(5).fill(1);
    leaveOut(values, foldIn(key(2), draw));
    values.forEach((value, i) => {
      gone[i]! += (1 - value) / 5000;
    });
  }
  // Five standard errors.
  for (const share of gone) expect(Math.abs(share - 0.2)).toBeLessThan(5 * Math.sqrt(0.16 / 5000));
});

test('nothing goes where the probability is zero', () => {
  const values = Float32Array.of(1, 2, 3);
  const { scale, leaveOut } = dropout(0);
  leaveOut(values, key(0));
  expect([...values, scale]).toEqual([1, 2, 3, 1]);
});
