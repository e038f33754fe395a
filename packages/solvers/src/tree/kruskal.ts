import { components } from '../graph/components.js';
import { edgeLabel, readEdges } from '../graph/edges.js';
import { rejectNaN } from '../validation.js';
import type { Grow } from './prim.js';
import { radixSort } from './sortEdges.js';

/** Builds Kruskal's algorithm on the user's edges: best first, it takes each edge that closes no cycle. */
export function kruskal(solver: string, vertices: number, edges: ArrayLike<number>, sign: 1 | -1): Grow {
  const ends = readEdges(solver, vertices, edges);
  const size = ends.length / 2;
  // Checked before the tables are allocated, so that a mistyped number of vertices does not cost gigabytes.
  if (size < vertices - 1) rejectParts(solver, vertices, vertices - size);
  const joined = components(vertices);
  const sort = radixSort(size, sign);
  const order = new Int32Array(size);
  checkConnected(solver, vertices, ends, joined);

  return (theta, z, row) => {
    const start = row * size;
    const broken = sort(theta, start, order);
    if (broken >= 0) rejectNaN(solver, row, edgeLabel(ends, broken));
    joined.reset();
    let left = vertices - 1;
    for (let i = 0; left > 0; i++) {
      const edge = order[i]!;
      if (joined.join(ends[2 * edge]!, ends[2 * edge + 1]!)) {
        z[start + edge] = 1;
        left--;
      }
    }
  };
}

function checkConnected(
  solver: string,
  vertices: number,
  ends: Int32Array,
  joined: ReturnType<typeof components>,
): void {
  joined.reset();
  let parts = vertices;
  for (let i = 0; i < ends.length; i += 2) if (joined.join(ends[i]!, ends[i + 1]!)) parts--;
  if (parts > 1) rejectParts(solver, vertices, parts);
}

function rejectParts(solver: string, vertices: number, parts: number): never {
  throw new RangeError(
    `${solver}: edges must join all ${vertices} vertices, got a graph of at least ${parts} parts; ` +
      'add edges, or solve each part on its own',
  );
}
