import { kernels } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import { ownDevice } from '../operations/device.js';
import { ArrayMoments } from './arrayMoments.js';
import { KernelMoments } from './kernelMoments.js';
import type { MomentArrays, Moments, Moving } from './moments.js';
import { adamCoefficients } from './moveByAdam.js';

/** The settings of {@link adam}; the defaults are those of the paper. */
export interface AdamOptions {
  /** The size of a step; the paper's alpha. */
  readonly learningRate: number;
  /** The weight of the past in the mean gradient. Default 0.9. */
  readonly beta1?: number;
  /** The weight of the past in the mean squared gradient. Default 0.999. */
  readonly beta2?: number;
  /** Added to the square root in the denominator. Default 1e-8, on every engine. */
  readonly epsilon?: number;
}

/** The state of {@link Adam}: the step count, and the two moments by parameter name. */
export interface AdamState {
  readonly step: number;
  readonly m: ReadonlyMap<string, Float32Array>;
  readonly v: ReadonlyMap<string, Float32Array>;
}

/** An optimiser made by {@link adam}. It holds no tensors that TensorFlow.js counts. */
export interface Adam {
  /** The learning rate. It may change between steps, for instance by a schedule. */
  learningRate: number;
  /**
   * Takes one step: every parameter that has a gradient moves. The caller disposes of the gradients. If a gradient is
   * not finite, no parameter moves, but the moments are spoiled: import a saved state before the next step. On webgl and
   * webgpu, which read nothing in a step, the error comes from a later step or from `exportState`; until then no
   * parameter moves.
   */
  apply(parameters: ReadonlyMap<string, tf.Variable>, gradients: ReadonlyMap<string, tf.Tensor>): void;
  /** Returns a copy of the state, to be saved. On webgl and webgpu it waits for the GPU. */
  exportState(): AdamState;
  /** Continues from a saved state, exactly. */
  importState(state: AdamState): void;
  /** Frees the moments, which live on the GPU, or in memory of the kernels where these are loaded. Their state is lost. */
  dispose(): void;
}

/**
 * Builds an Adam optimiser (Kingma and Ba 2015, algorithm 1), with the same update on every engine: `m = beta1 m + (1
 * - beta1) g`, `v = beta2 v + (1 - beta2) g^2`, `p -= learningRate * mhat / (sqrt(vhat) + epsilon)`, with `mhat = m /
 * (1 - beta1^t)` and `vhat = v / (1 - beta2^t)`. That is PyTorch's convention. `tf.train.adam` differs: its epsilon
 * depends on the engine (1e-4 on webgl).
 *
 * The update is one pass over each parameter: by a kernel in WebAssembly if the kernels are loaded (`useEngine` loads
 * them), otherwise in TypeScript, with the same results to the last bit; on webgl and webgpu by a program on the GPU, in
 * float32, whose results differ by its rounding, for gradients of magnitude 1e-18 to 1e18. **Memory**: two moments, and
 * but for GPUs a copy, of each parameter; `dispose` frees them.
 *
 * @throws when an option is out of range, a gradient is not finite or has another shape than its parameter, or an
 * imported state does not fit.
 *
 * @example
 * ```ts
 * import { adam, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const weight = tf.variable(tf.tensor1d([1, -1]));
 * const optimiser = adam({ learningRate: 0.5 });
 * optimiser.apply(new Map([['weight', weight]]), new Map([['weight', tf.tensor1d([2, -8])]]));
 * Array.from(weight.dataSync()); // => [0.5, -0.5]
 * ```
 */
export function adam(options: AdamOptions): Adam {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkOptions(learningRate, beta1, beta2, epsilon);
  let step = 0;
  let moments = momentsOf(none);

  return {
    learningRate,
    apply(parameters, gradients) {
      const moving: Moving[] = [];
      for (const [name, parameter] of parameters) {
        const gradient = gradients.get(name);
        if (gradient === undefined) continue;
        checkShapes(name, parameter, gradient);
        moving.push({ name, parameter, gradient });
      }
      step += 1;
      moments = moved(moments);
      const { learningRate } = this;
      moments.step(moving, adamCoefficients({ learningRate, beta1, beta2, epsilon }, step));
    },
    exportState: () => ({ step, ...moments.export() }),
    importState(state) {
      checkState(state);
      step = state.step;
      moments.dispose();
      moments = momentsOf(state);
    },
    dispose() {
      moments.dispose();
      moments = momentsOf(none);
    },
  };
}

const none: MomentArrays = { m: new Map(), v: new Map() };

/** Returns the moments where this engine updates them best, and frees their place of before. */
function moved(before: Moments): Moments {
  if (before.place === (ownDevice() ?? kernels())) return before;
  const arrays = before.export();
  before.dispose();
  return momentsOf(arrays);
}

function momentsOf(arrays: MomentArrays): Moments {
  const gpu = ownDevice();
  if (gpu !== null) return gpu.moments(arrays);
  const found = kernels();
  return found === null ? new ArrayMoments(arrays) : new KernelMoments(found, arrays);
}

function checkShapes(name: string, parameter: tf.Tensor, gradient: tf.Tensor): void {
  if (!tf.util.arraysEqual(parameter.shape, gradient.shape)) {
    throw new RangeError(
      `adam: the gradient of ${name} must have shape [${parameter.shape.join(', ')}], ` +
        `got [${gradient.shape.join(', ')}]`,
    );
  }
}

function checkState(state: AdamState): void {
  if (!Number.isInteger(state.step) || state.step < 0) {
    throw new RangeError(`adam: step must be a whole number of at least 0, got ${state.step}`);
  }
  for (const [name, mean] of state.m) {
    const square = state.v.get(name);
    if (square?.length !== mean.length) {
      throw new RangeError(
        `adam: m and v of ${name} must have the same length, got ${mean.length} and ${square?.length ?? 'no v'}`,
      );
    }
  }
}

function checkOptions(learningRate: number, beta1: number, beta2: number, epsilon: number): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new RangeError(`adam: learningRate must be a finite number above 0, got ${learningRate}`);
  }
  for (const [name, beta] of [
    ['beta1', beta1],
    ['beta2', beta2],
  ] as const) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adam: ${name} must be in [0, 1), got ${beta}`);
  }
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new RangeError(`adam: epsilon must be a finite number above 0, got ${epsilon}`);
  }
}
