import { rejectNaN } from '../validation.js';

/** Marks the best tree of one instance in a z that holds zeros: the signature that the tree algorithms share. */
export type Grow = (theta: Float32Array, z: Float32Array, row: number) => void;

/**
 * Builds Prim's algorithm on the complete graph: each round takes the best edge out of the tree, without sorting or a
 * heap.
 */
export function prim(solver: string, vertices: number, sign: 1 | -1): Grow {
  const size = (vertices * (vertices - 1)) / 2;
  const edgeBetween = edgeTable(vertices);
  const outside = new Int32Array(vertices);
  const linkWeight = new Float64Array(vertices);
  const linkEdge = new Int32Array(vertices);

  return (theta, z, row) => {
    const start = row * size;
    for (let v = 0; v < vertices; v++) {
      outside[v] = v;
      linkWeight[v] = -Infinity;
      linkEdge[v] = size;
    }
    let joined = 0;
    for (let left = vertices - 1; left > 0; left--) {
      // outside[0..left] still holds the vertex that has just joined; the last one replaces it.
      const newcomer = outside[joined]!;
      outside[joined] = outside[left]!;
      const edges = newcomer * vertices;
      let bestWeight = -Infinity;
      let bestEdge = size + 1;
      for (let i = 0; i < left; i++) {
        const v = outside[i]!;
        const edge = edgeBetween[edges + v]!;
        const weight = sign * theta[start + edge]!;
        let link = linkWeight[v]!;
        let through = linkEdge[v]!;
        if (!(weight < link)) {
          if (Number.isNaN(weight)) {
            rejectNaN(solver, row, `edge (${Math.min(newcomer, v)}, ${Math.max(newcomer, v)})`);
          }
          if (weight > link || edge < through) {
            linkWeight[v] = link = weight;
            linkEdge[v] = through = edge;
          }
        }
        if (link > bestWeight || (link === bestWeight && through < bestEdge)) {
          bestWeight = link;
          bestEdge = through;
          joined = i;
        }
      }
      z[start + bestEdge] = 1;
    }
  };
}

function edgeTable(vertices: number): Int32Array {
  const table = new Int32Array(vertices * vertices);
  let edge = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) {
      table[i * vertices + j] = edge;
      table[j * vertices + i] = edge;
      edge++;
    }
  }
  return table;
}
