import { arborescence, type Sense, spanningTree } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { subsets } from '../enumeration.js';

export const tree: readonly SolverEntry[] = [
  {
    name: 'spanningTree',
    small: [
      ...[2, 3, 4, 5].map(complete),
      sparse('two vertices, one edge', 2, [1, 0]),
      sparse('two vertices, three edges', 2, [0, 1, 1, 0, 0, 1]),
      sparse('a chain', 4, [2, 3, 0, 1, 2, 1]),
      sparse('a square, its diagonal, and one side twice', 4, [0, 1, 1, 2, 2, 3, 3, 0, 0, 2, 2, 1]),
      sparse('a wheel', 6, [1, 2, 2, 3, 3, 4, 4, 5, 5, 1, 0, 1, 0, 2, 3, 0, 0, 4, 5, 0]),
    ],
  },
  {
    name: 'arborescence',
    small: [
      directed(2),
      directed(2, 0),
      directed(3),
      directed(3, 1),
      directed(4),
      directed(4, 3),
      directed(5),
      directed(5, 0),
    ],
  },
];

function complete(vertices: number): SmallInstance {
  const edges: number[] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push(i, j);
  return {
    label: `${vertices} vertices`,
    build: (sense: Sense) => spanningTree({ vertices, sense }),
    states: () => spanningTrees(vertices, edges),
    infinities: 'both',
  };
}

function sparse(label: string, vertices: number, edges: readonly number[]): SmallInstance {
  return {
    label,
    build: (sense: Sense) => spanningTree({ vertices, edges, sense }),
    states: () => spanningTrees(vertices, edges),
    infinities: 'both',
  };
}

/** All spanning trees of a graph, lexicographically greatest first. */
function spanningTrees(vertices: number, edges: readonly number[]): Uint8Array[] {
  return subsets(edges.length / 2, vertices - 1).filter((state) => {
    const component = Array.from({ length: vertices }, (_, v) => v);
    state.forEach((one, edge) => {
      if (one === 0) return;
      const [kept, merged] = [component[edges[2 * edge]!]!, component[edges[2 * edge + 1]!]!];
      for (let v = 0; v < vertices; v++) if (component[v] === merged) component[v] = kept;
    });
    return component.every((c) => c === component[0]);
  });
}

function directed(vertices: number, root?: number): SmallInstance {
  return {
    label: `${vertices} vertices, ${root === undefined ? 'any root' : `root ${root}`}`,
    build: (sense: Sense) =>
      arborescence(root === undefined ? { vertices, sense } : { vertices, root, sense }),
    states: () => arborescences(vertices, root),
    ties: 'any',
  };
}

/** All arborescences, as one parent for each vertex but the root, such that everybody descends from the root. */
function arborescences(vertices: number, root?: number): Uint8Array[] {
  const states: Uint8Array[] = [];
  const parents: number[] = [];
  const none = -1;
  const descends = (v: number): boolean => {
    let ancestor = v;
    for (let i = 0; i < vertices && ancestor !== none; i++) ancestor = parents[ancestor]!;
    return ancestor === none;
  };
  const choose = (child: number): void => {
    if (child === vertices) {
      const roots = parents.flatMap((parent, v) => (parent === none ? [v] : []));
      if (roots.length !== 1 || (root !== undefined && roots[0] !== root)) return;
      if (!parents.every((_, v) => descends(v))) return;
      states.push(
        Uint8Array.from(
          parents.flatMap((_, parent) =>
            parents.flatMap((chosen, v) => (v === parent ? [] : [chosen === parent ? 1 : 0])),
          ),
        ),
      );
      return;
    }
    for (let parent = none; parent < vertices; parent++) {
      if (parent === child) continue;
      parents[child] = parent;
      choose(child + 1);
    }
  };
  choose(0);
  return states;
}
