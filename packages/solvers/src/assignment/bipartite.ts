import type { Sense, Solver } from '../solver.js';
import { checkBatch, rejectInfeasible, rejectInfinity, rejectNaN } from '../validation.js';
import { LexicographicAssignment } from './lexicographicAssignment.js';
import { ShortestAugmentingPaths } from './shortestAugmentingPaths.js';

/**
 * Builds the solver behind assignments and permutations. `labels` names the vertices of each side in error messages.
 */
export function bipartite(
  name: string,
  left: number,
  right: number,
  sense: Sense,
  labels: readonly [left: string, right: string],
): Solver {
  const size = left * right;
  const sign = sense === 'maximise' ? 1 : -1;
  const agentsOnLeft = left <= right;
  const paths = new ShortestAugmentingPaths(Math.min(left, right), Math.max(left, right));
  const ties = new LexicographicAssignment(left, right, paths);
  const { cost } = paths;
  const [leftStep, rightStep] = agentsOnLeft ? [right, 1] : [1, left];
  const rightOf = agentsOnLeft ? paths.taskOf : paths.agentOf;

  function readCosts(theta: Float32Array, row: number): void {
    let at = row * size;
    for (let i = 0; i < left; i++) {
      let pair = i * leftStep;
      for (let j = 0; j < right; j++) {
        const score = sign * theta[at++]!;
        // The negation is also true for NaN, which is detected only here, off the common path.
        if (!(score < Infinity)) {
          const ends = `(${i}, ${j})`;
          if (Number.isNaN(score)) rejectNaN(name, row, ends);
          rejectInfinity(name, sense, row, ends);
        }
        cost[pair] = -score;
        pair += rightStep;
      }
    }
  }

  return {
    name,
    size,
    sense,
    kappa: Math.min(left, right),
    solve(theta, z, rows) {
      checkBatch(name, size, theta, z, rows);
      z.fill(0);
      for (let row = 0; row < rows; row++) {
        readCosts(theta, row);
        const stranded = paths.assign();
        if (stranded >= 0) {
          const [here, there] = agentsOnLeft ? labels : [labels[1], labels[0]];
          rejectInfeasible(
            name,
            row,
            `the pairs that are not forbidden leave no ${there} for ${here} ${stranded}; forbid fewer pairs`,
          );
        }
        ties.settle();
        const start = row * size;
        for (let i = 0; i < left; i++) {
          const j = rightOf[i]!;
          if (j < right) z[start + i * right + j] = 1;
        }
      }
    },
  };
}
