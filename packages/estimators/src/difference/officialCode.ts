/**
 * Where the paper's official code differs from its formulas, each deviation to be switched on by name to reproduce its
 * numbers. All are off by default. The tags are those of the docs' list of deviations.
 */
export interface OfficialCode {
  /**
   * D1: the perturbation uses lambda, the division uses lambda / sqrt(S), so gradients grow by sqrt(S). The official
   * code does so with its adaptive target only.
   */
  readonly mismatchedLambda?: boolean;
  /**
   * D5: where a forward difference takes its left point. `resolved`, as their `aimle`: always solved anew, with theta
   * weighed as the target weighs it: three solves for two. `reused`, as their `imle`: always z, even where the two
   * passes have different temperatures. Without it z is used, and solved anew only when the temperatures differ.
   */
  readonly leftPoint?: 'resolved' | 'reused';
  /** D6: noise is added when minimising, where perturb-and-MAP for an argmin subtracts it. */
  readonly addedNoise?: boolean;
  /** D7: the difference is not divided by lambda. */
  readonly undividedDifference?: boolean;
}

/**
 * The official library's behaviour in everything that its defaults do not decide: D1, D5 and D6 at once.
 *
 * @example
 * ```ts
 * import { aimle, officialCode, paperAdaptive } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 *
 * aimle(topK({ size: 20, k: 10 }), { perturbation: paperAdaptive(), officialCode }).name; // => 'aimle'
 * ```
 * @see EdinburghNLP/torch-adaptive-imle, `imle/aimle.py` and `imle/target.py`.
 */
export const officialCode: OfficialCode = {
  mismatchedLambda: true,
  leftPoint: 'resolved',
  addedNoise: true,
};
