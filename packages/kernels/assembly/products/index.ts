export { sumColumns } from './columns';
export { clamp, largerOf, rectifierGradient, smallerOf } from './elements';
export { multiply, roomOfProducts } from './multiply';
export { copyRows, gatherRows, scatterAddRows } from './rows';
// Exported so that the compiler leaves it a function of its own: inlined, its sums would not stay in registers.
export { multiplyTile } from './tile';
export { transpose } from './transpose';
