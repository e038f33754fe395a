import { pairIndex } from '../graph/edges.js';
import { onlyTour } from './onlyTour.js';

/** The signature that the tour algorithms share: returns the vertices in the order of the tour, or undefined. */
export type FindTour = () => Int32Array | undefined;

/**
 * Finds the best tour by dynamic programming over sets of vertices: from vertex 0 through all of a set to one of its
 * members.
 *
 * Ties: each edge is worth a power of two, the first edge the largest, so the lexicographically greater of two tours is
 * worth more. These sums decide where costs are equal, which is tried without them first. Up to 78 bits are kept in two halves, each exact in a double.
 */
export function heldKarp(vertices: number, costs: Float64Array): FindTour {
  const others = vertices - 1; // vertex 1 is bit 0
  const sets = 1 << others;
  const edges = costs.length;
  const half = Math.ceil(edges / 2);
  const early = Float64Array.from(costs, (_, edge) => (edge < half ? 2 ** (half - 1 - edge) : 0));
  const late = Float64Array.from(costs, (_, edge) => (edge < half ? 0 : 2 ** (edges - 1 - edge)));
  // All by set * others + last.
  const cost = new Float64Array(sets * others);
  const earlyWorth = new Float64Array(sets * others);
  const lateWorth = new Float64Array(sets * others);
  const before = new Int8Array(sets * others);
  const between = Int32Array.from({ length: vertices * vertices }, (_, at) => {
    const [a, b] = [Math.floor(at / vertices), at % vertices];
    return a === b ? 0 : pairIndex(vertices, a, b);
  });
  const tour = new Int32Array(vertices);
  const isOnlyOne = onlyTour(vertices, costs, tour);

  // The best candidate of the last comparison.
  let bestCost = Infinity;
  let bestEarly = 0;
  let bestLate = 0;
  let bestLast = -1;

  /** Finds the best way to go on to `next` after all of `set`. */
  function arrive(set: number, next: number): void {
    bestCost = Infinity;
    bestLast = -1;
    const row = set * others;
    for (let last = 0; last < others; last++) {
      if (((set >> last) & 1) === 0) continue;
      const edge = between[next * vertices + last + 1]!;
      const offer = cost[row + last]! + costs[edge]!;
      if (offer > bestCost || offer === Infinity) continue;
      const offerEarly = earlyWorth[row + last]! + early[edge]!;
      const offerLate = lateWorth[row + last]! + late[edge]!;
      if (offer < bestCost || offerEarly > bestEarly || (offerEarly === bestEarly && offerLate > bestLate)) {
        bestCost = offer;
        bestEarly = offerEarly;
        bestLate = offerLate;
        bestLast = last;
      }
    }
  }

  return () => {
    if (isOnlyOne()) return tour;
    for (let set = 1; set < sets; set++) {
      for (let last = 0; last < others; last++) {
        if (((set >> last) & 1) === 0) continue;
        const at = set * others + last;
        const rest = set & ~(1 << last);
        if (rest === 0) {
          const edge = between[last + 1]!;
          cost[at] = costs[edge]!;
          earlyWorth[at] = early[edge]!;
          lateWorth[at] = late[edge]!;
        } else {
          arrive(rest, last + 1);
          cost[at] = bestCost;
          earlyWorth[at] = bestEarly;
          lateWorth[at] = bestLate;
          before[at] = bestLast;
        }
      }
    }
    let set = sets - 1;
    arrive(set, 0);
    if (bestLast < 0) return undefined;
    let last = bestLast;
    tour[0] = 0;
    for (let i = 1; i < vertices; i++) {
      tour[i] = last + 1;
      const previous = before[set * others + last]!;
      set &= ~(1 << last);
      last = previous;
    }
    return tour;
  };
}
