import { minCut, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry, State } from '../entry.js';
import { dyadicScore } from '../scores.js';

export const cut: readonly SolverEntry[] = [
  {
    name: 'minCut',
    small: [
      ...cuts('a single edge', 2, [0, 1], true, 0, 1),
      ...cuts('parallel and opposite edges', 2, [0, 1, 1, 0, 0, 1], true, 0, 1),
      ...cuts('a chain both ways', 4, [1, 0, 2, 1, 2, 3], false, 3, 0),
      ...cuts('a diamond', 4, [0, 1, 0, 2, 1, 2, 1, 3, 2, 3], true, 0, 3),
      ...cuts('a detour', 6, [0, 1, 1, 2, 2, 5, 0, 3, 3, 4, 4, 5, 1, 4, 2, 3, 4, 2, 5, 1], true, 0, 5),
      ...cuts('a grid both ways', 6, [0, 1, 1, 2, 3, 4, 4, 5, 0, 3, 1, 4, 2, 5], false, 1, 3),
      ...cuts(
        'five vertices, all pairs',
        5,
        [4, 0, 0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 4, 1, 2, 3, 2, 4, 3, 4],
        false,
        2,
        0,
      ),
      ...cuts('an edge aside', 5, [0, 1, 1, 4, 2, 3, 2, 4], true, 0, 4),
    ],
  },
];

function cuts(
  label: string,
  vertices: number,
  edges: readonly number[],
  directed: boolean,
  source: number,
  sink: number,
): SmallInstance[] {
  const instance = (sense: Sense): SmallInstance => ({
    label,
    build: () => minCut({ vertices, edges, directed, source, sink, sense }),
    states: () => sides(vertices, source, sink).map((side) => edgesCut(edges, directed, side)),
    senses: [sense],
    score: dyadicScore.map((x) => (sense === 'minimise' ? Math.abs(x) : -Math.abs(x))),
    echo: (z) => z.map((one) => one - 1),
  });
  return [instance('minimise'), instance('maximise')];
}

/** All sets of vertices with the source and without the sink, the smallest first. */
function sides(vertices: number, source: number, sink: number): boolean[][] {
  return Array.from({ length: 2 ** vertices }, (_, bits) =>
    Array.from({ length: vertices }, (_, v) => ((bits >> v) & 1) === 1),
  )
    .filter((side) => side[source] && !side[sink])
    .sort((a, b) => a.filter(Boolean).length - b.filter(Boolean).length);
}

function edgesCut(edges: readonly number[], directed: boolean, side: readonly boolean[]): State {
  return Uint8Array.from({ length: edges.length / 2 }, (_, edge) => {
    const [tail, head] = [side[edges[2 * edge]!]!, side[edges[2 * edge + 1]!]!];
    return (tail && !head) || (!directed && head && !tail) ? 1 : 0;
  });
}
