import type { Estimator } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { type Problem, paperProblem } from '../problem.js';
import { cosine, type MeanWithError, meanOf, shareOfZeros } from '../sampling/statistics.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { perturbAndMapTruth } from '../truth/perturbAndMap.js';
import type { ComparedMethod } from './methods.js';
import { type ComparisonOptions, planOf } from './plan.js';

/** The results of one method at one S. */
export interface ComparisonRow {
  readonly method: string;
  readonly samples: number;
  /** The fixed lambda; null where lambda adapts, or the method has none. */
  readonly lambda: number | null;
  /** The mean lambda, fixed or adapted; null where the method has none. */
  readonly meanLambda: number | null;
  readonly cosine: MeanWithError;
  /** Share of the gradient's coordinates that are exactly zero. */
  readonly sparsity: number;
  /** Batched solver calls in one pass. */
  readonly solverCalls: number;
}

/** Estimators compared with the exact gradient. */
export interface Comparison {
  readonly structure: string;
  readonly n: number;
  readonly k: number | null;
  readonly seeds: number;
  /** Which distribution the exact gradient belongs to, and how it was computed. */
  readonly truth: string;
  readonly rows: readonly ComparisonRow[];
}

/** Samples of a truth that is sampled: two such truths have a cosine above .999 on these problems. */
const TRUTH_SAMPLES = 4000;

/**
 * Compares methods with the exact gradient: the cosine between one estimate and the exact gradient, averaged over the
 * paper's problems. The estimators run as they would in a model, on the current engine.
 *
 * Each problem and each S gets a new estimator, so no adaptive state carries over. A method that needs two samples
 * has no row for S = 1.
 *
 * @throws RangeError when a method is unknown or does not fit the structure, or a number is out of range.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { compareEstimators, comparedStructures } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * await useEngine('auto', { report: () => {} });
 * const { rows } = compareEstimators({
 *   structure: comparedStructures['subset']!, n: 5, k: 2, methods: ['aimle', 'straight-through'],
 *   samples: [100], seeds: 8, key: key(0),
 * });
 * rows[0]!.cosine.mean > rows[1]!.cosine.mean; // => true
 * ```
 * @see arXiv:2209.04862, section 5.1.
 */
export function compareEstimators(options: ComparisonOptions): Comparison {
  const { truth = 'gibbs', key, onProgress } = options;
  const { compared, structure, n, k, methods, samples, seeds } = planOf(options);
  const exercises = Array.from({ length: seeds }, (_, seed) => {
    const problem = paperProblem(structure, seed);
    const sampled = () => perturbAndMapTruth(problem, foldIn(foldIn(key, 'truth'), seed), TRUTH_SAMPLES);
    return { problem, truth: truth === 'gibbs' ? gibbsTruth(problem).gradient : sampled() };
  });
  const cells = methods.flatMap((method) =>
    samples.filter((size) => size >= method.minSamples).map((size) => ({ method, size })),
  );
  const rows = cells.map(({ method, size }, at): ComparisonRow => {
    const found = exercises.map(({ problem, truth: gradient }, seed) => {
      const estimate = estimateWith(method, problem, size, foldIn(foldIn(key, seed), size));
      return { ...estimate, cosine: cosine(estimate.gradient, gradient) };
    });
    onProgress?.((at + 1) / cells.length);
    const lambdas = found.flatMap(({ lambda }) => (lambda === null ? [] : [lambda]));
    const fixed = lambdas.length > 0 && isFixed(method, exercises[0]!.problem, size, key);
    return {
      method: method.name,
      samples: size,
      lambda: fixed ? lambdas[0]! : null,
      meanLambda: lambdas.length === 0 ? null : meanOf(lambdas).mean,
      cosine: meanOf(found.map((each) => each.cosine)),
      sparsity: meanOf(found.map(({ gradient }) => shareOfZeros(gradient))).mean,
      solverCalls: found[0]!.solverCalls,
    };
  });
  const from = structure.gumbelGradient ? '' : `, from ${TRUTH_SAMPLES} conditional samples`;
  const how = truth === 'gibbs' ? truth : `${truth}${from}`;
  return { structure: compared.name, n, k, seeds, truth: how, rows };
}

interface Estimate {
  readonly gradient: Float32Array;
  readonly lambda: number | null;
  readonly solverCalls: number;
}

/** One estimate of a new estimator, after the warm-up that its protocol asks for. */
function estimateWith(
  method: ComparedMethod,
  problem: Problem,
  samples: number,
  key: Key,
  scale = 1,
): Estimate {
  const estimator = method.build();
  for (let pass = 0; pass < method.warmUp; pass++) {
    estimate(estimator, problem, samples, foldIn(foldIn(key, 'warm-up'), pass), scale);
  }
  return estimate(estimator, problem, samples, key, scale);
}

function estimate(
  estimator: Estimator,
  { theta, loss }: Problem,
  samples: number,
  key: Key,
  scale: number,
): Estimate {
  const gradient = tf.tidy(() => {
    // |z - b|^2 with b = (1 - c) / 2 is <c, z> plus a constant on all states; its gradient depends on the state.
    const b = tf.tensor1d(Float32Array.from(loss.linear!, (c) => (1 - c) / 2));
    const expected = (x: tf.Tensor): tf.Tensor => {
      const squared = (z: tf.Tensor): tf.Tensor => tf.mul(tf.sum(tf.squaredDifference(z, b), -1), scale);
      return tf.sum(estimator.expectation(x, squared, { key, samples }));
    };
    const thetaGradient = tf.grad(expected)(tf.tensor2d(Float32Array.from(theta), [1, theta.length]));
    return (thetaGradient.dataSync() as Float32Array).slice();
  });
  const { lambda, solverCalls } = estimator.lastStep!;
  return { gradient, lambda, solverCalls };
}

/** A fixed lambda does not depend on the scale of the loss. */
function isFixed(method: ComparedMethod, problem: Problem, samples: number, key: Key): boolean {
  const lambdaOf = (scale: number) => estimateWith(method, problem, samples, key, scale).lambda;
  return lambdaOf(1) === lambdaOf(3);
}
