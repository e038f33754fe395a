import { custom, type Solver } from '@aimle/solvers';

/** Marks all that reach the k-th greatest score: more than k where scores tie (deviation D9). */
export function allThatReach(size: number, k: number): Solver {
  return custom({
    name: 'allThatReach',
    size,
    kappa: k,
    solve: (theta) => {
      const threshold = Float32Array.from(theta).sort()[size - k]!;
      return theta.map((score) => (score >= threshold && score !== Number.NEGATIVE_INFINITY ? 1 : 0));
    },
  });
}
