import { type Noise, noNoise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { fixedLambda } from '../perturbation/fixedLambda.js';
import { DifferenceRule } from './differenceRule.js';

/** Settings of {@link blackBox}. */
export interface BlackBoxOptions {
  /** The perturbation size, in units of theta over units of g. Tune it: there is no default. */
  readonly lambda: number;
  /** Default `noNoise()`, as published. With noise this is `imle`. */
  readonly noise?: Noise;
}

/**
 * Builds a layer that differentiates a black-box solver: its gradient is that of a piecewise linear interpolation of
 * the loss, from one more solve.
 *
 *   z = MAP(theta),   grad = [MAP(theta + lambda g) - MAP(theta)] / lambda      for a minimising solver
 *                     grad = [MAP(theta) - MAP(theta - lambda g)] / lambda      for a maximising one
 *
 * It is `imle` without its noise.
 *
 * **When to use**: where states must be the mode, as when a path is trained to match a labelled one. Otherwise use
 * `aimle`: its gradient is that of an expectation, and it finds lambda. **Bias**: exact for the interpolation, which
 * as lambda goes to 0 tends to the loss itself, constant almost everywhere. **Shapes**: theta [B, ..., n] gives z [B,
 * ..., n]; without noise all samples are the same: leave `samples` out. **Cost**: 1 batched solve forward, 1
 * backward.
 *
 * @throws RangeError when lambda is not a positive finite number.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { blackBox } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const cheapest = blackBox(topK({ size: 3, k: 1, sense: 'minimise' }), { lambda: 20 });
 * const grad = tf.grad((costs: tf.Tensor) => cheapest.sample(costs, { key: key(0) }).mul([[1, 0, 0]]).sum());
 * Array.from(grad(tf.tensor2d([[1, 2, 3]])).dataSync().map((slope) => 20 * slope)); // => [-1, 1, 0]
 * ```
 * @see Vlastelica, Paulus, Musil, Martius, Rolinek 2020, arXiv:1912.02175, algorithm 1.
 */
export function blackBox(solver: Solver, options: BlackBoxOptions): Layer {
  checkOptions('blackBox', options, { lambda: true, noise: true });
  const { lambda, noise = noNoise() } = options;
  if (!(lambda > 0 && Number.isFinite(lambda))) {
    throw new RangeError(`black-box: lambda must be a positive finite number, got ${lambda}`);
  }
  const policy = fixedLambda(lambda);
  return layerOf(
    new DifferenceRule({ name: 'black-box', solver, options, noise, difference: 'forward', policy }),
  );
}
