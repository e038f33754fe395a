import { readFileSync } from 'node:fs';
import {
  aimle,
  fixedLambda,
  imle,
  type Layer,
  officialCode,
  type PaperState,
  paperAdaptive,
  straightThrough,
} from '@aimle/estimators';
import { key, type Noise } from '@aimle/random';
import { type Solver, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { type Check, furthest } from './check.js';

interface Step {
  theta: number[][];
  noise: number[][][];
  dy: number[][];
  z: number[][];
  gradient: number[][];
  beta_after?: number;
  grad_norm_after?: number;
}

interface Case {
  id: number;
  kind:
    | 'imle'
    | 'aimle_forward'
    | 'aimle_central'
    | 'aimle_adaptive_forward'
    | 'aimle_adaptive_central'
    | 'ste';
  solver: { name: 'topk'; k: number } | { name: 'spanning_tree'; vertices: number };
  options: {
    size: number;
    samples: number;
    marginal_samples: number;
    theta_noise_temperature: number;
    target_noise_temperature: number | null;
    minimization: boolean;
  };
  target: Record<string, number | boolean> | null;
  steps: Step[];
}

/** Single precision, sums of a few terms. */
const GRADIENT_TOLERANCE = 2e-6;
const STATE_TOLERANCE = 1e-6;

export function* checkEstimators(path: string): Iterable<Check> {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };
  for (const one of cases) yield* checkCase(one);
}

function* checkCase(one: Case): Iterable<Check> {
  const name = `case ${one.id} (${one.kind})`;
  let epsilon = new Float32Array(0);
  const replayed: Noise = { name: 'replayed', mean: 0, std: 1, fill: (_key, out) => out.set(epsilon) };
  const layer = layerOf(one, solverOf(one), replayed);
  const { samples, marginal_samples: marginals, size } = one.options;
  for (const [index, step] of one.steps.entries()) {
    epsilon = Float32Array.from(step.noise.flat(2));
    const { z, gradient } = pass(layer, step, samples, samples * marginals, size);
    const at = `${name}, step ${index}`;
    yield { name: `${at}: z`, error: furthest(z, step.z.flat()), tolerance: 0 };
    yield {
      name: `${at}: gradient`,
      error: furthest(gradient, step.gradient.flat()),
      tolerance: GRADIENT_TOLERANCE,
    };
    if (step.beta_after !== undefined) {
      const { alpha, changed } = (layer.state as unknown as { state: PaperState }).state;
      yield { name: `${at}: beta`, error: Math.abs(alpha - step.beta_after), tolerance: STATE_TOLERANCE };
      yield {
        name: `${at}: grad_norm`,
        error: Math.abs(changed - step.grad_norm_after!),
        tolerance: STATE_TOLERANCE,
      };
    }
  }
}

/**
 * One forward and backward pass. The official code takes the loss as summed over samples and averages their gradients;
 * ours takes it as averaged: hence the division of dy by their number.
 */
function pass(layer: Layer, step: Step, samples: number, rows: number, size: number) {
  return tf.tidy(() => {
    const theta = tf.tensor2d(step.theta);
    const upstream = tf.tensor3d(step.dy.flat(), [step.theta.length, rows, size]).div(rows);
    let z: number[] = [];
    const gradient = tf.grad((x: tf.Tensor) => {
      const applied = layer.sample(x, { key: key(0), samples });
      z = [...applied.dataSync()];
      return applied.mul(upstream).sum();
    })(theta);
    return { z, gradient: gradient.dataSync() };
  });
}

function solverOf({ solver, options }: Case): Solver {
  const sense = options.minimization ? 'minimise' : 'maximise';
  return solver.name === 'topk'
    ? topK({ size: options.size, k: solver.k, sense })
    : spanningTree({ vertices: solver.vertices, sense });
}

function layerOf({ kind, options, target }: Case, solver: Solver, noise: Noise): Layer {
  const {
    theta_noise_temperature: forward,
    target_noise_temperature,
    marginal_samples: marginalSamples,
  } = options;
  if (kind === 'ste') return straightThrough(solver, { noise, temperature: forward });
  const shared = {
    noise,
    temperature: { forward, backward: target_noise_temperature! },
    difference: kind.endsWith('central') ? 'central' : 'forward',
    marginalSamples,
  } as const;
  if (kind.startsWith('aimle_adaptive')) {
    const perturbation = paperAdaptive({
      initialAlpha: target!['initial_beta'] as number,
      step: target!['beta_update_step'] as number,
      momentum: target!['beta_update_momentum'] as number,
      decay: target!['grad_norm_decay_rate'] as number,
      target: target!['target_norm'] as number,
    });
    return aimle(solver, { ...shared, perturbation, officialCode });
  }
  const lambda = target!['beta'] as number;
  // D1 concerns only the adaptive target, not the fixed ones.
  const deviations = {
    ...officialCode,
    mismatchedLambda: false,
    undividedDifference: !target!['do_gradient_scaling'],
    leftPoint: kind === 'imle' ? 'reused' : 'resolved',
  } as const;
  if (kind === 'imle' || target!['alpha'] === 0) {
    const direction = target!['alpha'] === 0 ? 'loss-direction' : 'gradient-step';
    return imle(solver, { ...shared, lambda, target: direction, officialCode: deviations });
  }
  return aimle(solver, { ...shared, perturbation: fixedLambda(lambda), officialCode: deviations });
}
