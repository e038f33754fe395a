import { rejectNaN } from '../validation.js';

/** Marks the chosen items of each row: the signature that the selection algorithms share. */
export type Select = (theta: Float32Array, z: Float32Array, rows: number) => void;

/**
 * Selects few items out of many: one scan, against a sorted list of the k best so far. On shuffled scores only about
 * k * ln(size / k) items ever enter the list, so the scan is one well-predicted comparison per item.
 */
export function insertionSelect(solver: string, size: number, k: number, sign: 1 | -1): Select {
  const scores = new Float64Array(k);
  const places = new Int32Array(k);

  return (theta, z, rows) => {
    z.fill(0);
    for (let row = 0; row < rows; row++) {
      const start = row * size;
      let held = 0;
      let worst = -Infinity;
      for (let i = 0; i < size; i++) {
        const score = sign * theta[start + i]!;
        // The negation is also true for NaN, which is detected only here, off the common path.
        if (held < k || !(score <= worst)) {
          if (Number.isNaN(score)) rejectNaN(solver, row, `element ${i}`);
          if (held < k) held++;
          let at = held - 1;
          // Strictly less: an equal score that came earlier keeps its place, which breaks ties to the lower index.
          while (at > 0 && scores[at - 1]! < score) {
            scores[at] = scores[at - 1]!;
            places[at] = places[at - 1]!;
            at--;
          }
          scores[at] = score;
          places[at] = i;
          worst = scores[k - 1]!;
        }
      }
      for (let j = 0; j < k; j++) z[start + places[j]!] = 1;
    }
  };
}
