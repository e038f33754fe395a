import { rejectNaN } from '../validation.js';
import type { Select } from './insertionSelect.js';

/**
 * Selects for any k: finds the k-th best score by quickselect, then marks every score that reaches it. With random
 * scores, the branches of a classic partition are unpredictable. Here each item is written to both sides, and a side's
 * end moves by the comparison's outcome, 0 or 1, so there is no branch.
 */
export function quickSelect(solver: string, size: number, k: number, sign: 1 | -1): Select {
  const scores: Float64Array = new Float64Array(size);
  // One spare slot, for the write behind the last element of a side.
  const sides: Float64Array[] = Array.from({ length: 3 }, () => new Float64Array(size + 1));

  function threshold(): number {
    let above = sides[0]!;
    let below = sides[1]!;
    let spare = sides[2]!;
    let from = scores;
    let count = size;
    let wanted = k;
    while (count > 2) {
      const pivot = median(from[count >> 2]!, from[count >> 1]!, from[(3 * count) >> 2]!);
      let better = 0;
      let worse = 0;
      for (let i = 0; i < count; i++) {
        const score = from[i]!;
        above[better] = score;
        better += +(score > pivot);
        below[worse] = score;
        worse += +(score < pivot);
      }
      const reached = count - worse;
      if (better < wanted && wanted <= reached) return pivot;
      const free = from === scores ? spare : from;
      if (wanted <= better) {
        from = above;
        above = free;
        count = better;
      } else {
        from = below;
        below = free;
        count = worse;
        wanted -= reached;
      }
      spare = free;
    }
    if (count === 1) return from[0]!;
    return wanted === 1 ? Math.max(from[0]!, from[1]!) : Math.min(from[0]!, from[1]!);
  }

  return (theta, z, rows) => {
    for (let row = 0; row < rows; row++) {
      const start = row * size;
      for (let i = 0; i < size; i++) {
        const score = sign * theta[start + i]!;
        if (Number.isNaN(score)) rejectNaN(solver, row, `element ${i}`);
        scores[i] = score;
      }
      const cutoff = threshold();
      let marked = 0;
      for (let i = 0; i < size; i++) {
        const chosen = +(scores[i]! >= cutoff);
        z[start + i] = chosen;
        marked += chosen;
      }
      for (let i = size - 1; marked > k; i--) {
        if (scores[i] === cutoff) {
          z[start + i] = 0;
          marked--;
        }
      }
    }
  };
}

function median(a: number, b: number, c: number): number {
  if (a > b) return b > c ? b : Math.min(a, c);
  return a > c ? a : Math.min(b, c);
}
