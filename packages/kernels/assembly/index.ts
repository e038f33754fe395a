export { fillFromTable } from './noise';

export { averageDifferences, sampleStates, setLayout } from './difference';
export { setNoise } from './rowNoise';
export { forgetMagnitudes, sumOfMagnitudes } from './scores';
export { setSubsets } from './structure';

/** The first byte of memory that the module does not use itself. */
export function firstFreeByte(): usize {
  return __heap_base;
}
