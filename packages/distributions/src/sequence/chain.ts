import { type ChainOptions, chain as chainSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { chainInference } from './chainInference.js';

/**
 * Builds the distribution of label sequences in which neighbours depend on each other, a linear-chain conditional
 * random field: p(y) is proportional to exp(sum_t theta[t, y_t] + sum_t theta[t, y_t, y_(t+1)]).
 *
 * theta is laid out as for the solver: the logit of label a at position t is at t * labels + a; after all of these,
 * that of the transition from a at t to b at t + 1 is at length * labels + (t * labels + a) * labels + b. A state marks
 * its labels and its transitions: 2 * length - 1 ones. So the marginals are those of the labels, followed by those of
 * pairs of neighbours.
 *
 * Use it to train taggers by likelihood, or to compute how certain each label is. It uses forward-filtering
 * backward-sampling, forward-backward and their derivative, exact at any range of theta. Cost: O(length * labels^2) per
 * instance, times m log m for `topStates`; 24 bytes of memory per transition. `kl`, `topStates`, `states`, and theta that
 * spreads over more than some 600 nats need a hypergraph, which takes 60 bytes more and three times as long.
 *
 * @param options - the length and the number of labels, each at most 2^26, and the sense.
 * @returns the distribution, with `kappa` = 2 * length - 1.
 * @throws RangeError when length, labels or sense is out of range.
 *
 * Source: J. Lafferty, A. McCallum and F. Pereira, "Conditional random fields", ICML 2001.
 *
 * @example
 * ```ts
 * import { chain } from '@aimle/distributions';
 *
 * // Two positions, two labels; staying at label 0 has weight 3, every other pair has weight 1.
 * const pairs = chain({ length: 2, labels: 2 });
 * const theta = Float64Array.of(0, 0, 0, 0, Math.log(3), 0, 0, 0);
 * Math.exp(pairs.logPartition(theta)[0]!).toFixed(3) // => '6.000'
 * Array.from(pairs.marginals(theta).slice(0, 2), (mu) => mu.toFixed(3)) // => ['0.667', '0.333']
 * ```
 */
export function chain(options: ChainOptions): RankedDistribution {
  checkOptions('chain', options, { length: true, labels: true, sense: true });
  const { length, labels } = options;
  const name = 'chain';
  checkInteger(name, 'length', length, 1, 2 ** 26);
  checkInteger(name, 'labels', labels, 1, 2 ** 26);
  return assemble(chainInference(chainSolver(options), length, labels));
}
