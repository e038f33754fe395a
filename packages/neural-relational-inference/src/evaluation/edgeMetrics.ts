/** Agreement of inferred edges with the true ones: fractions of 1, averaged over graphs. */
export interface EdgeMetrics {
  /** Share of inferred edges that are true. */
  readonly precision: number;
  /** Share of true edges that are inferred. */
  readonly recall: number;
  /** Share of pairs that are classified correctly, joined or not. */
  readonly accuracy: number;
}

/**
 * Computes precision, recall and accuracy of inferred edges, each averaged over graphs. Graphs without inferred (true)
 * edges are left out of the mean precision (recall). If both are spanning trees, precision equals recall.
 *
 * @param z - zeros and ones, [graphs, edges]. @param truth - the same of the true edges. @param edges - edges of a graph.
 * @throws RangeError when the lengths differ, or are not a multiple of edges.
 * @example
 * ```ts
 * import { edgeMetrics } from '@aimle/neural-relational-inference';
 *
 * edgeMetrics([1, 1, 0, 0, 1, 1], [1, 1, 0, 1, 1, 0], 3); // => { precision: 0.75, recall: 0.75, accuracy: ~0.667 }
 * ```
 */
export function edgeMetrics(z: ArrayLike<number>, truth: ArrayLike<number>, edges: number): EdgeMetrics {
  if (z.length !== truth.length || z.length === 0 || z.length % edges !== 0) {
    throw new RangeError(
      `edgeMetrics: z and truth must have the same multiple of ${edges} numbers, got ${z.length} and ${truth.length}`,
    );
  }
  const sums = { precision: 0, recall: 0, accuracy: 0 };
  const graphs = { precision: 0, recall: 0, accuracy: z.length / edges };
  for (let from = 0; from < z.length; from += edges) {
    let inferred = 0;
    let existing = 0;
    let both = 0;
    for (let e = from; e < from + edges; e++) {
      inferred += z[e]!;
      existing += truth[e]!;
      both += z[e]! * truth[e]!;
    }
    if (inferred > 0) {
      sums.precision += both / inferred;
      graphs.precision++;
    }
    if (existing > 0) {
      sums.recall += both / existing;
      graphs.recall++;
    }
    sums.accuracy += (edges - inferred - existing + 2 * both) / edges;
  }
  return {
    precision: sums.precision / graphs.precision,
    recall: sums.recall / graphs.recall,
    accuracy: sums.accuracy / graphs.accuracy,
  };
}

/**
 * Computes the same in the official convention: of the inferred edges or of their complement, whichever is more precise.
 *
 * A model may learn the two kinds of messages the wrong way round, so the official code tries both (deviation D41). This
 * flatters a poor model: with ten vertices, the complement of a random tree has the same precision as the tree, 0.2, and
 * four times its recall.
 *
 * @param z - zeros and ones, [graphs, edges]. @param truth - the same of the true edges. @param edges - edges of a graph.
 * @throws RangeError as {@link edgeMetrics}.
 * @example
 * ```ts
 * import { officialEdgeMetrics } from '@aimle/neural-relational-inference';
 *
 * officialEdgeMetrics([0, 1, 1], [1, 0, 0], 3).precision; // => 1
 * ```
 */
export function officialEdgeMetrics(
  z: ArrayLike<number>,
  truth: ArrayLike<number>,
  edges: number,
): EdgeMetrics {
  const inferred = edgeMetrics(z, truth, edges);
  const others = edgeMetrics(
    Array.from(z, (value) => 1 - value),
    truth,
    edges,
  );
  return others.precision > inferred.precision ? others : inferred;
}
