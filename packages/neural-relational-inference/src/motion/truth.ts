/** Kind of the true edges, which must fit the structure that is inferred. */
export type EdgeTruth = 'tree' | 'arborescence' | 'graph';

/** Each kind in words, for messages. */
export const described: Readonly<Record<EdgeTruth, string>> = {
  tree: 'a spanning tree',
  arborescence: 'an arborescence',
  graph: 'a graph without directions or loops',
};

/** Says why an adjacency matrix is not of the given kind; null if it is. */
export function edgesProblem(adjacency: Uint8Array, vertices: number, truth: EdgeTruth): string | null {
  const directed = truth === 'arborescence';
  let edges = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j < vertices; j++) {
      const value = adjacency[i * vertices + j]!;
      if (value > 1) return `${value} between ${Math.min(i, j)} and ${Math.max(i, j)}`;
      if (i === j && value === 1) return `a loop at ${i}`;
      if (!directed && value !== adjacency[j * vertices + i]) {
        return `an edge between ${Math.min(i, j)} and ${Math.max(i, j)} in one direction only`;
      }
      edges += value;
    }
  }
  if (truth === 'graph') return null;
  return directed ? notAnArborescence(adjacency, vertices) : notATree(adjacency, vertices, edges / 2);
}

function notATree(adjacency: Uint8Array, vertices: number, edges: number): string | null {
  const reached = reachable(adjacency, vertices, 0);
  if (reached < vertices) return `a graph in which ${reached} of ${vertices} vertices can be reached from 0`;
  return edges === vertices - 1 ? null : `a graph with a cycle, of ${edges} edges`;
}

function notAnArborescence(adjacency: Uint8Array, vertices: number): string | null {
  const roots: number[] = [];
  for (let child = 0; child < vertices; child++) {
    let parents = 0;
    for (let parent = 0; parent < vertices; parent++) parents += adjacency[parent * vertices + child]!;
    if (parents > 1) return `${parents} edges that lead to ${child}`;
    if (parents === 0) roots.push(child);
  }
  if (roots.length === 0) return 'a graph with a cycle and no root';
  if (roots.length > 1) return `${roots.length} roots, ${roots.join(', ')},`;
  const reached = reachable(adjacency, vertices, roots[0]!);
  return reached === vertices
    ? null
    : `a graph in which ${reached} of ${vertices} vertices can be reached from the root, ${roots[0]},`;
}

/** Counts the vertices that can be reached from one, itself included. */
function reachable(adjacency: Uint8Array, vertices: number, from: number): number {
  const open = [from];
  const seen = new Set(open);
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    for (let w = 0; w < vertices; w++) {
      if (adjacency[v * vertices + w] === 1 && !seen.has(w)) {
        seen.add(w);
        open.push(w);
      }
    }
  }
  return seen.size;
}
