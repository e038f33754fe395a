import { frontier } from './frontier.js';
import type { GridLayout } from './gridLayout.js';

/** Marks the best path between two bordered cells in z, from `offset` on; false where there is none. */
export type GridSearch = (start: number, target: number, z: Float32Array, offset: number) => boolean;

/**
 * Builds Dijkstra's algorithm on a grid, backward from the target. The neighbours of a cell are at fixed offsets, so
 * there is no table of edges; the border of infinite weights makes tests for the edge of the grid unnecessary.
 */
export function gridSearch(layout: GridLayout, weights: Float64Array): GridSearch {
  const { cells, elementAt, ofCells } = layout;
  const seen = frontier(cells);
  const { cost, steps } = seen;
  const offsets = Int32Array.from(layout.offsets);
  const arriving = Int32Array.from(layout.arriving);
  const leaving = Int32Array.from(layout.leaving);
  const around = offsets.length;

  return (start, target, z, offset) => {
    seen.clear();
    // With cell weights both ends count, one more than there are steps.
    seen.offer(target, ofCells ? weights[target]! : 0, 0);
    for (let cell = seen.settle(); cell >= 0 && cell !== start; cell = seen.settle()) {
      const left = cost[cell]!;
      const further = steps[cell]! + 1;
      for (let k = 0; k < around; k++) {
        seen.offer(cell + offsets[k]!, weights[cell + arriving[k]!]! + left, further);
      }
    }
    if (cost[start] === Infinity) return false;

    let cell = start;
    while (cell !== target) {
      const left = cost[cell]!;
      const stepsLeft = steps[cell]! - 1;
      let k = 0;
      // Neighbours are in ascending order, so the first one on a best path has the lowest index.
      while (
        steps[cell + offsets[k]!] !== stepsLeft ||
        weights[cell + leaving[k]!]! + cost[cell + offsets[k]!]! !== left
      ) {
        k++;
      }
      z[offset + elementAt(cell + leaving[k]!)] = 1;
      cell += offsets[k]!;
    }
    if (ofCells) z[offset + elementAt(target)] = 1;
    return true;
  };
}
