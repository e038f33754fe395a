import { noiseScaled } from '@aimle/estimators';
import { Differences } from '../sampling/difference.js';
import { movedAlong, type PerturbationDirection } from './direction.js';
import { divide, outcomeOf, scalesOf } from './policyRule.js';
import type { StudyRule } from './rule.js';

/**
 * Builds the rule that weights a difference by the change of the loss:
 *
 *   z+ and z- = MAP(theta + epsilon_s +- lambda v_s),
 *   estimate_s = (z+ - z-) / (2 lambda) * (L(z+) - L(z-)) / <v_s, z+ - z->
 *
 * where v_s is the direction that samples are moved along. A change from z- to z+ has a probability proportional to
 * lambda <v, z+ - z->, which is never negative. The weight divides by it and multiplies by the change of the loss, so
 * for lambda to 0 the limit is the exact gradient, for every loss and every v. **Cost**: the loss at z+ and z-.
 *
 * @example
 * ```ts
 * import { realisedRule } from '@aimle/gradient-study';
 *
 * realisedRule('realised loss', 'corrected').name; // => 'realised loss'
 * ```
 */
export function realisedRule(name: string, direction: PerturbationDirection, warmUp = 0): StudyRule {
  const policy = noiseScaled();
  return {
    name,
    warmUp,
    begin(context) {
      const { problem, noise, samples, mode } = context;
      const { loss, structure } = problem;
      const n = structure.size;
      const differences = new Differences(structure.distribution, samples);
      const along = movedAlong(direction, context);
      const lower = new Float32Array(n);
      const upper = new Float32Array(n);
      let state = policy.init();
      return (theta, rows) => {
        const moved = along(theta, rows);
        const lambda = policy.lambda(state, scalesOf(theta, moved, noise.std * problem.temperature));
        differences.solve(moved, () => lambda);
        const { forward } = differences;
        const found = differences[mode];
        state = policy.update(state, outcomeOf(found, n));
        for (let row = 0; row < found.length; row += n) {
          let predicted = 0;
          for (let i = 0; i < n; i++) {
            lower[i] = rows.z[row + i]! - forward[row + i]!;
            upper[i] = lower[i]! + found[row + i]!;
            predicted += moved.g[row + i]! * found[row + i]!;
          }
          const weight = predicted > 0 ? (loss.value(upper, 0) - loss.value(lower, 0)) / predicted : 0;
          for (let i = row; i < row + n; i++) found[i]! *= weight;
        }
        return divide(found, lambda, mode);
      };
    },
  };
}
