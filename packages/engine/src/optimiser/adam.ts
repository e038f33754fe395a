import * as tf from '@tensorflow/tfjs';

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

/** An optimiser made by {@link adam}. It holds no tensors, so there is nothing to dispose of. */
export interface Adam {
  /** The learning rate. It may change between steps, for instance by a schedule. */
  learningRate: number;
  /**
   * Takes one step: every parameter that has a gradient moves. The caller disposes of the gradients. If a gradient is
   * not finite, no parameter moves, but the moments are spoiled: import a saved state before the next step.
   */
  apply(parameters: ReadonlyMap<string, tf.Variable>, gradients: ReadonlyMap<string, tf.Tensor>): void;
  /** Returns a copy of the state, to be saved. */
  exportState(): AdamState;
  /** Continues from a saved state, exactly. */
  importState(state: AdamState): void;
}

/**
 * Builds an Adam optimiser (Kingma and Ba 2015, algorithm 1), with the same update on every engine: `m = beta1 m + (1
 * - beta1) g`, `v = beta2 v + (1 - beta2) g^2`, `p -= learningRate * mhat / (sqrt(vhat) + epsilon)`, with `mhat = m /
 * (1 - beta1^t)` and `vhat = v / (1 - beta2^t)`. That is PyTorch's convention. `tf.train.adam` differs: its epsilon
 * depends on the engine (1e-4 on webgl).
 *
 * The update runs on typed arrays, in one pass over each parameter.
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
  let m = new Map<string, Float32Array>();
  let v = new Map<string, Float32Array>();

  return {
    learningRate,
    apply(parameters, gradients) {
      step += 1;
      const rate = this.learningRate / (1 - beta1 ** step);
      const scale = 1 / Math.sqrt(1 - beta2 ** step);
      const moved: [tf.Variable, Float32Array][] = [];
      for (const [name, parameter] of parameters) {
        const gradient = gradients.get(name);
        if (gradient === undefined) continue;
        checkShapes(name, parameter, gradient);
        const next = new Float32Array(parameter.size);
        const arrays = {
          next,
          p: parameter.dataSync() as Float32Array,
          g: gradient.dataSync() as Float32Array,
          m: moment(m, name, parameter.size),
          v: moment(v, name, parameter.size),
        };
        const sum = update(arrays, { beta1, beta2, epsilon, rate, scale });
        if (!Number.isFinite(sum)) throw notFinite(name, arrays.g);
        moved.push([parameter, next]);
      }
      for (const [parameter, next] of moved) {
        tf.tidy(() => parameter.assign(tf.tensor(next, parameter.shape)));
      }
    },
    exportState: () => ({ step, m: copies(m), v: copies(v) }),
    importState(state) {
      checkState(state);
      step = state.step;
      m = copies(state.m);
      v = copies(state.v);
    },
  };
}

interface Coefficients {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** learningRate / (1 - beta1^t) */
  readonly rate: number;
  /** 1 / sqrt(1 - beta2^t) */
  readonly scale: number;
}

interface Arrays {
  /** The parameter after the step. A new array, since engines may share the memory of `p` and `g`. */
  readonly next: Float32Array;
  readonly p: Float32Array;
  readonly g: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/**
 * Updates one parameter and returns the sum of its gradient, which is finite only if every element is: float32
 * numbers cannot overflow a float64 sum. Here the sum costs nothing beside the divisions; a separate pass would cost
 * a tenth more.
 */
function update({ next, p, g, m, v }: Arrays, { beta1, beta2, epsilon, rate, scale }: Coefficients): number {
  let sum = 0;
  for (let i = 0; i < next.length; i++) {
    const gradient = g[i]!;
    sum += gradient;
    const mean = beta1 * m[i]! + (1 - beta1) * gradient;
    const square = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    next[i] = p[i]! - (rate * mean) / (Math.sqrt(square) * scale + epsilon);
  }
  return sum;
}

function notFinite(name: string, gradient: Float32Array): Error {
  const element = gradient.findIndex((value) => !Number.isFinite(value));
  return new Error(
    `adam: the gradient of ${name} is ${gradient[element]} at element ${element}; lower learningRate, or look for a ` +
      'division by zero or a square root of zero in the model',
  );
}

function moment(moments: Map<string, Float32Array>, name: string, size: number): Float32Array {
  const known = moments.get(name);
  if (known === undefined) {
    const fresh = new Float32Array(size);
    moments.set(name, fresh);
    return fresh;
  }
  if (known.length !== size) {
    throw new RangeError(`adam: the state of ${name} has ${known.length} elements, its parameter ${size}`);
  }
  return known;
}

function copies(moments: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  return new Map([...moments].map(([name, values]) => [name, values.slice()]));
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
