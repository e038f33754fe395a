import { expect, test } from 'vitest';
import { differenceOf } from '../src/index.js';

test('numbers within the tolerance are close, in any container', () => {
  expect(Float32Array.of(0.1, 0.2)).toBeAllClose([0.1, 0.2]);
  expect([[1, 2], Float64Array.of(3, 4)]).toBeAllClose([
    [1, 2],
    [3, 4],
  ]);
  expect(1.5).toBeAllClose(1, { relative: 0.5 });
  expect([1]).not.toBeAllClose([1.1]);
});

test('NaN is close to NaN only, and an infinity to itself only', () => {
  expect([Number.NaN, Infinity]).toBeAllClose([Number.NaN, Infinity]);
  expect([Number.NaN]).not.toBeAllClose([0]);
  expect([0]).not.toBeAllClose([Number.NaN]);
  expect([-Infinity]).not.toBeAllClose([Infinity]);
  expect([1]).not.toBeAllClose([Infinity]);
});

test('the difference names the worst element and the first ones', () => {
  const actual = [
    [0, 1, 2],
    [3, 9, 6],
  ];
  const expected = [
    [0, 1, 3],
    [3, 4, 6],
  ];
  expect(differenceOf(actual, expected)).toBe(
    [
      '2 of 6 elements differ by more than 0.000001 + 0.00001 * |expected|',
      'worst at [1, 1]: actual 9, expected 4, apart by 5',
      '  [0, 2]: actual 2, expected 3',
      '  [1, 1]: actual 9, expected 4',
    ].join('\n'),
  );
});

test('a different shape is a difference, and ragged rows are an error', () => {
  expect(differenceOf([1, 2], [[1, 2]])).toBe('shapes differ: actual [2], expected [1,2]');
  expect(() => differenceOf([[1], [1, 2]], [[1], [1]])).toThrow('row 0 is [1], row 1 [2]');
});
