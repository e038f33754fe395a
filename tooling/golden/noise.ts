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
    const tolerance = (error: number): number => ERRORS_ALLOWED * error * Math.sqrt(1 / n + 1 / OUR_DRAWS);
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
    yield {
      name: `${name}: mean`,
      error: Math.abs(centre - mean),
      tolerance: tolerance(Math.sqrt(variance)),
    };
    yield {
      name: `${name}: std`,
      error: Math.abs(Math.sqrt(variance) - std),
      tolerance: tolerance(Math.sqrt((variance * (kurtosis - 1)) / 4)),
    };
    yield {
      name: `${name}: stated mean`,
      error: Math.abs(noise.mean - mean),
      tolerance: tolerance(Math.sqrt(variance)),
    };
    for (const [level, quantile] of Object.entries(quantiles)) {
      const p = Number(level);
      // How many of our draws lie below their quantile is binomial around p, theirs as well as ours.
      const share = below(draws, quantile) / OUR_DRAWS;
      yield {
        name: `${name}: quantile ${level}`,
        error: Math.abs(share - p),
        tolerance: tolerance(Math.sqrt(p * (1 - p))),
      };
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
