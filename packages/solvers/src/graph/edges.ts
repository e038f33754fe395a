import { checkInteger } from '../validation.js';

/** With more vertices, the tables of a graph do not fit the memory of common machines. */
const maxVertices = 10_000_000;

export function checkVertices(solver: string, vertices: number, min: number): void {
  checkInteger(solver, 'vertices', vertices, min, maxVertices);
}

/**
 * Checks and copies the user's edges: edge e joins ends[2e] and ends[2e + 1].
 *
 * So each number 0 <= a < 2 * edges is also an arc, one direction of edge a >> 1: it leads from ends[a] to ends[a ^ 1].
 */
export function readEdges(solver: string, vertices: number, edges: ArrayLike<number>): Int32Array {
  const numbers = edges?.length;
  if (!Number.isInteger(numbers) || numbers % 2 !== 0 || numbers === 0) {
    throw new RangeError(
      `${solver}: edges must hold two vertices per edge, for at least one edge, got ` +
        `${numbers === undefined ? String(edges) : `${numbers} numbers`}; flatten pairs with .flat()`,
    );
  }
  const ends = new Int32Array(numbers);
  for (let i = 0; i < numbers; i++) {
    const vertex = edges[i]!;
    if (!Number.isInteger(vertex) || vertex < 0 || vertex >= vertices) {
      throw new RangeError(
        `${solver}: edges must hold vertices, integers in [0, ${vertices - 1}], ` +
          `got ${String(vertex)} in edge ${i >> 1}; flatten pairs with .flat()`,
      );
    }
    ends[i] = vertex;
    if (i % 2 === 1 && ends[i] === ends[i - 1]) {
      throw new RangeError(
        `${solver}: edges must join two different vertices, got a loop: edge ${i >> 1} is (${vertex}, ${vertex})`,
      );
    }
  }
  return ends;
}

/** The name of an edge in error messages. */
export function edgeLabel(ends: Int32Array, edge: number): string {
  return `edge ${edge} (${ends[2 * edge]}, ${ends[2 * edge + 1]})`;
}

/** The index of the edge between two different vertices of a complete graph: in the upper triangle, row by row. */
export function pairIndex(vertices: number, a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return (low * (2 * vertices - low - 1)) / 2 + high - low - 1;
}
