import type { Layer } from '@aimle/estimators';
import { fillGumbel, foldIn, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { RelationalNetwork } from '../model/network.js';
import { edgeCount } from '../model/pairs.js';
import { batchOf, edgesOf, type PositionScale } from '../motion/batch.js';
import type { Motions } from '../motion/motions.js';
import { gumbelDivergence, negativeLogLikelihood } from '../objective.js';
import { type EdgeMetrics, edgeMetrics, officialEdgeMetrics } from './edgeMetrics.js';

/** Results of an evaluation, in nats per vertex and fractions of 1. Without known edges there are no edge metrics. */
export interface Evaluation extends Partial<EdgeMetrics> {
  /** -(nll + kl): trees drawn as in training, each edge counted once in the divergence. */
  readonly elbo: number;
  readonly nll: number;
  readonly kl: number;
  /** The metrics in the official code's conventions. */
  readonly official: Partial<EdgeMetrics> & { readonly elbo: number };
}

/** Settings of {@link evaluate}. */
export interface EvaluationOptions {
  /** The scale of the training set. */
  readonly scale: PositionScale;
  /** Key of all drawn trees. */
  readonly key: Key;
  /** Default 100. The result depends on it by rounding, and by which noise each recording gets. */
  readonly batchSize?: number;
  /** Divergence in the consistent bound: from theta to nats per vertex, [B]. Default: {@link gumbelDivergence}, each edge counted once. */
  readonly divergence?: ((theta: tf.Tensor2D) => tf.Tensor1D) | null;
}

/**
 * Computes the evidence lower bound and edge metrics of recordings, with full teacher forcing, in consistent conventions
 * and in those of the official code.
 *
 * Consistent: one tree is drawn for each recording as in training, by the layer's own noise; the bound and the edge
 * metrics are that tree's; the divergence counts each edge once. Official: the bound is that of the best tree without
 * noise (deviation D24) with each edge counted twice (D26), and the edges are those of another tree, drawn with standard
 * Gumbel noise whatever the training noise was (D25), or their complement if that is more precise (D41). The constant of
 * the Gaussian is left out of both: add {@link gaussianConstant} to the negative bound.
 *
 * @param layer - draws hard edges: one per pair of vertices, or one per direction if the network is directed.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { straightThrough } from '@aimle/estimators';
 * import { evaluate, RelationalNetwork, simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 * import { spanningTree } from '@aimle/solvers';
 *
 * await useEngine('auto', { report: () => {} });
 * const motions = simulateGraphLayout({ count: 20, vertices: 4, frames: 5, key: key(0) });
 * const network = new RelationalNetwork({ vertices: 4, frames: 5, dimensions: 2, hidden: 8 }, key(1));
 * const layer = straightThrough(spanningTree({ vertices: 4 }));
 * const options = { scale: { min: -1, max: 1 }, key: key(2) };
 * const { elbo, nll, kl, precision, recall } = evaluate(network, layer, motions, options);
 * elbo + nll + kl; // => ~0
 * precision === recall; // => true
 * network.dispose();
 * ```
 */
export function evaluate(
  network: RelationalNetwork,
  layer: Layer,
  motions: Motions,
  { scale, key, batchSize = 100, divergence }: EvaluationOptions,
): Evaluation {
  const edges = layer.solver.size;
  const own = divergence ?? ((theta) => gumbelDivergence(theta, motions.vertices, 'consistent'));
  const sums = { nll: 0, kl: 0, officialNll: 0, officialKl: 0 };
  const drawn = new Float32Array(motions.count * edges);
  const drawnByGumbel = new Float32Array(motions.count * edges);
  for (let from = 0, index = 0; from < motions.count; from += batchSize, index++) {
    const indices = Array.from({ length: Math.min(batchSize, motions.count - from) }, (_, i) => from + i);
    const batchKey = foldIn(key, index);
    const [values, z, byGumbel] = tf.tidy(() => {
      const motion = batchOf(motions, indices, scale);
      const theta = network.encode(motion, { training: false });
      const nllOf = (trees: tf.Tensor): tf.Tensor =>
        negativeLogLikelihood(
          network.decode(motion, trees as tf.Tensor3D, 1, { training: false }),
          motion,
        ).sum();
      const z = layer.sample(theta, { key: foldIn(batchKey, 'tree'), samples: 1 });
      const epsilon = new Float32Array(theta.size);
      fillGumbel(foldIn(batchKey, 'gumbel'), epsilon);
      const values = tf.stack([
        nllOf(z),
        own(theta).sum(),
        nllOf(layer.mode(theta).expandDims(1)),
        gumbelDivergence(theta, motions.vertices, 'official').sum(),
      ]);
      const perturbed = layer.mode(theta.add(tf.tensor(epsilon, theta.shape)));
      return [values.dataSync(), z.dataSync(), perturbed.dataSync()] as unknown as tf.Tensor[];
    }) as unknown as [Float32Array, Float32Array, Float32Array];
    sums.nll += values[0]!;
    sums.kl += values[1]!;
    sums.officialNll += values[2]!;
    sums.officialKl += values[3]!;
    drawn.set(z, from * edges);
    drawnByGumbel.set(byGumbel, from * edges);
  }
  const mean = (sum: number): number => sum / motions.count;
  const truth = trueEdges(motions, edges);
  return {
    elbo: -mean(sums.nll + sums.kl),
    nll: mean(sums.nll),
    kl: mean(sums.kl),
    ...(truth && edgeMetrics(drawn, truth, edges)),
    official: {
      elbo: -mean(sums.officialNll + sums.officialKl),
      ...(truth && officialEdgeMetrics(drawnByGumbel, truth, edges)),
    },
  };
}

function trueEdges(motions: Motions, edges: number): Float32Array | null {
  if (motions.edges === null) return null;
  const all = Array.from({ length: motions.count }, (_, i) => i);
  return edgesOf(motions, all, edges === edgeCount(motions.vertices, true));
}
