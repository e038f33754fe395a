import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';

/** What {@link curvatureCorrection} has learned: running sums, from which `estimate` computes the curvature. */
export type CurvatureState = {
  /** Covariation of g and z, and variation of z. */
  readonly gradient: number;
  readonly state: number;
  /** Sums of squares of each row's contribution, a measure of their noise. */
  readonly gradientNoise: number;
  readonly stateNoise: number;
};

/** The data of one pass that {@link curvatureCorrection} learns from. */
export interface CurvaturePass {
  readonly layout: Pick<Layout, 'batch' | 'samples' | 'events' | 'size' | 'part'>;
  /** States, row by row in the order (batch, sample, event). */
  readonly z: Float32Array;
  /** g, the gradient of each state's own loss, divided by `scale`. */
  readonly gradient: Float32Array;
  readonly scale: number;
  /** The noise that z was drawn with, at temperature 1, and its mean; `null` where there was none. */
  readonly epsilon: Float32Array | null;
  readonly noiseMean: number;
}

/** Weight of the past: about the last hundred passes count. */
const DECAY = 0.99;

/**
 * Subtracts a learned curvature term of the loss from its gradient, as `curvatureCorrection: true` of {@link aimle}
 * does, without extra solves.
 *
 * On zeros and ones, L(z) and L(z) - (c / 2) sum_i (z_i^2 - z_i) are the same function for every c, but their
 * gradients g and g - c (z - 1/2) differ. So every c is valid; the best one makes the gradient depend least on the
 * state. For a quadratic loss that is c = L''_ii, and g - c (z - 1/2) is then the exact change of the loss when a bit
 * flips. As lambda goes to 0, the central estimate has the same limit for every c that does not depend on this pass.
 * c changes the noise, and how large lambda may be without bias.
 *
 * c is the regression of g on z over the samples of an instance, or on the noise where S is 1. It is averaged over
 * passes, with weight 0.99 of the past, and shrunk towards 0 while it may be chance. There is one c for all
 * coordinates. A pass uses what was learned before it; the first pass uses 0.
 *
 * **Cost**: no solve, one pass over the numbers. Where states are not zeros and ones, nothing is learned.
 *
 * @example
 * ```ts
 * import { curvatureCorrection } from '@aimle/estimators';
 *
 * // Two samples of |z|^2, whose gradient is 2z.
 * const state = curvatureCorrection.learn(curvatureCorrection.init(), {
 *   layout: { batch: 1, samples: 2, events: 1, size: 2 },
 *   z: Float32Array.of(1, 0, 0, 1),
 *   gradient: Float32Array.of(2, 0, 0, 2),
 *   scale: 1,
 *   epsilon: null,
 *   noiseMean: 0,
 * });
 * state.gradient / state.state; // => 2
 * ```
 * @see Ours: apps/docs/pages/results/perturbation-size.md.
 */
export const curvatureCorrection = {
  init: (): CurvatureState => ({ gradient: 0, state: 0, gradientNoise: 0, stateNoise: 0 }),
  estimate,
  learn,
  check(state: JsonValue): void {
    const { gradient, state: moved, gradientNoise, stateNoise } = (state ?? {}) as Partial<CurvatureState>;
    if (![gradient, moved, gradientNoise, stateNoise].every(Number.isFinite)) {
      throw new RangeError(
        'curvatureCorrection: a saved state must have finite gradient, state, gradientNoise and stateNoise, got ' +
          JSON.stringify(state),
      );
    }
  },
};

/** Computes c: the ratio of the sums, shrunk by the noise of each. */
function estimate({ gradient, state, gradientNoise, stateNoise }: CurvatureState): number {
  const sure = gradient * gradient;
  if (!(sure > gradientNoise)) return 0;
  return ((gradient * state) / (state * state + stateNoise)) * (1 - gradientNoise / sure);
}

function learn(before: CurvatureState, pass: CurvaturePass): CurvatureState {
  return learnFrom(before, pass.layout, pass.scale, covariation(pass));
}

/** Adds a pass to what was learned, given its {@link covariation}. */
export function learnFrom(
  before: CurvatureState,
  layout: CurvaturePass['layout'],
  scale: number,
  rows: Float64Array | null,
): CurvatureState {
  if (rows === null) return before;
  const { batch, samples, events } = layout;
  const used = estimate(before);
  const sums = new Float64Array(4);
  for (let b = 0; b < batch; b++) {
    for (let e = 0; e < events; e++) {
      for (let s = 0; s < samples; s++) {
        const at = 2 * ((b * samples + s) * events + e);
        const along = rows[at]!;
        const moved = rows[at + 1]!;
        sums[0]! += scale * along;
        sums[1]! += moved;
        sums[2]! += (scale * along - used * moved) ** 2;
        sums[3]! += moved * moved;
      }
    }
  }
  const [gradient, state, gradientNoise, stateNoise] = (layout.part?.sum(sums) ?? sums) as unknown as [
    number,
    number,
    number,
    number,
  ];
  return {
    gradient: DECAY * before.gradient + gradient,
    state: DECAY * before.state + state,
    gradientNoise: DECAY ** 2 * before.gradientNoise + gradientNoise,
    stateNoise: DECAY ** 2 * before.stateNoise + stateNoise,
  };
}

/**
 * Sums g and z along each row, weighted by z minus the mean of the instance's samples, or by the noise where there is one
 * sample. Returns null where nothing can be learned: without noise, or from other states than zeros and ones.
 */
export function covariation(pass: Rows): Float64Array | null {
  const { layout, z, epsilon } = pass;
  const { batch, samples, events, size } = layout;
  if ((samples === 1 && epsilon === null) || !isBinary(z)) return null;
  const sums = new Float64Array(2 * batch * samples * events);
  const centre = new Float64Array(size);
  for (let b = 0; b < batch; b++) {
    for (let e = 0; e < events; e++) {
      const first = b * samples * events + e;
      if (samples > 1) meanOf(z, first * size, events * size, samples, centre);
      for (let s = 0; s < samples; s++) {
        if (samples > 1) overSamples(pass, first + s * events, centre, sums);
        else overNoise(pass, first, sums);
      }
    }
  }
  return sums;
}

type Rows = Omit<CurvaturePass, 'scale'>;

/** Sums over a row of g and of z, each weighted by z minus the mean of the instance's samples. */
function overSamples({ z, gradient }: Rows, row: number, centre: Float64Array, sums: Float64Array): void {
  const start = row * centre.length;
  let along = 0;
  let moved = 0;
  for (let j = 0; j < centre.length; j++) {
    const off = z[start + j]! - centre[j]!;
    along += off * gradient[start + j]!;
    moved += off * z[start + j]!;
  }
  sums[2 * row] = along;
  sums[2 * row + 1] = moved;
}

/** The same, weighted by the noise. The row's mean of g is subtracted, since it only adds noise. */
function overNoise(
  { z, gradient, epsilon, noiseMean, layout: { size } }: Rows,
  row: number,
  sums: Float64Array,
): void {
  const start = row * size;
  let mean = 0;
  for (let j = start; j < start + size; j++) mean += gradient[j]! / size;
  let along = 0;
  let moved = 0;
  for (let j = start; j < start + size; j++) {
    const off = epsilon![j]! - noiseMean;
    along += off * (gradient[j]! - mean);
    moved += off * z[j]!;
  }
  sums[2 * row] = along;
  sums[2 * row + 1] = moved;
}

function meanOf(z: Float32Array, first: number, next: number, samples: number, out: Float64Array): void {
  out.fill(0);
  for (let s = 0; s < samples; s++) {
    const row = first + s * next;
    for (let j = 0; j < out.length; j++) out[j]! += z[row + j]! / samples;
  }
}

/** Computes g - c (z - 1/2) on the scale of g; returns g where c is 0 or a state is not of zeros and ones. */
export function withoutCurvature(gradient: Float32Array, z: Float32Array, c: number): Float32Array {
  if (c === 0 || !isBinary(z)) return gradient;
  const corrected = new Float32Array(gradient.length);
  for (let at = 0; at < z.length; at++) corrected[at] = gradient[at]! - c * (z[at]! - 0.5);
  return corrected;
}

/** Whether states are of zeros and ones. */
export function isBinary(z: Float32Array): boolean {
  for (let at = 0; at < z.length; at++) if (z[at] !== 0 && z[at] !== 1) return false;
  return true;
}
