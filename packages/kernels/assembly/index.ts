export { adamStep } from './adam';
export { fillFromTable } from './noise';
export { fillNormal } from './normal';
export { writeTails } from './tails';
export { fillIntegers, fillUniform, fillWords } from './words';

export { solveFiniteRows } from './finiteRows';
export { solveBernoulli, solveCategorical, solveSubsets } from './subsets';

export { averageDifferences } from './difference';
export { setLayout } from './layout';
export { setNoise } from './rowNoise';
export { correctRows, covaryOverSamples, covaryWithNoise, sumRows } from './rowSums';
export { sampleStates } from './sample';
export { forgetMagnitudes } from './scores';
export { setChain, setSubsets, setTrees } from './structure';

export { bytesOfRoom, useRoom } from './own';

/** The first byte of memory that the module does not use itself. */
export function firstFreeByte(): usize {
  return __heap_base;
}
