import { fillGumbel, key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { timing } from './measure.js';

export interface Growth {
  readonly name: string;
  /** Arguments of `solver`, the smallest first. */
  readonly steps: readonly number[];
  solver(step: number): Solver;
  /** Turns Gumbel noise into scores, in place. Default: the noise itself. */
  scores?(noise: Float32Array): void;
  /**
   * The exponent of the textbook's time bound, in elements of theta, without logarithms; null where the bound is not a
   * power.
   */
  readonly textbook: number | null;
}

const repeats = 9;
/** Milliseconds that a size runs before it is timed, so that it is compiled by then. */
const warmUp = 100;
/** Elements in a batch: small instances come many at a time, as in training. */
const batchElements = 20_000;

/**
 * Times a solver in milliseconds per instance, by number of elements of theta. The exponent is the slope of log time
 * against log size, by least squares over all sizes.
 */
export function measureGrowth({ steps, solver: build, scores }: Growth) {
  const sizes: number[] = [];
  const median: number[] = [];
  const min: number[] = [];
  for (const step of steps) {
    const solver = build(step);
    const rows = Math.max(1, Math.floor(batchElements / solver.size));
    const theta = new Float32Array(rows * solver.size);
    fillGumbel(key(step), theta);
    scores?.(theta);
    const z = new Float32Array(theta.length);
    const timed = (): number => {
      const began = performance.now();
      solver.solve(theta, z, rows);
      return performance.now() - began;
    };
    for (let spent = 0; spent < warmUp; ) spent += timed();
    const times = timing(Array.from({ length: repeats }, () => timed() / rows));
    sizes.push(solver.size);
    median.push(times.median);
    min.push(times.min);
  }
  return { sizes, median, min, exponent: slope(sizes.map(Math.log), min.map(Math.log)) };
}

function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, xi, i) => sum + (xi - mx) * (y[i]! - my), 0);
  return over / x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
}
