import { expect, test } from 'vitest';
import {
  fillGumbel,
  fillNormal,
  key,
  type NoiseName,
  noiseByName,
  noNoise,
  sumOfGamma,
} from '../src/index.js';

test('noiseByName finds each noise by its name', () => {
  for (const name of ['gumbel', 'normal', 'logistic', 'sum-of-gamma', 'none'] as const) {
    expect(noiseByName(name, 4).name).toBe(name);
  }
});

test('noise by name draws what its filler draws', () => {
  const pairs = [
    ['gumbel', fillGumbel],
    ['normal', fillNormal],
    ['sum-of-gamma', sumOfGamma({ kappa: 4 }).fill],
  ] as const;
  for (const [name, fill] of pairs) {
    const [ours, theirs] = [new Float32Array(100), new Float32Array(100)];
    noiseByName(name, 4).fill(key(1), ours);
    fill(key(1), theirs);
    expect(ours).toEqual(theirs);
  }
});

test('no noise is zero, in the mean, in the spread and in every element', () => {
  const out = Float32Array.of(1, Number.NaN);
  const none = noNoise();
  none.fill(key(0), out);
  expect([none.mean, none.std, ...out]).toEqual([0, 0, 0, 0]);
});

test('an unknown name is refused, with a list of the known ones', () => {
  expect(() => noiseByName('gauss' as NoiseName, 1)).toThrow(
    'noiseByName: name must be one of gumbel, normal, logistic, sum-of-gamma, none, got "gauss"',
  );
  expect(() => noiseByName('toString' as NoiseName, 1)).toThrow(RangeError);
});
