import type { Noise } from '@aimle/random';
import { mirrorPairs } from '../difference/antithetic.js';
import { drawNoise } from '../difference/perturbAndMap.js';
import type { Rows } from './regret.js';
import type { StructuredLossOptions } from './structuredLoss.js';

/** The noise of losses that average over it. */
export interface LossNoise {
  /** Default `gumbel()`. Any noise works: its density is not needed. */
  readonly noise?: Noise;
  /**
   * The width of the perturbation, in units of theta; default 1. With 0 there is none, as in a structured perceptron.
   */
  readonly sigma?: number;
}

/** Checks the settings and returns a function that draws sigma epsilon for every row, signed for the solver. */
export function perturbation(
  name: string,
  noise: Noise,
  sigma: number,
  mirror: ((epsilon: number) => number) | null,
): (rows: Rows, options: StructuredLossOptions) => Float32Array {
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new RangeError(`${name}: sigma must be a finite number of at least 0, got ${sigma}`);
  }
  return ({ layout, sign }, { key }) => {
    const none = new Float32Array(layout.rows * layout.size);
    if (sigma === 0) return none;
    if (key === undefined) {
      throw new RangeError(`${name}: key must be given, for its noise: { key: key(step) }, got none`);
    }
    const epsilon = drawNoise(noise, key, layout);
    if (epsilon === null) return none;
    if (mirror !== null) mirrorPairs(mirror, epsilon, layout, layout.samples);
    return epsilon.map((value) => sign * sigma * value);
  };
}
