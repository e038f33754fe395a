import { checkOptions, type SegmentationOptions, segmentation as segmentationSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { type Hypergraph, HypergraphBuilder, NOTHING } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import { checkInteger } from '../validation.js';

/**
 * Builds the distribution of divisions of a sequence into labelled segments, a semi-Markov conditional random field: p
 * is proportional to the exponential of the sum of theta[start, length, label] over the segments, plus theta[p, a, b]
 * for each place p > 0 where a segment of label b follows one of label a, if `transitions` is true.
 *
 * theta is laid out as for the solver, whose docstring gives the formula: the segments that fit, by start, then length,
 * then label; after them the transitions, by place, label before, label after.
 *
 * Use it for phrases, gestures and phones: wherever the score of a segment is not a sum over its positions. Exact, at
 * any range of theta. Cost: O(length * maxLength * labels), and O(length * labels^2) more with transitions, an
 * instance, times m log m for `topStates`; about 60 bytes of memory per segment or transition.
 *
 * @param options - the length, the longest segment, the labels, whether there are transitions, and the sense.
 * @returns the distribution, with the solver's `kappa`.
 * @throws RangeError when an option is out of range.
 *
 * Source: S. Sarawagi and W. Cohen, "Semi-Markov conditional random fields for information extraction", NIPS 2004.
 *
 * @example
 * ```ts
 * import { segmentation } from '@aimle/distributions';
 *
 * // Segments of three positions and one label: (0,1), (0,2), (1,1), (1,2), (2,1). Three divisions.
 * const divisions = segmentation({ length: 3, maxLength: 2, labels: 1 });
 * const theta = Float64Array.of(0, Math.log(2), 0, 0, 0);
 * Math.exp(divisions.logPartition(theta)[0]!).toFixed(3) // => '4.000'
 * divisions.marginals(theta)[1]!.toFixed(3) // => '0.500'
 * ```
 */
export function segmentation(options: SegmentationOptions): RankedDistribution {
  checkOptions('segmentation', options, {
    length: true,
    maxLength: true,
    labels: true,
    transitions: true,
    sense: true,
  });
  const { length, maxLength, labels, transitions = false } = options;
  const name = 'segmentation';
  checkInteger(name, 'length', length, 1, 2 ** 26);
  checkInteger(name, 'labels', labels, 1, 2 ** 26);
  const solver = segmentationSolver(options);
  const graph = segmentationGraph(name, solver.size, length, maxLength, labels, transitions);
  return assemble(hypergraphInference(solver, graph));
}

/**
 * Builds the hypergraph. It has two kinds of nodes: beginning a segment of a label at a place, which takes the segment,
 * and continuing from a place after a label, which takes the transition.
 */
function segmentationGraph(
  name: string,
  size: number,
  length: number,
  maxLength: number,
  labels: number,
  transitions: boolean,
): Hypergraph {
  const builder = new HypergraphBuilder(name, size);
  const firstTransition = size - (transitions ? (length - 1) * labels * labels : 0);
  /** At (p, a): the node that goes on from p after a segment of label a. */
  const goOn = new Int32Array((length + 1) * labels).fill(NOTHING, length * labels);
  const begin = new Int32Array(labels);
  let segment = firstTransition;
  for (let p = length - 1; p >= 0; p--) {
    const longest = Math.min(maxLength, length - p);
    segment -= longest * labels;
    for (let k = 0; k < labels; k++) {
      for (let l = 1; l <= longest; l++) {
        builder.edge(segment + (l - 1) * labels + k, goOn[(p + l) * labels + k]!);
      }
      begin[k] = builder.node();
    }
    const scored = transitions && p > 0;
    for (let a = 0; a < labels; a++) {
      if (!scored && a > 0) {
        goOn[p * labels + a] = goOn[p * labels]!;
        continue;
      }
      for (let b = 0; b < labels; b++) {
        builder.edge(scored ? firstTransition + ((p - 1) * labels + a) * labels + b : undefined, begin[b]!);
      }
      goOn[p * labels + a] = builder.node();
    }
  }
  return builder.build();
}
