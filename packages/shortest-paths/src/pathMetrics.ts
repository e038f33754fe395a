import type { PathMaps } from './maps.js';

/** What of a path that costs more than the best one still counts as optimal: the rounding of single precision. */
const TOLERANCE = 1e-6;

/**
 * Measures predicted paths on maps whose costs are known, as means over the maps:
 *
 *   cost_ratio  true cost of the predicted path / true cost of the best one, 1 or more
 *   optimal     1 where that ratio is 1, else 0; the official code's accuracy
 *   hamming     cells that only one of the two paths has: above 0 also where two paths are equally good
 *
 * @param paths - zeros and ones, [count, height, width].
 * @example
 * ```ts
 * import { generateTerrain } from '@aimle/datasets';
 * import { key } from '@aimle/random';
 * import { pathMetrics, withPaths } from '@aimle/shortest-paths';
 *
 * const maps = withPaths(generateTerrain({ count: 3, height: 5, width: 5, key: key(0) }));
 * pathMetrics(maps.paths, maps); // => { cost_ratio: 1, optimal: 1, hamming: 0 }
 * ```
 */
export function pathMetrics(
  paths: Uint8Array,
  { count, height, width, costs, paths: best }: PathMaps,
): { cost_ratio: number; optimal: number; hamming: number } {
  const cells = height * width;
  const sums = { cost_ratio: 0, optimal: 0, hamming: 0 };
  for (let map = 0; map < count; map++) {
    let [cost, least] = [0, 0];
    for (let at = map * cells; at < (map + 1) * cells; at++) {
      cost += paths[at]! * costs[at]!;
      least += best[at]! * costs[at]!;
      sums.hamming += paths[at] === best[at] ? 0 : 1;
    }
    sums.cost_ratio += cost / least;
    sums.optimal += cost <= least * (1 + TOLERANCE) ? 1 : 0;
  }
  return {
    cost_ratio: sums.cost_ratio / count,
    optimal: sums.optimal / count,
    hamming: sums.hamming / count,
  };
}
