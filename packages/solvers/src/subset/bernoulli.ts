import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectNaN } from '../validation.js';
import { kernelsFor, solveBernoulli } from './byKernel.js';

/**
 * Settings of {@link bernoulli}.
 *
 * @example
 * ```ts
 * import { bernoulli, type BernoulliOptions } from '@aimle/solvers';
 *
 * const options: BernoulliOptions = { size: 64 };
 * bernoulli(options).kappa // => 32
 * ```
 */
export interface BernoulliOptions {
  /** Number of bits, in [1, 2^31 - 1]. */
  readonly size: number;
  /** Whether a positive theta sets its bit (`'maximise'`, the default) or a negative one does (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the solver of independent bits: z_i = 1 where theta_i >= 0.
 *
 * z(theta) = argmax of <theta, z> over all of {0,1}^size, each bit on its own. Use it for gates, binary codes and masks
 * without a budget. With logistic noise on theta, its answers are exact samples of independent Bernoulli bits with
 * P(z_i = 1) = 1 / (1 + exp(-theta_i)) (Maddison, Mnih and Teh, "The Concrete Distribution", ICLR 2017).
 *
 * theta has one score per bit. theta_i = 0 is a tie, and gives 1 in either sense: the lexicographically greatest state.
 * A bit with a forbidding infinity is 0, and one with the other infinity is 1. There is always an answer, and it is
 * exact.
 *
 * Cost: O(size) per instance, without branches or allocation.
 *
 * @param options - size, and the sense.
 * @returns a solver with `kappa` = size / 2, the number of ones where all states are equally likely.
 * @throws RangeError when size or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { bernoulli } from '@aimle/solvers';
 *
 * const z = new Float32Array(4);
 * bernoulli({ size: 4 }).solve(Float32Array.of(0.5, -2, 0, -0.1), z, 1);
 * Array.from(z) // => [1, 0, 1, 0]
 * ```
 */
export function bernoulli(options: BernoulliOptions): Solver {
  const { size, sense = 'maximise' } = checkOptions('bernoulli', options, { size: true, sense: true });
  const name = 'bernoulli';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  return described(
    {
      name,
      size,
      sense,
      kappa: size / 2,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        const kernel = kernelsFor(size, theta.length);
        if (kernel !== null) {
          solveBernoulli(kernel, name, { size, sense }, theta, z);
          return;
        }
        for (let i = 0; i < theta.length; i++) {
          const score = sign * theta[i]!;
          if (Number.isNaN(score)) rejectNaN(name, Math.floor(i / size), `element ${i % size}`);
          z[i] = +(score >= 0);
        }
      },
    },
    { size, sense },
  );
}
