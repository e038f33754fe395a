/** The arcs that leave each vertex: those of v are arcs[first[v]], ..., arcs[first[v + 1] - 1], in ascending order. */
export interface Incidence {
  readonly first: Int32Array;
  readonly arcs: Int32Array;
}

/** Which arcs count: an edge's own direction (even arcs), the other one (odd arcs), or both. */
export type Direction = 'along' | 'against' | 'both';

/** Groups arcs by the vertex that they leave, by counting. */
export function incidence(vertices: number, ends: Int32Array, direction: Direction): Incidence {
  const step = direction === 'both' ? 1 : 2;
  const start = direction === 'against' ? 1 : 0;
  const first = new Int32Array(vertices + 1);
  for (let arc = start; arc < ends.length; arc += step) first[ends[arc]! + 1]!++;
  for (let v = 0; v < vertices; v++) first[v + 1]! += first[v]!;
  const free = first.slice();
  const arcs = new Int32Array(first[vertices]!);
  for (let arc = start; arc < ends.length; arc += step) {
    const source = ends[arc]!;
    arcs[free[source]!] = arc;
    free[source]!++;
  }
  return { first, arcs };
}
