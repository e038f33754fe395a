import { type Sense, spanningTree } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { subsets } from '../enumeration.js';

export const tree: readonly SolverEntry[] = [{ name: 'spanningTree', small: [2, 3, 4, 5].map(complete) }];

function complete(vertices: number): SmallInstance {
  return {
    label: `${vertices} vertices`,
    build: (sense: Sense) => spanningTree({ vertices, sense }),
    states: () => spanningTrees(vertices),
    infinities: 'both',
  };
}

/** All spanning trees of the complete graph, lexicographically greatest first. */
function spanningTrees(vertices: number): Uint8Array[] {
  const edges: [number, number][] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push([i, j]);
  return subsets(edges.length, vertices - 1).filter((state) => {
    const component = Array.from({ length: vertices }, (_, v) => v);
    edges.forEach(([i, j], edge) => {
      if (state[edge] === 0) return;
      const [kept, merged] = [component[i]!, component[j]!];
      for (let v = 0; v < vertices; v++) if (component[v] === merged) component[v] = kept;
    });
    return component.every((c) => c === component[0]);
  });
}
