import type { Solver } from '@aimle/solvers';
import { Regret } from './regret.js';
import type { NoiselessLoss } from './structuredLoss.js';

/**
 * Builds the SPO+ loss: a convex upper bound of the regret, which is the extra cost, under the true costs c, of
 * deciding by the predicted costs theta.
 *
 *   value = max_z <c - 2 theta, z> + 2 <theta, z*(c)> - <c, z*(c)>,  z* = MAP,   gradient = 2 [z*(c) - z*(2 theta - c)]
 *
 * for a minimising solver; for a maximising one, theta, c and the gradient change sign. The target is c, shaped like
 * theta. The value is at least the regret <c, z*(theta)> - <c, z*(c)>, and 0 at theta = c.
 *
 * **When to use**: to predict costs and then optimise, where true costs are known in training and only the cost of
 * the decision matters. For labelled states without costs use `structuredHinge` or `fenchelYoung`. **Bias**: none,
 * but the bound may be loose, and its gradient is zero only where the decision has a margin. **Shapes**: theta and
 * target [B, ..., n], value [B, ...].
 * **Cost**: 2 batched solves, none backward; no noise. An element that is infinite in theta or c is masked.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { spoPlus } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const loss = spoPlus(topK({ size: 3, k: 1, sense: 'minimise' }));
 * const costs = tf.tensor2d([[1, 2, 3]]);
 * Array.from(loss.apply(costs, costs).dataSync()); // => [0]
 * Array.from(loss.apply(tf.tensor2d([[3, 2, 1]]), costs).dataSync()); // => [6]
 * ```
 * @see Elmachtoub, Grigas 2022, "Smart predict, then optimize", arXiv:1710.08005, definition 3 and proposition 3.
 */
export function spoPlus(solver: Solver): NoiselessLoss {
  return new Regret('spo-plus', solver, 2, ({ theta, target, solve, solved }) => {
    const costs = solved(target);
    return {
      // An infinity in theta or c is a mask; 2 theta - c would flip the sign of one in c.
      point: solved(theta).map((score, i) => {
        const truth = costs[i]!;
        return Number.isFinite(truth) ? 2 * score - truth : truth;
      }),
      rival: solve(target),
    };
  });
}
