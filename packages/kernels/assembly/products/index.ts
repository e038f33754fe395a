export { sumColumns } from './columns';
export { multiply, roomOfProducts } from './multiply';
// Exported so that the compiler leaves it a function of its own: inlined, its sums would not stay in registers.
export { multiplyTile } from './tile';
export { transpose } from './transpose';
