import { pairIndex } from '../graph/edges.js';

/** Marks a state of the dynamic program that is reached equally well from two vertices. */
const tied = 64;

/**
 * Finds the best tour where no other is as good, by Held and Karp's dynamic program on costs alone.
 *
 * Writes the tour and returns true, unless there is another tour of the same cost, or none at all. A tie is noted at the
 * state where it arises, and counts only if the tour that is found passes through that state.
 */
export function onlyTour(vertices: number, costs: Float64Array, tour: Int32Array): () => boolean {
  const others = vertices - 1; // vertex 1 is bit 0
  const sets = 1 << others;
  // By set * others + last.
  const tables: Tables = {
    cost: new Float64Array(sets * others),
    before: new Int8Array(sets * others),
    between: new Float64Array(others * others),
  };
  const home = new Float64Array(others);
  const { cost, before, between } = tables;

  /** Writes the tour that ends with `last`; false if it passes through a tie. */
  function trace(last: number): boolean {
    let set = sets - 1;
    let vertex = last;
    for (let i = 1; i < vertices; i++) {
      tour[i] = vertex + 1;
      const previous = before[set * others + vertex]!;
      if (previous >= tied) return false;
      set ^= 1 << vertex;
      vertex = previous;
    }
    return true;
  }

  return () => {
    for (let a = 0; a < others; a++) {
      home[a] = costs[a]!;
      cost[(1 << a) * others + a] = costs[a]!;
      for (let b = 0; b < a; b++) {
        const step = costs[pairIndex(vertices, b + 1, a + 1)]!;
        between[a * others + b] = step;
        between[b * others + a] = step;
      }
    }
    fill(tables, others);
    const row = (sets - 1) * others;
    let best = Infinity;
    for (let last = 0; last < others; last++) best = Math.min(best, cost[row + last]! + home[last]!);
    if (best === Infinity) return false;
    // The same tour ends with its first vertex when read backward, so two ways to end are not yet a tie.
    let ends = 0;
    let end = -1;
    for (let last = others - 1; last >= 0; last--) {
      if (cost[row + last]! + home[last]! !== best) continue;
      ends++;
      end = last;
      if (ends === 1 && !trace(last)) return false;
      if (ends === 2 && tour[others] !== last + 1) return false;
    }
    return ends <= 2 && trace(end);
  };
}

interface Tables {
  readonly cost: Float64Array;
  readonly before: Int8Array;
  readonly between: Float64Array;
}

/** Arrays are its own variables: V8 reads those of an outer function anew in each iteration. */
function fill({ cost, before, between }: Tables, others: number): void {
  const sets = 1 << others;
  for (let set = 3; set < sets; set++) {
    if ((set & (set - 1)) === 0) continue;
    for (let left = set; left !== 0; left &= left - 1) {
      const last = 31 - Math.clz32(left & -left);
      const rest = set ^ (1 << last);
      const from = rest * others;
      const steps = last * others;
      let best = Infinity;
      let by = 0;
      for (let among = rest; among !== 0; among &= among - 1) {
        const vertex = 31 - Math.clz32(among & -among);
        const offer = cost[from + vertex]! + between[steps + vertex]!;
        if (offer < best) {
          best = offer;
          by = vertex;
        } else if (offer === best) by |= tied;
      }
      cost[set * others + last] = best;
      before[set * others + last] = by;
    }
  }
}
