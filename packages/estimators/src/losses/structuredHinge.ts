import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import { Regret } from './regret.js';
import type { NoiselessLoss } from './structuredLoss.js';

/** Settings of {@link structuredHinge}. */
export interface StructuredHingeOptions {
  /** The lead that the target's score must have for every element in which another state differs; default 1. */
  readonly margin?: number;
}

/**
 * Builds the loss of structured support vector machines: the target must lead every other state by the margin times
 * their Hamming distance.
 *
 *   value = max_z [<theta, z> + margin d(z, y)] - <theta, y>,  d = sum_i |z_i - y_i|,   gradient = z' - y
 *
 * with z' the state of the maximum. On 0s and 1s the distance is linear, so the solver finds it: z' = MAP(theta +
 * margin (1 - 2y)). For a minimising solver, read -theta for theta. The target y is a state.
 *
 * **When to use**: to learn scores from labelled states without noise, where only the mode matters. `fenchelYoung` is
 * smooth, and its scores give probabilities. **Bias**: none. **Zero**: where y leads all states by the margin times
 * their distance; the value is at least margin d(MAP(theta), y). **Shapes**: theta and target [B, ..., n], value [B,
 * ...]. **Cost**: 1 batched solve, none backward; no noise.
 *
 * @throws RangeError when the margin is not a positive finite number; `apply` also throws when the target is not of
 * 0s and 1s.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { structuredHinge } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const loss = structuredHinge(topK({ size: 3, k: 1 }));
 * const target = tf.tensor2d([[1, 0, 0], [1, 0, 0]]);
 * Array.from(loss.apply(tf.tensor2d([[5, 0, 1], [5, 4, 1]]), target).dataSync()); // => [0, 1]
 * ```
 * @see Tsochantaridis, Joachims, Hofmann, Altun 2005, "Large margin methods for structured and interdependent output
 * variables", JMLR 6 (margin rescaling).
 */
export function structuredHinge(solver: Solver, options: StructuredHingeOptions = {}): NoiselessLoss {
  checkOptions('structuredHinge', options, { margin: true });
  const name = 'structured-hinge';
  const { margin = 1 } = options;
  if (!(margin > 0 && Number.isFinite(margin))) {
    throw new RangeError(`${name}: margin must be a positive finite number, got ${margin}`);
  }
  return new Regret(name, solver, 1, ({ theta, target, sign, layout, solved }) => {
    refuseOtherThanStates(name, target, layout.size);
    return {
      point: solved(theta).map((score, i) => score + sign * margin * (1 - 2 * target[i]!)),
      rival: target,
    };
  });
}

function refuseOtherThanStates(name: string, target: Float32Array, size: number): void {
  const at = target.findIndex((value) => value !== 0 && value !== 1);
  if (at < 0) return;
  throw new RangeError(
    `${name}: the target must be a state, of 0s and 1s, got ${target[at]} in row ${Math.floor(at / size)}, element ` +
      `${at % size}. For means of states use fenchelYoung.`,
  );
}
