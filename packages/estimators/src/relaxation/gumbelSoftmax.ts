import { gumbel, type Noise } from '@aimle/random';
import type { Layer } from '../estimator.js';
import { type Structure, solverOf } from '../structure.js';
import { type Relaxation, RelaxedLayer } from './relaxedLayer.js';
import { pullSoftmax, softmax } from './softmax.js';
import { checkTemperature, subsetSize } from './subsetSolver.js';

/** Settings of {@link gumbelSoftmax}. */
export interface GumbelSoftmaxOptions {
  /** tau: towards 0 the states become one-hot and the gradient's variance grows. Default 1. */
  readonly temperature?: number;
  /** Whether states are one-hot, and only their gradient relaxed (straight-through Gumbel-softmax). Default false. */
  readonly hard?: boolean;
  /** Default `gumbel()`, for which MAP(theta + epsilon) is an exact sample of softmax(theta). */
  readonly noise?: Noise;
}

/**
 * Gumbel-softmax, also known as the concrete distribution: one of n, relaxed to a point of the simplex.
 *
 *   z_s = softmax((theta + epsilon_s) / tau),  epsilon_s ~ Gumbel
 *   hard: z_s = MAP(theta + epsilon_s) on the way forward, with the gradient of the above
 *
 * **When to use**: to choose one of n where the loss makes sense between its states (it must: the soft form never shows it
 * a discrete one). For k-subsets see `relaxedSubset`. **Bias**: the gradient is exact for the relaxed expectation,
 * biased for the discrete one; smaller as tau goes to 0, where its variance grows. The hard form adds the bias of
 * straight-through. **Shapes**: theta [B, ..., n] gives z [B, S, ..., n]; a minimising solver reads costs, softmax of
 * -theta. **Cost**: O(n) a state; solver calls: none, hard 1. A masked element has z and gradient 0.
 *
 * @param structure - `categorical({ size })`, or `topK` with k = 1; it gives the mode and the hard states.
 * @throws RangeError when the solver chooses anything but one of n, or the temperature is not positive.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { gumbelSoftmax } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { categorical } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const choose = gumbelSoftmax(categorical({ size: 3 }), { temperature: 0.5 });
 * const { z } = choose.apply(tf.tensor2d([[1, 0, -1]]), { key: key(1) });
 * z.sum().dataSync()[0]?.toFixed(5); // => '1.00000'
 * ```
 * @see Jang, Gu, Poole 2017, arXiv:1611.01144; Maddison, Mnih, Teh 2017, arXiv:1611.00712.
 */
export function gumbelSoftmax(structure: Structure, options: GumbelSoftmaxOptions = {}): Layer {
  const { temperature = 1, hard = false, noise = gumbel() } = options;
  const name = 'gumbel-softmax';
  const solver = solverOf(name, structure);
  const k = subsetSize(name, solver);
  if (k !== 1) {
    throw new RangeError(
      `${name}: chooses one of n, got the solver ${solver.name} with k = ${k}. For k-subsets there are relaxedSubset ` +
        'and concreteSubset.',
    );
  }
  checkTemperature(name, temperature);
  return new RelaxedLayer(name, solver, oneOfN(solver.size, temperature), noise, hard);
}

function oneOfN(size: number, temperature: number): Relaxation {
  const p = new Float64Array(size);
  return {
    draws: 1,
    relax: (w, z) => softmax(w, temperature, z),
    pull(w, v, out) {
      softmax(w, temperature, p);
      pullSoftmax(p, v, temperature, out.fill(0));
    },
  };
}
