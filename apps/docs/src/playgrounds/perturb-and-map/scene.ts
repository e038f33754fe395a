import type { Picture } from './model.js';
import type { Structure } from './structures.js';

export interface Scene {
  readonly structure: Structure;
  readonly theta: Float64Array;
  readonly temperature: number;
  readonly picture: Picture;
  /** Which draw is on show. */
  readonly draw: number;
  /** How far the next one has come, in [0, 1). */
  readonly phase: number;
  /** The column that the keyboard moves, or -1. */
  readonly focus: number;
}

export const THETA_LIMIT = 3;

/** The scene's three floors, top to bottom: theta and its noise, the draws, the shares. */
export interface Floors {
  readonly left: number;
  readonly column: number;
  readonly theta: { readonly top: number; readonly bottom: number };
  readonly rain: { readonly top: number; readonly bottom: number };
  readonly shares: { readonly top: number; readonly bottom: number };
  /** From a score to a height and back. */
  y(score: number): number;
  score(y: number): number;
}

const SIDE = 34;

/** A hotter noise needs more room, and so theta looks smaller beside it, which it is. */
export function floors(
  width: number,
  height: number,
  { structure, temperature }: Pick<Scene, 'structure' | 'temperature'>,
): Floors {
  const theta = { top: 22, bottom: Math.round(height * 0.4) };
  const rain = { top: theta.bottom + 30, bottom: Math.round(height * 0.69) };
  const shares = { top: rain.bottom + 32, bottom: height - 8 };
  const highest = THETA_LIMIT + 0.4 + 2.6 * temperature;
  const lowest = -THETA_LIMIT - 0.2 - temperature;
  const scale = (theta.bottom - theta.top) / (highest - lowest);
  return {
    left: SIDE,
    column: (width - SIDE) / structure.size,
    theta,
    rain,
    shares,
    y: (score) => Math.min(theta.bottom, Math.max(theta.top, theta.top + (highest - score) * scale)),
    score: (y) => highest - (y - theta.top) / scale,
  };
}
