import { type Noise, noNoise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { fixedLambda } from '../perturbation/fixedLambda.js';
import { DifferenceRule } from './differenceRule.js';

/** Settings of {@link blackBox}. */
export interface BlackBoxOptions {
  /** How far the loss moves theta, in units of theta over units of g. It must be tuned: there is no default. */
  readonly lambda: number;
  /** Default `noNoise()`, as published. With noise this is `imle`. */
  readonly noise?: Noise;
}

/**
 * Differentiation of black-box solvers: the slope of a piecewise linear interpolation of the loss, from one more solve.
 *
 *   z = MAP(theta),   grad = [MAP(theta + lambda g) - MAP(theta)] / lambda      for a minimising solver
 *                     grad = [MAP(theta) - MAP(theta - lambda g)] / lambda      for a maximising one
 *
 * It is `imle` without its noise.
 *
 * **When to use**: where states must be the mode, as when a path is trained to be the labelled one; else `aimle`, whose
 * noise makes the gradient that of an expectation and whose lambda is found. **Bias**: exact for the interpolation, which
 * tends to the loss itself, flat almost everywhere, as lambda goes to 0. **Shapes**: theta [B, ..., n] gives
 * z [B, ..., n]; without noise all samples are the same: leave `samples` out. **Cost**: 1 batched solve forward, 1 backward.
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
  const { lambda, noise = noNoise() } = options;
  if (!(lambda > 0 && Number.isFinite(lambda))) {
    throw new RangeError(`black-box: lambda must be a positive finite number, got ${lambda}`);
  }
  const policy = fixedLambda(lambda);
  return layerOf(
    new DifferenceRule({ name: 'black-box', solver, options, noise, difference: 'forward', policy }),
  );
}
