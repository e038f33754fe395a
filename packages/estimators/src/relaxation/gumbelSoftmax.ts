import { gumbel, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { checkTemperature, type Relaxation, relaxedRule, subsetSize } from './relaxedRule.js';
import { softmax, softmaxVjp } from './softmax.js';

/** Settings of {@link gumbelSoftmax}. */
export interface GumbelSoftmaxOptions {
  /** tau; default 1. Towards 0, states become one-hot and the variance of the gradient grows. */
  readonly temperature?: number;
  /** Whether states are one-hot and only their gradient is relaxed (straight-through Gumbel-softmax). Default false. */
  readonly hard?: boolean;
  /** Default `gumbel()`, for which MAP(theta + epsilon) is an exact sample of softmax(theta). */
  readonly noise?: Noise;
}

/**
 * Builds the Gumbel-softmax (the concrete distribution): one of n, relaxed to a point of the simplex.
 *
 *   z_s = softmax((theta + epsilon_s) / tau),  epsilon_s ~ Gumbel
 *   hard: z_s = MAP(theta + epsilon_s) forward, with the gradient of the above
 *
 * **When to use**: to choose one of n where the loss is defined between states; the soft form never evaluates it at a
 * discrete one. For k-subsets use `relaxedSubset`. **Bias**: the gradient is exact for the relaxed expectation,
 * biased for the discrete one; smaller as tau goes to 0, where its variance grows. The hard form adds the bias of
 * straight-through. **Shapes**: theta [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n]; a minimising
 * solver reads costs, softmax of -theta. **Cost**: O(n) per state; no solver call, hard 1. A masked element has z and
 * gradient 0, unless all are masked.
 *
 * @param solver - `categorical({ size })`, or `topK` with k = 1; it computes the mode and the hard states.
 * @throws RangeError when the solver does not choose one of n, or the temperature is not positive.
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
 * const z = choose.sample(tf.tensor2d([[1, 0, -1]]), { key: key(1) });
 * z.sum().dataSync()[0]?.toFixed(5); // => '1.00000'
 * ```
 * @see Jang, Gu, Poole 2017, arXiv:1611.01144; Maddison, Mnih, Teh 2017, arXiv:1611.00712.
 */
export function gumbelSoftmax(solver: Solver, options: GumbelSoftmaxOptions = {}): Layer {
  checkOptions('gumbelSoftmax', options, { temperature: true, hard: true, noise: true });
  const { temperature = 1, hard = false, noise = gumbel() } = options;
  const name = 'gumbel-softmax';
  const k = subsetSize(name, solver);
  if (k !== 1) {
    throw new RangeError(
      `${name}: needs a solver that chooses one of n, got ${solver.name} with k = ${k}. For k-subsets use relaxedSubset ` +
        'or concreteSubset.',
    );
  }
  checkTemperature(name, temperature);
  return layerOf({ ...relaxedRule(name, solver, oneOfN(solver.size, temperature), noise, hard), options });
}

function oneOfN(size: number, temperature: number): Relaxation {
  const p = new Float64Array(size);
  return {
    draws: 1,
    relax: (w, z) => softmax(w, temperature, z),
    vjp(w, v, out) {
      softmax(w, temperature, p);
      softmaxVjp(p, v, temperature, out.fill(0));
    },
  };
}
