/** The ordered pairs of different vertices, in the order of the official code: pair (i, j) goes from j to i. */
export interface Pairs {
  /** vertices * (vertices - 1) */
  readonly count: number;
  /** vertices * (vertices - 1) / 2: the pairs without their direction. */
  readonly undirected: number;
  /** i of each pair: 0 0 ... 0 1 1 ... */
  readonly receiver: Int32Array;
  /** j of each pair: 1 2 ... n-1 0 2 ... */
  readonly sender: Int32Array;
  /** The pair without its direction, as a place in the upper triangle row by row: the order of a spanning tree's edges. */
  readonly edge: Int32Array;
}

/** Lists the ordered pairs of n vertices. */
export function pairsOf(vertices: number): Pairs {
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
      edge[pair] = (low * (2 * vertices - low - 1)) / 2 + high - low - 1;
      pair++;
    }
  }
  return { count, undirected: count / 2, receiver, sender, edge };
}

/** `indices` of one instance, for each of `instances` that follow each other with `size` elements. */
export function repeated(indices: Int32Array, instances: number, size: number): Int32Array {
  const all = new Int32Array(instances * indices.length);
  for (let b = 0, at = 0; b < instances; b++) {
    for (const index of indices) all[at++] = b * size + index;
  }
  return all;
}
