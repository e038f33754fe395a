import { custom, type Solver } from '@aimle/solvers';

/** Selects all items that reach the k-th largest score: more than k where scores tie (deviation D9). */
export function thresholdTopK(size: number, k: number): Solver {
  return custom({
    name: 'thresholdTopK',
    size,
    kappa: k,
    solve: (theta) => {
      const threshold = Float32Array.from(theta).sort()[size - k]!;
      return theta.map((score) => (score >= threshold && score !== Number.NEGATIVE_INFINITY ? 1 : 0));
    },
  });
}
