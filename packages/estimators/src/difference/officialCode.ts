/**
 * Deviations of the paper's official code from its formulas. Each is switched on by name, to reproduce the code's
 * numbers; all are off by default. The tags are those of the list of deviations in the docs.
 */
export interface OfficialCode {
  /**
   * D1: the perturbation uses lambda, but the division uses lambda / sqrt(S), so gradients grow by sqrt(S). The
   * official code does this only with its adaptive target.
   */
  readonly mismatchedLambda?: boolean;
  /**
   * D5: the left point of a forward difference. `resolved`, as in their `aimle`: always solved again, with the weight
   * that theta has in the target: three solves instead of two. `reused`, as in their `imle`: always z, even if the
   * two passes have different temperatures. By default z is used, and solved again only if the temperatures differ.
   */
  readonly leftPoint?: 'resolved' | 'reused';
  /** D6: noise is added when minimising, although perturb-and-MAP for an argmin subtracts it. */
  readonly addedNoise?: boolean;
  /** D7: the difference is not divided by lambda. */
  readonly undividedDifference?: boolean;
}

/**
 * Reproduces the official library's behaviour beyond its default settings: D1, D5 and D6 together.
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
