import type { StudyRule } from './rule.js';

/**
 * Builds the score function of the perturbed scores. It reads values of the loss, but neither its gradient nor the
 * structure.
 *
 *   estimate_s = (L(z_s) - mean over r != s of L(z_r)) * (1 - exp(-epsilon_s / temperature)) / temperature
 *
 * **Bias**: none for Gumbel noise. At S = 1 it has no baseline. It is the reference for {@link realisedRule}, which
 * reads losses as well.
 *
 * @example
 * ```ts
 * import { scoreRule } from '@aimle/gradient-study';
 *
 * scoreRule().name; // => 'score function'
 * ```
 * @see Williams 1992; the density is that of theta + noise, as in Berthet et al. 2020, proposition 3.1.
 */
export function scoreRule(name = 'score function'): StudyRule {
  return {
    name,
    warmUp: 0,
    begin({ problem, samples }) {
      const { loss, temperature, structure } = problem;
      const n = structure.size;
      const estimates = new Float32Array(samples * n);
      const losses = new Float64Array(samples);
      return (theta, { z, scores }) => {
        let total = 0;
        for (let s = 0; s < samples; s++) {
          losses[s] = loss.value(z, s * n);
          total += losses[s]!;
        }
        for (let s = 0; s < samples; s++) {
          const baseline = samples > 1 ? (total - losses[s]!) / (samples - 1) : 0;
          const advantage = (losses[s]! - baseline) / temperature;
          for (let i = 0; i < n; i++) {
            const noise = (scores[s * n + i]! - theta[i]!) / temperature;
            estimates[s * n + i] = advantage * (1 - Math.exp(-noise));
          }
        }
        return estimates;
      };
    },
  };
}
