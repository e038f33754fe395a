export { fillFromTable } from './noise';
export { fillNormal } from './normal';
export { writeTails } from './tails';
export { fillIntegers, fillUniform, fillWords } from './words';

/** The first byte of memory that the module does not use itself. */
export function firstFreeByte(): usize {
  return __heap_base;
}
