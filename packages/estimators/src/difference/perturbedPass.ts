import type { Key, Noise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type { Layout } from '../layer/layout.js';
import type { AveragedDifference } from './averageDifference.js';
import type { OfficialCode } from './officialCode.js';

/** What passes need to know of an estimator. */
export interface PassSettings {
  readonly solver: Solver;
  readonly noise: Noise;
  /** Maps a draw to its antithetic twin; null where all draws are independent. */
  readonly mirror: ((epsilon: number) => number) | null;
  readonly difference: 'central' | 'forward';
  readonly temperature: { readonly forward: number; readonly backward: number };
  /** 1: the target is theta moved along the loss; 0: only the direction of the loss. */
  readonly thetaWeight: 0 | 1;
  readonly marginalSamples: number;
  readonly officialCode: OfficialCode;
}

/** The data of one call. */
export interface PassCall {
  readonly layout: Layout;
  readonly theta: Float32Array;
  readonly key: Key;
  readonly context: Context | undefined;
}

/** The states that a call draws, and what its backward pass needs of them. */
export interface PerturbedPass {
  /** The best states of theta + epsilon; rows * n numbers, which the caller may keep. */
  readonly z: Float32Array;
  /** Returns the noise that z was drawn with; null where there is none. */
  epsilon(): Float32Array | null;
  /**
   * Returns the direction that theta is moved along: the gradient of each row, less c (z - 1/2) where states are of
   * zeros and ones.
   */
  along(gradient: Float32Array, c: number): Direction;
  /** Computes how the gradient and z vary together, two numbers for each row, as `covariation` does. */
  covariation(gradient: Float32Array): Float64Array | null;
}

/** A direction for every row. */
export interface Direction {
  /** Sums factor * g along each row, and its square: two numbers for each row. */
  rowSums(factor: number): Float64Array;
  /**
   * Averages differences over that many draws of the noise: that of z, and fresh ones.
   *
   * @param lambda - of each instance; at least one is above 0.
   */
  difference(lambda: Float64Array, draws: number): PassDifference;
}

/** An average of differences, and the batched solves that it took. */
export interface PassDifference extends AveragedDifference {
  readonly solves: number;
}

/**
 * What stands above the lower point of a difference: the point as far on the other side, the state that was drawn, the
 * point that it was drawn at, or the target without its step.
 */
export type UpperPoint = 'central' | 'state' | 'plain' | 'target';

export function upperPointOf({ difference, temperature, officialCode }: PassSettings): UpperPoint {
  if (difference === 'central') return 'central';
  if (officialCode.leftPoint === 'resolved') return 'target';
  // z was drawn at another temperature, which must not count as a difference.
  const another = temperature.forward !== temperature.backward;
  return another && officialCode.leftPoint !== 'reused' ? 'plain' : 'state';
}

/** The factor of each instance's difference. */
export function factorsOf(
  { difference, officialCode }: PassSettings,
  sign: 1 | -1,
  lambda: Float64Array,
  samples: number,
): Float64Array {
  const halved = difference === 'central' ? 2 : 1;
  const mismatch = officialCode.mismatchedLambda ? 1 / Math.sqrt(samples) : 1;
  return lambda.map((size) =>
    size > 0 ? sign / (halved * (officialCode.undividedDifference ? 1 : size * mismatch)) : 0,
  );
}

/** The sign of the noise in a point: a minimiser subtracts it. */
export function noiseSignOf({ officialCode }: PassSettings, sign: 1 | -1): 1 | -1 {
  return officialCode.addedNoise ? 1 : sign;
}
