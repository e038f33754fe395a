import type { BatchPart } from '@aimle/engine';
import { clampCosts, estimatorOf, fenchelYoung, perturbedOptimiser } from '@aimle/estimators';
import { type Key, noiseByName } from '@aimle/random';
import { gridPath } from '@aimle/solvers';
import type { AdaptiveLayer } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import type { PathConfig } from './settings.js';

/** What costs are raised to where noise or a step took them lower: above 0, so that the shortest way wins among them. */
const MIN_COST = 0.01;

/** How costs are compared with true paths, whatever the method. */
export interface PathLoss {
  /** Costs and true paths, both [B, n], to one loss for each map, [B]. `part`: where they are a part of a larger batch. */
  of(costs: tf.Tensor2D, paths: tf.Tensor2D, key: Key, part?: BatchPart): tf.Tensor1D;
  /** The estimator's adaptive state, and what it did in the last step. */
  readonly layer: AdaptiveLayer;
}

/**
 * The loss that a configuration asks for: Hamming distance between the true path and the shortest one under the costs,
 * its gradient passed by an estimator, or the Fenchel-Young loss of the costs.
 *
 * @throws RangeError when a setting is out of its range.
 * @example
 * ```ts
 * import { pathLoss, shortestPaths } from '@aimle/shortest-paths';
 *
 * pathLoss({ ...shortestPaths.presets.quick, method: 'fenchel-young' }).layer.state; // => null
 * ```
 */
export function pathLoss(config: PathConfig): PathLoss {
  const { method, size, samples, temperature } = config;
  const path = clampCosts(gridPath({ height: size, width: size }), { minimum: MIN_COST });
  if (method === 'fenchel-young') {
    const loss = fenchelYoung(path, { noise: noiseByName(config.noise, path.kappa), sigma: temperature });
    return {
      of: (costs, paths, key, part) =>
        loss.apply(costs, paths, { key, samples, ...(part && { part }) }) as tf.Tensor1D,
      layer: { state: null, lastStep: null },
    };
  }
  // Noise as a factor keeps costs positive, which the solver needs.
  const multiplied = method === 'perturbed-optimiser';
  const layer = multiplied
    ? perturbedOptimiser(path, { sigma: temperature, form: 'multiplicative' })
    : estimatorOf({ ...config, method }, path);
  return {
    of(costs, paths, key, part) {
      // No factor moves a cost of 0, to which the network's may round.
      const z = layer.sample(multiplied ? costs.add(MIN_COST) : costs, {
        key,
        samples,
        ...(part && { part }),
      });
      return hammingLoss(z as tf.Tensor3D, paths);
    },
    layer,
  };
}

/**
 * Counts the cells that only one of two paths has, on average over the samples; linear in z, so that a relaxed path has a
 * loss too:
 *
 *   loss[b] = mean_s sum_i  z[b, s, i] (1 - y[b, i]) + (1 - z[b, s, i]) y[b, i]
 *
 * @param z [B, S, n]. @param paths y, zeros and ones, [B, n]. @returns [B].
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { hammingLoss } from '@aimle/shortest-paths';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * Array.from(hammingLoss(tf.tensor3d([[[1, 1, 0, 1]]]), tf.tensor2d([[1, 0, 1, 1]])).dataSync()); // => [2]
 * ```
 */
export function hammingLoss(z: tf.Tensor3D, paths: tf.Tensor2D): tf.Tensor1D {
  const y = paths.expandDims<tf.Tensor3D>(1);
  return z.add(y).sub(z.mul(y).mul(2)).sum(-1).mean<tf.Tensor1D>(1);
}
