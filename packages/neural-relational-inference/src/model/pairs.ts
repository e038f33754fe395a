/** The ordered pairs of different vertices, in the order of the official code: pair (i, j) goes from j to i. */
export interface Pairs {
  /** vertices * (vertices - 1) */
  readonly count: number;
  /** Number of edges to choose from: one per two vertices, or one per ordered pair. */
  readonly edges: number;
  /** i of each pair: 0 0 ... 0 1 1 ... */
  readonly receiver: Int32Array;
  /** j of each pair: 1 2 ... n-1 0 2 ... */
  readonly sender: Int32Array;
  /**
   * The edge that the pair belongs to. Undirected: its index in the upper triangle row by row, as in
   * `spanningTree`. Directed: its index in the matrix of sender by receiver without its diagonal, as in `arborescence`.
   */
  readonly edge: Int32Array;
}

export function edgeCount(vertices: number, directed: boolean): number {
  return (vertices * (vertices - 1)) / (directed ? 1 : 2);
}

export function pairsOf(vertices: number, directed: boolean): Pairs {
  const count = vertices * (vertices - 1);
  const receiver = new Int32Array(count);
  const sender = new Int32Array(count);
  const edge = new Int32Array(count);
  let pair = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j < vertices; j++) {
      if (i === j) continue;
      const [low, high] = i < j ? [i, j] : [j, i];
      receiver[pair] = i;
      sender[pair] = j;
      edge[pair] = directed
        ? j * (vertices - 1) + (i < j ? i : i - 1)
        : (low * (2 * vertices - low - 1)) / 2 + high - low - 1;
      pair++;
    }
  }
  return { count, edges: edgeCount(vertices, directed), receiver, sender, edge };
}

/** Repeats the `indices` of one instance for `instances` consecutive ones of `size` elements. */
export function repeated(indices: Int32Array, instances: number, size: number): Int32Array {
  const all = new Int32Array(instances * indices.length);
  for (let b = 0, at = 0; b < instances; b++) {
    for (const index of indices) all[at++] = b * size + index;
  }
  return all;
}
