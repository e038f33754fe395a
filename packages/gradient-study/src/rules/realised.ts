import { noiseScaled } from '@aimle/estimators';
import { Differences, type Perturbed } from '../sampling/difference.js';
import { divide, scalesOf } from './policyRule.js';
import type { Rule } from './rule.js';

/**
 * The difference along the mean gradient of the *other* samples, weighted by what it did to the loss:
 *
 *   v_s = mean over r != s of g_r   (g_s itself for S = 1),   z+ and z- = MAP(theta + epsilon_s +- lambda v_s),
 *   estimate_s = (z+ - z-) / (2 lambda) * (L(z+) - L(z-)) / <v_s, z+ - z->.
 *
 * Why: AIMLE moves by g_s, the gradient at z_s, which says less about the neighbours of z_s than about z_s itself. Here a
 * change from z- to z+ happens with a probability in proportion to lambda <v, z+ - z->, which the weight takes back, and
 * counts by the change of the loss, so that the limit of lambda to 0 is the exact gradient for every loss, not only for
 * quadratic ones. <v, z+ - z-> is never negative. Price: the loss at z+ and z-, and no solve more.
 *
 * @param batch how many instances share the parameters that theta came from.
 * @example
 * ```ts
 * import { realisedRule } from '@aimle/gradient-study';
 *
 * realisedRule().name; // => 'realised loss'
 * ```
 */
export function realisedRule(name = 'realised loss', batch = 1): Rule {
  const policy = noiseScaled();
  return {
    name,
    warmUp: 0,
    begin({ problem, noise, samples, mode }) {
      const { loss, structure } = problem;
      const n = structure.size;
      const noiseStd = noise.std * problem.temperature;
      const differences = new Differences(structure.solver, samples);
      const v = new Float32Array(samples * n);
      const lower = new Float32Array(n);
      const upper = new Float32Array(n);
      return (theta, rows) => {
        averageOthers(rows.g, n, v);
        const along: Perturbed = { ...rows, g: v };
        const lambda = policy.lambda(null, { ...scalesOf(theta, along, noiseStd), batch });
        differences.solve(along, () => lambda);
        const { forward } = differences;
        const found = differences[mode];
        for (let row = 0; row < found.length; row += n) {
          let predicted = 0;
          for (let i = 0; i < n; i++) {
            lower[i] = rows.z[row + i]! - forward[row + i]!;
            upper[i] = lower[i]! + found[row + i]!;
            predicted += v[row + i]! * found[row + i]!;
          }
          const weight = predicted > 0 ? (loss.value(upper, 0) - loss.value(lower, 0)) / predicted : 0;
          for (let i = row; i < row + n; i++) found[i]! *= weight;
        }
        return divide(found, lambda, mode);
      };
    },
  };
}

/**
 * The same direction as {@link realisedRule} without the weight: no loss is needed beside the gradients, and the
 * estimate is biased wherever the gradient depends on the state, since its limit is the slope at the mean gradient.
 *
 * @example
 * ```ts
 * import { othersRule } from '@aimle/gradient-study';
 *
 * othersRule().warmUp; // => 0
 * ```
 */
export function othersRule(name = 'others average'): Rule {
  const policy = noiseScaled();
  return {
    name,
    warmUp: 0,
    begin({ problem, noise, samples, mode }) {
      const { solver, size } = problem.structure;
      const differences = new Differences(solver, samples);
      const v = new Float32Array(samples * size);
      return (theta, rows) => {
        averageOthers(rows.g, size, v);
        const along: Perturbed = { ...rows, g: v };
        const lambda = policy.lambda(null, scalesOf(theta, along, noise.std * problem.temperature));
        return divide(differences.solve(along, () => lambda)[mode], lambda, mode);
      };
    },
  };
}

function averageOthers(g: Float32Array, n: number, v: Float32Array): void {
  const samples = g.length / n;
  if (samples === 1) {
    v.set(g);
    return;
  }
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let at = i; at < g.length; at += n) sum += g[at]!;
    for (let at = i; at < g.length; at += n) v[at] = (sum - g[at]!) / (samples - 1);
  }
}
