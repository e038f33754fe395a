// Keys

// Fillers: element i of the result depends on (key, i) only
export { fillBits } from './bits.js';
export { fillExponential } from './exponential.js';
export { fillGamma } from './gamma.js';
export { fillGumbel } from './gumbel.js';
export { fillIntegers } from './integers.js';
export { foldIn, type Key, key, split } from './key.js';
export { fillLogistic } from './logistic.js';
// Noise for perturb-and-MAP
export type { NoiseDescription } from './describedNoise.js';
export {
  gumbel,
  logistic,
  type Noise,
  type NoiseName,
  noiseByName,
  noNoise,
  normal,
} from './noise.js';
export { fillNormal } from './normal.js';
export { permutation } from './permutation.js';
// The law of Sum-of-Gamma noise, and what the fast sampler is tested against
export type { SumOfGammaError } from './sum-of-gamma/certificate.js';
export {
  type SumOfGammaDistribution,
  sumOfGammaDistribution,
  sumOfGammaError,
} from './sum-of-gamma/distribution.js';
export { fillSumOfGammaExact } from './sum-of-gamma/exact.js';
export { sumOfGamma } from './sum-of-gamma/noise.js';
export type { SumOfGammaParameters } from './sum-of-gamma/parameters.js';
export { fillUniform } from './uniform.js';
