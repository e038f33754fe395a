import { kinds } from './terrain.js';

/**
 * What the model takes each kind to cost, on average over its cells, in units that fit the true costs best: paths tell
 * costs only up to a factor. NaN for a kind that is not on the map.
 */
export function believed(map: Uint8Array, costs: Float32Array): number[] {
  const sums = kinds.map(() => 0);
  const counts = kinds.map(() => 0);
  map.forEach((kind, cell) => {
    sums[kind]! += costs[cell]!;
    counts[kind]! += 1;
  });
  const means = sums.map((sum, kind) => sum / counts[kind]!);
  let across = 0;
  let square = 0;
  means.forEach((mean, kind) => {
    if (Number.isNaN(mean)) return;
    across += mean * kinds[kind]!.cost;
    square += mean * mean;
  });
  return means.map((mean) => (mean * across) / square);
}
