import { readFileSync } from 'node:fs';
import { key, sumOfGamma } from '@aimle/random';
import type { Check } from './check.js';

interface Case {
  k: number;
  iterations: number;
  n: number;
  mean: number;
  std: number;
  quantiles: Record<string, number>;
}

/** Ours are drawn often enough that the error of the difference is theirs. */
const OUR_DRAWS = 4_000_000;
/** Standard errors allowed. With some fifty checks, five leave one false alarm in tens of thousands of vectors. */
const ERRORS_ALLOWED = 5;

export function* checkNoise(path: string): Iterable<Check> {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };
  for (const { k, iterations, n, mean, std, quantiles } of cases) {
    const name = `Sum-of-Gamma(${k}, ${iterations})`;
    const noise = sumOfGamma({ kappa: k, terms: iterations });
    const draws = new Float32Array(OUR_DRAWS);
    noise.fill(key(7), draws);
    draws.sort();
    let sum = 0;
    let squares = 0;
    let fourths = 0;
    for (const x of draws) sum += x;
    const centre = sum / OUR_DRAWS;
    for (const x of draws) {
      const square = (x - centre) ** 2;
      squares += square;
      fourths += square * square;
    }
    const variance = squares / OUR_DRAWS;
    const kurtosis = fourths / OUR_DRAWS / variance ** 2;
    const check = (quantity: string, error: number, deviation: number): Check => ({
      name: `${name}: ${quantity}`,
      error: Math.abs(error),
      tolerance: ERRORS_ALLOWED * deviation * Math.sqrt(1 / n + 1 / OUR_DRAWS),
    });
    yield check('mean', centre - mean, Math.sqrt(variance));
    yield check('std', Math.sqrt(variance) - std, Math.sqrt((variance * (kurtosis - 1)) / 4));
    yield check('stated mean', noise.mean - mean, Math.sqrt(variance));
    for (const [level, quantile] of Object.entries(quantiles)) {
      const p = Number(level);
      // How many of our draws lie below their quantile is binomial around p, theirs as well as ours.
      const share = below(draws, quantile) / OUR_DRAWS;
      yield check(`quantile ${level}`, share - p, Math.sqrt(p * (1 - p)));
    }
  }
}

function below(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
