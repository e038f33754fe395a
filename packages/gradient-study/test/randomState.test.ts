import { expect, it } from 'vitest';
import { randomState } from '../src/index.js';

it('gives the numbers of numpy.random.RandomState(0).randn', () => {
  // numpy 1.x and 2.x: RandomState(0).randn(10), as every introduction to numpy prints it.
  const printed = [
    1.76405235, 0.40015721, 0.97873798, 2.2408932, 1.86755799, -0.97727788, 0.95008842, -0.15135721,
    -0.10321885, 0.4105985,
  ];
  const normals = randomState(0).normals(10);
  printed.forEach((value, i) => {
    expect(normals[i]).toBeCloseTo(value, 8);
  });
});

it('continues where it stopped, also in the middle of a pair and past a full state', () => {
  const whole = randomState(3).normals(1001);
  const rng = randomState(3);
  const parts = [...rng.normals(1), ...rng.normals(999), ...rng.normals(1)];
  expect(parts).toEqual([...whole]);
});

it('refuses a seed that numpy refuses', () => {
  expect(() => randomState(-1)).toThrow('randomState: seed must be an integer in [0, 2^32), got -1');
  expect(() => randomState(0.5)).toThrow('got 0.5');
});
