// Keys

export { foldIn, type Key, key, split } from './key.js';

// Fillers: element i of the result depends on (key, i) only

export { fillUniform } from './uniform.js';
export { fillNormal } from './normal.js';
export { fillGumbel } from './gumbel.js';
export { fillLogistic } from './logistic.js';
export { fillExponential } from './exponential.js';
export { fillGamma } from './gamma.js';
export { fillIntegers } from './integers.js';
export { fillBits } from './bits.js';
export { randomPermutation } from './randomPermutation.js';

// Noise for perturb-and-MAP

export { gumbel, logistic, type Noise, type NoiseDescription, noNoise, normal } from './noise.js';
export type { NoiseTable } from './quantileTable.js';
export { sumOfGamma, type SumOfGammaParameters } from './sumOfGamma/noise.js';
export { type NoiseName, noiseByName } from './noiseByName.js';

// The distribution of Sum-of-Gamma noise, and what the fast sampler is tested against

export {
  type SumOfGammaDistribution,
  sumOfGammaDistribution,
  sumOfGammaError,
} from './sumOfGamma/distribution.js';
export type { SumOfGammaError } from './sumOfGamma/certificate.js';
export { fillSumOfGammaExact } from './sumOfGamma/exact.js';
