export { adamStep } from './adam';
export { fillFromTable } from './noise';

/** The first byte of memory that the module does not use itself. */
export function firstFreeByte(): usize {
  return __heap_base;
}
