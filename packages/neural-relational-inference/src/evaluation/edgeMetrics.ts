/**
 * How well inferred edges agree with the true ones; all are fractions of 1, and means over the graphs.
 *
 * @example
 * ```ts
 * import { type EdgeMetrics, edgeMetrics } from '@aimle/neural-relational-inference';
 *
 * const metrics: EdgeMetrics = edgeMetrics([1, 1, 0], [1, 0, 1], 3);
 * metrics.accuracy; // => ~0.333
 * ```
 */
export interface EdgeMetrics {
  /** True edges among the inferred ones. */
  readonly precision: number;
  /** Inferred edges among the true ones. */
  readonly recall: number;
  /** Pairs that are told rightly, joined or not. */
  readonly accuracy: number;
}

/**
 * Precision, recall and accuracy of inferred edges, each the mean over the graphs. A graph without inferred (true) edges
 * is left out of the mean of the precision (recall). Where both are spanning trees, precision and recall are the same.
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
 * The same under the official convention: the inferred edges or all the others, whichever have the better precision.
 *
 * A model may well use the two kinds of messages the other way round, which is why the official code asks for both
 * (deviation D41). But a poor model is flattered: of ten vertices, the complement of a tree that has nothing to do with the
 * truth has precision 0.2 as the tree itself, with four times its recall.
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
