import { perfectMatching, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { subsets } from '../enumeration.js';

type Edge = readonly [number, number];

export const matchings: readonly SolverEntry[] = [
  {
    name: 'perfectMatching',
    small: [
      ...[2, 4, 6].map(complete),
      graph('a hexagon', 6, ring(6)),
      graph('two triangles and a bridge', 6, [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 3],
      ]),
      graph('a pentagon with a tail of three', 8, [...ring(5), [0, 5], [6, 5], [6, 7], [2, 7], [4, 6]]),
      graph('two vertices and three parallel edges', 2, [
        [0, 1],
        [1, 0],
        [0, 1],
      ]),
    ],
  },
];

function complete(vertices: number): SmallInstance {
  const edges: Edge[] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push([i, j]);
  return {
    label: `${vertices} vertices`,
    build: (sense: Sense) => perfectMatching({ vertices, sense }),
    states: () => perfectMatchings(vertices, edges),
    ties: 'any',
  };
}

function graph(label: string, vertices: number, edges: readonly Edge[]): SmallInstance {
  return {
    label,
    build: (sense: Sense) => perfectMatching({ vertices, edges: edges.flat(), sense }),
    states: () => perfectMatchings(vertices, edges),
    ties: 'any',
  };
}

function ring(vertices: number): Edge[] {
  return Array.from({ length: vertices }, (_, v) => [v, (v + 1) % vertices]);
}

/** All sets of half as many edges as vertices that touch every vertex. */
function perfectMatchings(vertices: number, edges: readonly Edge[]): Uint8Array[] {
  return subsets(edges.length, vertices / 2).filter(
    (state) => new Set(edges.filter((_, edge) => state[edge] === 1).flat()).size === vertices,
  );
}
