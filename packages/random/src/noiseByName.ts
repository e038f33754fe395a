import { gumbel, logistic, type Noise, noNoise, normal } from './noise.js';
import { sumOfGamma } from './sumOfGamma/noise.js';

/** The names that {@link noiseByName} knows. */
export type NoiseName = 'gumbel' | 'normal' | 'logistic' | 'sum-of-gamma' | 'none';

const byName: Readonly<Record<NoiseName, (kappa: number) => Noise>> = {
  gumbel,
  normal,
  logistic,
  'sum-of-gamma': (kappa) => sumOfGamma({ kappa }),
  none: noNoise,
};

/**
 * Makes a noise by its name, for configuration files and command lines.
 *
 * @param name - 'gumbel', 'normal', 'logistic', 'sum-of-gamma' or 'none'
 * @param kappa - for 'sum-of-gamma' (with 10 terms), the solver's kappa; the others do not use it
 * @returns the noise
 * @throws RangeError when the name is unknown or kappa is out of the range of {@link sumOfGamma}
 * @example
 * ```ts
 * import { noiseByName } from '@aimle/random';
 * noiseByName('sum-of-gamma', 5).std.toFixed(4); // => '0.5567'
 * ```
 */
export function noiseByName(name: NoiseName, kappa: number): Noise {
  if (!Object.hasOwn(byName, name)) {
    const known = Object.keys(byName).join(', ');
    throw new RangeError(`noiseByName: name must be one of ${known}, got ${JSON.stringify(name)}`);
  }
  return byName[name](kappa);
}
