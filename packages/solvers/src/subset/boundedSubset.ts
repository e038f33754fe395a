import type { Sense, Solver } from '../solver.js';
import { checkBatch, rejectNaN } from '../validation.js';
import { kernelsFor, solveSubsets } from './byKernel.js';
import { topK } from './topK.js';

/**
 * Builds the solver behind all subsets with bounds on the number of items. Taking every item of score 0 or more is best
 * unless that breaks a bound; then it takes the best items, as many as the bound says.
 */
export function boundedSubset(name: string, size: number, low: number, high: number, sense: Sense): Solver {
  const sign = sense === 'maximise' ? 1 : -1;
  const selectLow = low > 0 ? topK({ size, k: low, sense }) : undefined;
  const selectHigh = high < size ? topK({ size, k: high, sense }) : undefined;
  const scores = new Float32Array(size);
  const marks = new Float32Array(size);

  function markNonNegative(theta: Float32Array, z: Float32Array, row: number): number {
    const start = row * size;
    let nonNegative = 0;
    for (let i = 0; i < size; i++) {
      const score = sign * theta[start + i]!;
      if (Number.isNaN(score)) rejectNaN(name, row, `element ${i}`);
      const chosen = +(score >= 0);
      z[start + i] = chosen;
      nonNegative += chosen;
    }
    return nonNegative;
  }

  function markExactly(bound: Solver, theta: Float32Array, z: Float32Array, start: number): void {
    for (let i = 0; i < size; i++) scores[i] = theta[start + i]!;
    bound.solve(scores, marks, 1);
    for (let i = 0; i < size; i++) z[start + i] = marks[i]!;
  }

  return {
    name,
    size,
    sense,
    kappa: Math.min(Math.max(size / 2, low), high),
    solve(theta, z, rows) {
      checkBatch(name, size, theta, z, rows);
      const kernel = kernelsFor(size, theta.length);
      if (kernel !== null) {
        solveSubsets(kernel, name, { size, low, high, sense }, theta, z, rows);
        return;
      }
      for (let row = 0; row < rows; row++) {
        const nonNegative = markNonNegative(theta, z, row);
        if (nonNegative < low) markExactly(selectLow!, theta, z, row * size);
        else if (nonNegative > high) markExactly(selectHigh!, theta, z, row * size);
      }
    },
  };
}
