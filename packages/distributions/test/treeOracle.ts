/** Two vertices per edge: tail, head. */
export type Edges = readonly (readonly [number, number])[];

/** The edges of a complete graph in the order of theta. */
export function completeEdges(vertices: number, directed: boolean): Edges {
  const edges: [number, number][] = [];
  for (let i = 0; i < vertices; i++) {
    for (let j = directed ? 0 : i + 1; j < vertices; j++) if (i !== j) edges.push([i, j]);
  }
  return edges;
}

/** All spanning trees of a graph among all its sets of edges, the lexicographically greatest first. */
export function treesOf(vertices: number, edges: Edges, directed: boolean, root?: number): Uint8Array[] {
  const states: Uint8Array[] = [];
  for (let code = 2 ** edges.length - 1; code >= 0; code--) {
    const chosen = edges.filter((_, e) => (code >> (edges.length - 1 - e)) & 1);
    if (chosen.length !== vertices - 1) continue;
    const roots = root === undefined ? Array.from({ length: vertices }, (_, v) => v) : [root];
    const reaches = roots.some((from) => {
      const reached = new Set([from]);
      for (let round = 0; round < vertices; round++) {
        for (const [tail, head] of chosen) {
          if (reached.has(tail)) reached.add(head);
          if (!directed && reached.has(head)) reached.add(tail);
        }
      }
      return reached.size === vertices;
    });
    if (reaches) states.push(Uint8Array.from(edges, (_, e) => (code >> (edges.length - 1 - e)) & 1));
  }
  return states;
}

/**
 * The sum over all trees of the products of integer weights, exactly: the determinant of the Laplacian without the
 * root's row and column, by Bareiss's elimination.
 */
export function exactTreeSum(
  vertices: number,
  edges: Edges,
  weights: readonly bigint[],
  directed: boolean,
  root: number,
): bigint {
  const laplacian = Array.from({ length: vertices }, () => Array<bigint>(vertices).fill(0n));
  const add = (child: number, parent: number, weight: bigint): void => {
    laplacian[child]![child]! += weight;
    laplacian[child]![parent]! -= weight;
  };
  edges.forEach(([tail, head], e) => {
    add(head, tail, weights[e]!);
    if (!directed) add(tail, head, weights[e]!);
  });
  const kept = laplacian.filter((_, v) => v !== root).map((row) => row.filter((_, v) => v !== root));
  let previous = 1n;
  for (let k = 0; k < kept.length - 1; k++) {
    // Pivots are sums over forests: zero only where there is no tree.
    if (kept[k]![k] === 0n) return 0n;
    for (let i = k + 1; i < kept.length; i++) {
      for (let j = k + 1; j < kept.length; j++) {
        kept[i]![j] = (kept[k]![k]! * kept[i]![j]! - kept[i]![k]! * kept[k]![j]!) / previous;
      }
    }
    previous = kept[k]![k]!;
  }
  return kept.at(-1)!.at(-1)!;
}

/** The logarithm of a positive integer, to double precision. */
export function logOf(n: bigint): number {
  const extra = Math.max(0, n.toString(16).length - 16) * 4;
  return Math.log(Number(n >> BigInt(extra))) + extra * Math.LN2;
}

/** A quotient of two integers, to double precision relative to itself. */
export function ratioOf(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const shift = (b.toString(16).length - a.toString(16).length) * 4 + 64;
  return Number(shift > 0 ? (a << BigInt(shift)) / b : a / (b << BigInt(-shift))) * 2 ** -shift;
}
