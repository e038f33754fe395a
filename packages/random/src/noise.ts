import { requireArray, requireKey } from './constraints.js';
import { fillGumbel, gumbelTable } from './gumbel.js';
import type { Key } from './key.js';
import { fillLogistic } from './logistic.js';
import { fillNormal } from './normal.js';
import type { NoiseTable } from './quantileTable.js';

/**
 * A noise distribution rho(epsilon) with independent, identically distributed coordinates, as estimators take it. You
 * can pass any object of this shape. The library provides {@link gumbel}, {@link sumOfGamma}, {@link normal},
 * {@link logistic} and {@link noNoise}.
 *
 * @example
 * ```ts
 * import { fillUniform, type Noise } from '@aimle/random';
 * const uniform: Noise = { name: 'uniform', mean: 0.5, std: Math.sqrt(1 / 12), fill: fillUniform };
 * uniform.name; // => 'uniform'
 * ```
 */
export interface Noise {
  /** For logs and messages. */
  readonly name: string;
  /** The exact mean of a coordinate. */
  readonly mean: number;
  /** The exact standard deviation of a coordinate. */
  readonly std: number;
  /** Plain data from which it can be rebuilt, for saved models. Absent for your own noise. */
  readonly description?: NoiseDescription;
  /** The table that `fill` draws from, for kernels that draw the same numbers. Absent for your own noise. */
  readonly quantiles?: () => NoiseTable;
  /** Overwrites every element of `out`; element i depends on (key, i) only. */
  fill(key: Key, out: Float32Array): void;
}

/**
 * Makes standard Gumbel noise, the noise for choosing one of n: the argmax of theta + epsilon samples softmax(theta)
 * exactly. Mean 0.5772, standard deviation pi / sqrt(6) = 1.2825. See {@link fillGumbel}.
 *
 * @example
 * ```ts
 * import { gumbel } from '@aimle/random';
 * gumbel().std.toFixed(4); // => '1.2825'
 * ```
 */
export function gumbel(): Noise {
  const std = Math.PI / Math.sqrt(6);
  const noise = { name: 'gumbel', mean: 0.5772156649015329, std, fill: fillGumbel } as const;
  return describedNoise(noise, {}, () => ({ cells: gumbelTable(), shift: 0 }));
}

/**
 * Makes standard normal noise, for perturbed optimisers. Mean 0, standard deviation 1. See {@link fillNormal}.
 *
 * @example
 * ```ts
 * import { normal } from '@aimle/random';
 * normal().std; // => 1
 * ```
 * @see Berthet and others, "Learning with differentiable perturbed optimizers", NeurIPS 2020
 */
export function normal(): Noise {
  return describedNoise({ name: 'normal', mean: 0, std: 1, fill: fillNormal });
}

/**
 * Makes standard logistic noise, for independent binary choices: theta + epsilon > 0 has probability sigmoid(theta).
 * Mean 0, standard deviation pi / sqrt(3) = 1.8138. See {@link fillLogistic}.
 *
 * @example
 * ```ts
 * import { logistic } from '@aimle/random';
 * logistic().std.toFixed(4); // => '1.8138'
 * ```
 */
export function logistic(): Noise {
  return describedNoise({ name: 'logistic', mean: 0, std: Math.PI / Math.sqrt(3), fill: fillLogistic });
}

/**
 * Makes a noise whose every epsilon is 0, so that the perturbed solution is the mode itself.
 *
 * @example
 * ```ts
 * import { key, noNoise } from '@aimle/random';
 * const epsilon = Float32Array.of(1, 2);
 * noNoise().fill(key(0), epsilon);
 * epsilon; // => Float32Array.of(0, 0)
 * ```
 */
export function noNoise(): Noise {
  return describedNoise({
    name: 'none',
    mean: 0,
    std: 0,
    fill(key: Key, out: Float32Array) {
      requireKey('noNoise', key);
      requireArray('noNoise', out, Float32Array);
      out.fill(0);
    },
  });
}

/**
 * Plain data from which a noise of this package can be rebuilt: the name that `noiseByName` knows, and its parameters.
 */
export interface NoiseDescription {
  readonly name: 'gumbel' | 'normal' | 'logistic' | 'sum-of-gamma' | 'none';
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * Attaches a description to a noise, and the table that it is drawn from if there is one. The properties are not
 * enumerable, so a copy with another `fill` does not inherit a description that no longer fits it.
 */
export function describedNoise<N extends { readonly name: NoiseDescription['name'] }>(
  noise: N,
  parameters: NoiseDescription['parameters'] = {},
  quantiles?: Noise['quantiles'],
): N {
  const description: NoiseDescription = { name: noise.name, parameters };
  return Object.defineProperties(noise, {
    description: { value: description },
    quantiles: { value: quantiles },
  });
}
