import { requireFloats } from '../constraints.js';
import { fillGamma } from '../gamma.js';
import { foldIn, type Key } from '../key.js';
import { checked, offset, type SumOfGammaParameters } from './noise.js';

/**
 * Fills an array with Sum-of-Gamma noise by its definition, one gamma draw per term and element. It is the slow, exact
 * sampler against which the fast one of `sumOfGamma` is tested. The two have the same distribution, but draw different
 * numbers. Costs `terms` times a gamma draw and one Float64Array as long as `out`.
 *
 * @param key - the key of the stream; element i depends on (key, i) only
 * @param out - overwritten, every element
 * @param parameters - kappa in [1, 100 terms], terms an integer in [1, 200], default 10
 * @experimental
 * @throws RangeError when a parameter is out of range, TypeError when key is not a key or out not floats
 * @example
 * ```ts
 * import { fillSumOfGammaExact, key } from '@aimle/random';
 * const epsilon = new Float64Array(100);
 * fillSumOfGammaExact(key(0), epsilon, { kappa: 5 });
 * epsilon.every((x) => x > -Math.log(10) / 5); // => true
 * ```
 * @see Niepert, Minervini and Franceschi, "Implicit MLE", NeurIPS 2021, theorem 1
 */
export function fillSumOfGammaExact(
  key: Key,
  out: Float32Array | Float64Array,
  parameters: SumOfGammaParameters,
): void {
  requireFloats('fillSumOfGammaExact', out);
  const { kappa, terms } = checked('fillSumOfGammaExact', parameters);
  const sum = new Float64Array(out.length).fill(-offset({ kappa, terms }));
  const term = new Float64Array(out.length);
  for (let j = 1; j <= terms; j++) {
    fillGamma(foldIn(key, j), term, 1 / kappa);
    for (let i = 0; i < sum.length; i++) sum[i]! += term[i]! / j;
  }
  out.set(sum);
}
