import type { Distribution } from '@aimle/distributions';
import { foldIn, type Key } from '@aimle/random';
import type { Context } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { Estimator, StepInfo } from '../layer/estimator.js';
import { layoutOf } from '../layer/layout.js';
import { againstTruth } from './againstTruth.js';
import type { Diagnosis, LambdaCourse } from './diagnosis.js';
import { exactGradient, gradientOf } from './exactGradient.js';
import { Moments, signalToNoise } from './moments.js';

/** What {@link diagnose} needs besides the layer, theta and the loss. */
export interface DiagnoseOptions {
  readonly key: Key;
  /** S of each pass; default 1. */
  readonly samples?: number;
  /** How often the gradient is estimated; at least 2, default 32. */
  readonly repeats?: number;
  /** As for the layer itself. */
  readonly context?: Context;
  /**
   * What to compare the estimates with: the distribution of the structure, whose exact (Gibbs) gradient is summed
   * over all states (at most 100,000; at most 4,096 for all blocks together where they share a loss), or the exact
   * gradient as a tensor, shaped like theta.
   */
  readonly truth?: Distribution | tf.Tensor;
}

/**
 * Measures the gradient that an estimator gives at one theta: its sparsity, its noise, lambda, the share of instances
 * without a gradient, and, if a truth is given, how close it is to that.
 *
 * The losses of the instances are summed, so each instance has the gradient of its own loss. A training loss that
 * averages over the batch has gradients B times smaller. This matters only for `fixedLambda(lambda)`, whose lambda
 * multiplies them: there, pass the loss divided by B.
 *
 * **When to use**: when training makes no progress, before you change the learning rate; to choose between estimators
 * on your model. {@link describeDiagnosis} puts the result into words. The layer's adaptive state is restored
 * afterwards.
 *
 * **Cost**: `repeats` forward and backward passes, twice as many where the state adapts; with a distribution, also
 * the loss of every state.
 *
 * @param theta - [B, ..., n] or [n], as the estimator takes it.
 * @param loss - as {@link Estimator.expectation} takes it: one number per state. Called once per pass.
 * @throws RangeError when `repeats` is not an integer of at least 2, or the truth does not fit theta or has too many
 * states. Errors of the estimator pass through.
 * @example
 * ```ts
 * import { topK as topKDistribution } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { diagnose, imle } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = imle(topK({ size: 4, k: 2 }), { lambda: 1e-6 }); // far too small: nothing ever changes
 * const loss = (z: tf.Tensor) => z.mul([1, -2, 3, 0.5]).sum(-1);
 * const theta = tf.tensor2d([[1, 0, 2, -1]]);
 * const found = diagnose(layer, theta, loss, { key: key(1), truth: topKDistribution({ size: 4, k: 2 }) });
 * found.zeroGradients; // => 1
 * found.solverCalls; // => 2
 * found.truth!.cosine.mean; // => 0
 * ```
 * @see The trade of sparsity for bias: arXiv:2209.04862, section 3.
 */
export function diagnose(
  estimator: Estimator,
  theta: tf.Tensor,
  loss: (z: tf.Tensor) => tf.Tensor,
  { key, samples = 1, repeats = 32, context, truth }: DiagnoseOptions,
): Diagnosis {
  if (!Number.isInteger(repeats) || repeats < 2) {
    throw new RangeError(`diagnose: repeats must be an integer of at least 2, got ${repeats}`);
  }
  const size = theta.shape.at(-1) ?? 0;
  const layout = layoutOf('diagnose', { name: estimator.name, size }, theta.shape, samples);
  const exact = truth === undefined ? null : truthOf(truth);
  const saved = structuredClone(estimator.state);
  try {
    const estimates: Float32Array[] = [];
    const infos: StepInfo[] = [];
    const moments = new Moments(layout.instances * size);
    for (let repeat = 0; repeat < repeats; repeat++) {
      // Every estimate starts from the layer's current state.
      estimator.state = saved;
      const { gradient, info } = pass(repeat);
      estimates.push(gradient);
      infos.push(info);
      moments.add(gradient);
    }
    const mean = (of: (info: StepInfo) => number | null): number | null => {
      const values = infos.map(of);
      return values.includes(null) ? null : values.reduce<number>((sum, x) => sum + x! / repeats, 0);
    };
    const lambda = mean((info) => info.lambda);
    return {
      estimator: estimator.name,
      samples: infos[0]!.samples,
      repeats,
      instances: layout.instances,
      solverCalls: infos[0]!.solverCalls,
      sparsity: zeroRows(estimates, 1),
      zeroGradients: zeroRows(estimates, size),
      changedShare: mean((info) => info.changedShare),
      changedCoordinates: mean((info) => info.changedCoordinates),
      lambda: lambda === null ? null : courseOf(lambda),
      signalToNoise: signalToNoise(moments),
      truth: exact === null ? null : againstTruth(estimates, moments, exact, size),
    };
  } finally {
    estimator.state = saved;
  }

  function pass(repeat: number): { gradient: Float32Array; info: StepInfo } {
    const options = { key: foldIn(key, repeat), samples, ...(context && { context }) };
    const gradient = gradientOf((x) => estimator.expectation(x, loss, options), theta);
    return { gradient, info: estimator.lastStep! };
  }

  /** Runs the same passes again with the state adapting, then repeats the first of them. */
  function courseOf(lambda: number): LambdaCourse {
    estimator.state = saved;
    const before = pass(0).info.lambda!;
    if (JSON.stringify(estimator.state) === JSON.stringify(saved))
      return { mean: lambda, next: lambda, direction: 'steady' };
    for (let repeat = 1; repeat < repeats; repeat++) pass(repeat);
    const after = pass(0).info.lambda!;
    const direction = after > before ? 'rising' : after < before ? 'falling' : 'steady';
    return { mean: lambda, next: after, direction };
  }

  function truthOf(given: Distribution | tf.Tensor): ArrayLike<number> {
    if ('marginals' in given) {
      if (given.size !== size) {
        throw new RangeError(
          `diagnose: the truth ${given.name} must have the size of theta's last axis, ${size}, got ${given.size}`,
        );
      }
      if (given.sense !== estimator.solver.sense) {
        throw new RangeError(
          `diagnose: the truth ${given.name} must ${estimator.solver.sense}, as the estimator's ${estimator.solver.name}, ` +
            `got one that ${given.sense}s`,
        );
      }
      return exactGradient(given, theta, layout, loss);
    }
    if (given.shape.join() !== theta.shape.join()) {
      throw new RangeError(
        `diagnose: the truth must have theta's shape, [${theta.shape}], got [${given.shape}]`,
      );
    }
    return given.dataSync();
  }
}

/** Share of the rows of `size` that are all zeros. */
function zeroRows(estimates: readonly Float32Array[], size: number): number {
  let zeros = 0;
  let rows = 0;
  for (const estimate of estimates) {
    for (let from = 0; from < estimate.length; from += size, rows++) {
      if (estimate.subarray(from, from + size).every((value) => value === 0)) zeros++;
    }
  }
  return zeros / Math.max(rows, 1);
}
