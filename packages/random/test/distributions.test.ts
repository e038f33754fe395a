import { describe, expect, test } from 'vitest';
import {
  fillExponential,
  fillGamma,
  fillGumbel,
  fillLogistic,
  fillNormal,
  fillUniform,
  foldIn,
  gumbel,
  type Key,
  key,
  logistic,
  normal,
  sumOfGamma,
} from '../src/index.js';
import { normalQuantile } from '../src/normal.js';
import { fillByQuantiles, tailOfBlock } from '../src/tails.js';
import { distanceLimit, kolmogorovSmirnov, moments } from './statistics.js';

const DRAWS = 200_000;

/** The normal distribution function by the series and the continued fraction of Abramowitz and Stegun 26.2. */
function normalCdf(x: number): number {
  const z = Math.abs(x);
  const phi = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  let tail: number;
  if (z < 1.5) {
    let term = z;
    let sum = z;
    for (let i = 3; i < 100; i += 2) {
      term *= (z * z) / i;
      sum += term;
    }
    tail = 0.5 - phi * sum;
  } else {
    let fraction = z;
    for (let i = 500; i >= 1; i--) fraction = z + i / fraction;
    tail = phi / fraction;
  }
  return x < 0 ? tail : 1 - tail;
}

/** P(Gamma(shape) <= x) for an integer or half-integer shape, by recursion from shapes 1 and 1/2. */
function gammaCdf(shape: number, x: number): number {
  let [at, value] = shape % 1 === 0 ? [1, 1 - Math.exp(-x)] : [0.5, 2 * normalCdf(Math.sqrt(2 * x)) - 1];
  let term = shape % 1 === 0 ? x * Math.exp(-x) : 2 * Math.sqrt(x / Math.PI) * Math.exp(-x);
  for (; at < shape; at++) {
    value -= term;
    term *= x / (at + 1);
  }
  return value;
}

const distributions: Record<
  string,
  { fill: (key: Key, out: Float64Array) => void; cdf: (x: number) => number }
> = {
  uniform: { fill: fillUniform, cdf: (x) => x },
  exponential: { fill: fillExponential, cdf: (x) => -Math.expm1(-x) },
  gumbel: { fill: fillGumbel, cdf: (x) => Math.exp(-Math.exp(-x)) },
  logistic: { fill: fillLogistic, cdf: (x) => 1 / (1 + Math.exp(-x)) },
  normal: { fill: fillNormal, cdf: normalCdf },
  'gamma of shape 1/2': { fill: (k, out) => fillGamma(k, out, 0.5), cdf: (x) => gammaCdf(0.5, x) },
  'gamma of shape 1': { fill: (k, out) => fillGamma(k, out, 1), cdf: (x) => gammaCdf(1, x) },
  'gamma of shape 7/2': { fill: (k, out) => fillGamma(k, out, 3.5), cdf: (x) => gammaCdf(3.5, x) },
};

describe.each(Object.entries(distributions))('%s draws', (name, { fill, cdf }) => {
  test.each([Float64Array, Float32Array])('follow their distribution function in a %o', (kind) => {
    const out = new kind(DRAWS);
    fill(foldIn(key(2024), name), out as Float64Array);
    expect(kolmogorovSmirnov(out, cdf)).toBeLessThan(distanceLimit(DRAWS));
  });

  test('are independent from one element to the next', () => {
    const out = new Float64Array(DRAWS);
    fill(foldIn(key(2025), name), out);
    let correlation = 0;
    for (let i = 1; i < DRAWS; i++)
      correlation += ((cdf(out[i - 1]!) - 0.5) * (cdf(out[i]!) - 0.5) * 12) / DRAWS;
    // Standard deviation 1 / sqrt(draws); five of them.
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(DRAWS));
  });
});

test.each([gumbel(), normal(), logistic(), sumOfGamma({ kappa: 1 }), sumOfGamma({ kappa: 7.5, terms: 40 })])(
  'the stated mean and standard deviation of $name noise are those of its draws',
  (noise) => {
    const out = new Float32Array(1_000_000);
    noise.fill(key(77), out);
    const { mean, std, fourth } = moments(out);
    // Five standard errors: std / sqrt(n) for the mean, sqrt(fourth - std^4) / (2 std sqrt(n)) for std.
    expect(Math.abs(mean - noise.mean)).toBeLessThan((5 * noise.std) / 1000);
    expect(Math.abs(std - noise.std)).toBeLessThan((5 * Math.sqrt(fourth - std ** 4)) / (2 * std * 1000));
  },
);

test('the normal quantile inverts the normal distribution function out to the last tail', () => {
  for (let e = 1; e <= 65; e++) {
    for (const m of [1, 1.27, 1.5, 1.98]) {
      const p = m * 2 ** -(e + 1);
      expect(normalCdf(normalQuantile(p)) / p - 1).toBeCloseTo(0, 12);
      expect(normalQuantile(-p)).toBeCloseTo(-normalQuantile(p), 14);
    }
  }
});

test('float32 Gumbel draws come from the table within 2e-8 of the two logarithms', () => {
  const direct = (u: number) => -Math.log(-Math.log(u));
  const uniforms = new Float64Array(1);
  let seen = 0;
  for (let seed = 0; seed < 3000; seed++) {
    // Both fills read word 0 of the same block: the 52 bits of the uniform begin with the bits of the draw.
    const drawn = new Float32Array(1);
    fillGumbel(key(seed), drawn);
    fillUniform(key(seed), uniforms);
    const word = Math.floor(uniforms[0]! * 2 ** 32);
    const exact = direct((word + 0.5) / 2 ** 32);
    if (Math.min(word, 2 ** 32 - word) < 2 ** 22) continue;
    seen++;
    expect(Math.abs(drawn[0]! - exact)).toBeLessThan(2e-8 + Math.abs(exact) * 2 ** -24);
  }
  expect(seen).toBeGreaterThan(2900);
});

test('a tail keeps its precision at both ends and is never 0', () => {
  expect(tailOfBlock(0, 0)).toBe(2 ** -65);
  expect(tailOfBlock(-1, -1)).toBe(-(2 ** -65));
  expect(tailOfBlock(0x7fffffff, -1)).toBeLessThanOrEqual(0.5);
  expect(tailOfBlock(-(2 ** 31), 0)).toBeGreaterThanOrEqual(-0.5);
});

test('the 1 in 1,000 draws near an end get more than 32 bits', () => {
  const out = new Float64Array(1 << 20);
  const floats = new Float32Array(1 << 20);
  fillExponential(key(9), floats);
  // With 32 bits alone, exponential draws near 0 would be multiples of 2^-32.
  const small = floats.filter((x) => x < 2 ** -12);
  expect(small.length).toBeGreaterThan(150);
  const offGrid = small.filter((x) => Math.abs(x * 2 ** 32 - 0.5 - Math.round(x * 2 ** 32 - 0.5)) > 0.01);
  expect(offGrid.length / small.length).toBeGreaterThan(0.8);
  fillExponential(key(9), out);
  expect(
    kolmogorovSmirnov(
      out.filter((x) => x < 2 ** -10).map((x) => x * 2 ** 10),
      (x) => x,
    ),
  ).toBeLessThan(distanceLimit(900));
});

test('the additional bits of an element are its own, wherever it lies', () => {
  const additional: number[] = [];
  fillByQuantiles('test', key(10), new Float32Array(1 << 18), (tails, count) => {
    for (const tail of tails.subarray(0, count)) {
      const p = Math.abs(tail);
      if (p < 2 ** -10) additional.push((p * 2 ** 32) % 1);
    }
  });
  // 512 are expected; two of them share 32 bits by chance with probability 3e-5.
  expect(additional.length).toBeGreaterThan(400);
  expect(new Set(additional).size).toBe(additional.length);
});
