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

export type Floors = ReturnType<typeof floors>;

const SIDE = 34;

/**
 * The scene's three floors, top to bottom: theta and its noise, the draws, the shares. A hotter noise needs more room, and
 * so theta looks smaller beside it, which it is.
 */
export function floors(
  width: number,
  height: number,
  { structure, temperature }: Pick<Scene, 'structure' | 'temperature'>,
) {
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
    y: (score: number) => Math.min(theta.bottom, Math.max(theta.top, theta.top + (highest - score) * scale)),
    score: (y: number) => highest - (y - theta.top) / scale,
  };
}
