import { type Key, noiseByName } from '@aimle/random';
import type { Structure } from './structures.js';

export const noiseNames = ['gumbel', 'sum-of-gamma', 'normal'] as const;
export type NoiseName = (typeof noiseNames)[number];

export interface Setting {
  readonly structure: Structure;
  readonly theta: Float64Array;
  readonly noise: NoiseName;
  readonly temperature: number;
  /** The key of the noise: while it stays, moving theta moves the same draws. */
  readonly key: Key;
}

/** All draws at once, and what is exactly known of them. */
export interface Picture {
  /** theta + temperature * noise, draw after draw. */
  readonly perturbed: Float32Array;
  /** MAP of each. */
  readonly states: Float32Array;
  /** How often each element was drawn. */
  readonly drawn: Float64Array;
  /** The marginals of p(z) ~ exp(<theta, z> / temperature). */
  readonly gibbs: Float64Array;
  /** The exact marginals of what is drawn, where they are known. */
  readonly exact: Float64Array | null;
  /** The largest difference between `drawn` and `gibbs`. */
  readonly gap: number;
  /** Of the Gibbs distribution, in nats. */
  readonly entropy: number;
}

export const DRAWS = 1000;

/** Redraws the noise only when it must: the same draws under another theta or temperature tell what these change. */
export function perturbAndMap(): (setting: Setting) => Picture {
  let noiseOf: Pick<Setting, 'structure' | 'noise' | 'key'> | null = null;
  let epsilon = new Float32Array(0);

  return ({ structure, theta, noise, temperature, key }) => {
    const { size, distribution, gumbelMarginals } = structure;
    if (noiseOf?.structure !== structure || noiseOf.noise !== noise || noiseOf.key !== key) {
      epsilon = new Float32Array(DRAWS * size);
      noiseByName(noise, distribution.kappa).fill(key, epsilon);
      noiseOf = { structure, noise, key };
    }
    const perturbed = epsilon.map((value, i) => theta[i % size]! + temperature * value);
    const states = new Float32Array(perturbed.length);
    distribution.solve(perturbed, states, DRAWS);
    const drawn = new Float64Array(size);
    states.forEach((one, i) => {
      drawn[i % size]! += one;
    });
    for (let i = 0; i < size; i++) drawn[i]! /= DRAWS;
    const scaled = theta.map((value) => value / temperature);
    const marginals = distribution.marginals(scaled);
    return {
      perturbed,
      states,
      drawn,
      gibbs: marginals,
      exact: noise === 'gumbel' && gumbelMarginals !== null ? gumbelMarginals(scaled) : null,
      gap: Math.max(...drawn.map((share, i) => Math.abs(share - marginals[i]!))),
      entropy: distribution.entropy(scaled)[0]!,
    };
  };
}
