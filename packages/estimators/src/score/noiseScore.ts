import type { Noise } from '@aimle/random';

/**
 * Your own noise with a known derivative of its log-density, for estimators that differentiate through the density.
 *
 * @example
 * ```ts
 * import { perturbedOptimiser, type ScoredNoise } from '@aimle/estimators';
 * import { normal } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 *
 * const noise: ScoredNoise = { ...normal(), name: 'my normal', score: (epsilon) => epsilon };
 * perturbedOptimiser(topK({ size: 4, k: 2 }), { noise }).name; // => 'perturbed-optimiser'
 * ```
 */
export interface ScoredNoise extends Noise {
  /**
   * Computes -d log rho(epsilon) / d epsilon for one coordinate. Its mean over rho is 0; that of epsilon times it is
   * 1.
   */
  readonly score: (epsilon: number) => number;
}

const scores: Readonly<Record<string, (epsilon: number) => number>> = {
  gumbel: (epsilon) => 1 - Math.exp(-epsilon),
  normal: (epsilon) => epsilon,
  logistic: (epsilon) => Math.tanh(epsilon / 2),
};

/** Returns -d log rho / d epsilon; throws when it is not known for the noise. */
export function scoreOf(name: string, noise: Noise | ScoredNoise): (epsilon: number) => number {
  const score = 'score' in noise ? noise.score : scores[noise.name];
  if (score === undefined) {
    throw new RangeError(
      `${name}: needs a noise whose density has a known slope, ${Object.keys(scores).join(', ')}, got ` +
        `"${noise.name}". Use one of these, pass a noise with score(epsilon), or use aimle, which needs none.`,
    );
  }
  return score;
}
