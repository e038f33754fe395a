import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectNaN } from '../validation.js';
import { kernelsFor, solveCategorical } from './byKernel.js';

/**
 * Settings of {@link categorical}.
 *
 * @example
 * ```ts
 * import { categorical, type CategoricalOptions } from '@aimle/solvers';
 *
 * const options: CategoricalOptions = { size: 10 };
 * categorical(options).kappa // => 1
 * ```
 */
export interface CategoricalOptions {
  /** Number of classes, in [1, 2^31 - 1]. */
  readonly size: number;
  /** Whether to mark the largest (`'maximise'`, the default) or the smallest (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the categorical solver: it marks the best of `size` classes, as a one-hot vector.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^size with sum(z) = 1. Use it for one choice among several: a class,
 * an action, an expert, a word of a codebook. With Gumbel noise on theta, its answers are exact samples of softmax(theta)
 * (Gumbel, "Statistical theory of extreme values", 1954; the Gumbel-max trick).
 *
 * theta has one score per class. Equal scores resolve to the lower index. The answer is exact and always exists: a
 * class with a forbidding infinity is marked only if all classes have one, and then it is the first.
 *
 * Cost: O(size) per instance, one comparison per class, without allocation.
 *
 * @param options - size, and the sense.
 * @returns a solver with `kappa` = 1.
 * @throws RangeError when size or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { categorical } from '@aimle/solvers';
 *
 * const z = new Float32Array(6);
 * categorical({ size: 3 }).solve(Float32Array.of(1, 5, 2, 7, 0, 7), z, 2);
 * Array.from(z) // => [0, 1, 0, 1, 0, 0]
 * ```
 */
export function categorical(options: CategoricalOptions): Solver {
  const { size, sense = 'maximise' } = checkOptions('categorical', options, { size: true, sense: true });
  const name = 'categorical';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;

  function bestOf(theta: Float32Array, row: number): number {
    const start = row * size;
    let best = sign * theta[start]!;
    let at = start;
    if (Number.isNaN(best)) rejectNaN(name, row, 'element 0');
    for (let i = start + 1; i < start + size; i++) {
      const score = sign * theta[i]!;
      // The negation is also true for NaN, which is detected only here, off the common path.
      if (!(score <= best)) {
        if (Number.isNaN(score)) rejectNaN(name, row, `element ${i - start}`);
        best = score;
        at = i;
      }
    }
    return at;
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: 1,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        const kernel = kernelsFor(size, theta.length);
        if (kernel !== null) {
          solveCategorical(kernel, name, { size, sense }, theta, z, rows);
          return;
        }
        z.fill(0);
        for (let row = 0; row < rows; row++) z[bestOf(theta, row)] = 1;
      },
    },
    { size, sense },
  );
}
