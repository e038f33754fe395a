import { gumbel, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { checkTemperature, type Relaxation, relaxedRule, subsetSize } from './relaxedRule.js';
import { softmax, softmaxVjp } from './softmax.js';

/** Settings of {@link concreteSubset}. */
export interface ConcreteSubsetOptions {
  /** tau of each concrete draw; default 0.1, as published. */
  readonly temperature?: number;
  /** Default `gumbel()`. */
  readonly noise?: Noise;
}

/**
 * Builds the relaxation of learning to explain (L2X): k independent concrete draws, and their elementwise maximum.
 *
 *   p_j = softmax((theta + epsilon_j) / tau),  epsilon_j ~ Gumbel,  j = 1 ... k
 *   z_s = max_j p_j
 *
 * **When to use**: to compare with L2X. Draws may coincide, so a state sums to at most k, and chooses fewer than k
 * elements where theta is concentrated; `relaxedSubset` does not have this problem. **Bias**: exact for this
 * relaxation, whose limit at tau = 0 is k draws with replacement, not a k-subset. **Shapes**: theta [B, ..., n] gives
 * z [B, ..., n], with `samples: S` [B, S, ..., n]; a minimising solver reads costs. **Cost**: O(k n) a state, and as
 * much noise; no solver call.
 *
 * @param solver - `topK({ size, k })` or `categorical({ size })`; it sets n, k and the mode.
 * @throws RangeError when the solver is for another structure, or the temperature is not positive.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { concreteSubset } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const words = concreteSubset(topK({ size: 5, k: 2 }));
 * words.sample(tf.zeros([3, 5]), { key: key(1), samples: 4 }).shape; // => [3, 4, 5]
 * ```
 * @see Chen, Song, Wainwright, Jordan 2018, arXiv:1802.07814, section 3.4. The AIMLE authors' code draws once and
 * takes no maximum, so its mask sums to 1.
 */
export function concreteSubset(solver: Solver, options: ConcreteSubsetOptions = {}): Layer {
  checkOptions('concreteSubset', options, { temperature: true, noise: true });
  const { temperature = 0.1, noise = gumbel() } = options;
  const name = 'concrete-subset';
  const k = subsetSize(name, solver);
  checkTemperature(name, temperature);
  return layerOf({
    ...relaxedRule(name, solver, maximumOfDraws(solver.size, k, temperature), noise, false),
    options,
  });
}

function maximumOfDraws(size: number, k: number, temperature: number): Relaxation {
  const p = new Float64Array(k * size);
  const share = new Float64Array(size);
  const draw = (w: Float64Array): void => {
    for (let j = 0; j < k; j++) softmax(w.subarray(j * size, (j + 1) * size), temperature, p, j * size);
  };
  const winner = (i: number): number => {
    let best = 0;
    for (let j = 1; j < k; j++) if (p[j * size + i]! > p[best * size + i]!) best = j;
    return best;
  };
  return {
    draws: k,
    relax(w, z) {
      draw(w);
      for (let i = 0; i < size; i++) z[i] = p[winner(i) * size + i]!;
    },
    vjp(w, v, out) {
      draw(w);
      out.fill(0);
      for (let j = 0; j < k; j++) {
        for (let i = 0; i < size; i++) share[i] = winner(i) === j ? v[i]! : 0;
        softmaxVjp(p, share, temperature, out, j * size);
      }
    },
  };
}
