import type * as tf from '@tensorflow/tfjs';

/** A parameter that takes a step, and its gradient, of the same shape. */
export interface Moving {
  readonly name: string;
  readonly parameter: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** The weights of a step of {@link adam}, which all elements share. */
export interface AdamCoefficients {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** learningRate / (1 - beta1^t) */
  readonly rate: number;
  /** 1 / sqrt(1 - beta2^t) */
  readonly scale: number;
}

/** The mean gradients m and mean squared gradients v, by parameter name. */
export interface MomentArrays {
  readonly m: ReadonlyMap<string, Float32Array>;
  readonly v: ReadonlyMap<string, Float32Array>;
}

/** The moments of an optimiser, in one kind of memory, and the update that runs there. */
export interface Moments {
  /** Where they are: the device, the kernels, or null for arrays of the host. */
  readonly place: object | null;
  /** Moves all parameters, or none if a gradient is not finite. */
  step(moving: readonly Moving[], coefficients: AdamCoefficients): void;
  /** Returns copies. */
  export(): MomentArrays;
  /** Frees the memory. */
  dispose(): void;
}

/** The error for a gradient that is not finite. */
export function notFinite(name: string, gradient: Float32Array): Error {
  const element = gradient.findIndex((value) => !Number.isFinite(value));
  return new Error(
    `adam: the gradient of ${name} is ${gradient[element]} at element ${element}; lower learningRate, or look for a ` +
      'division by zero or a square root of zero in the model',
  );
}

/** The error for such a gradient that a device found, told in a later step. */
export function lateNotFinite(name: string, element?: number): Error {
  const at = element === undefined ? '' : ` at element ${element}`;
  return new Error(
    `adam: the gradient of ${name} was not finite${at} in an earlier step, and no parameter has moved since; lower ` +
      'learningRate, or look for a division by zero or a square root of zero in the model',
  );
}

/** Throws if the moments of a parameter, with that many elements, do not fit it. */
export function checkSize(name: string, elements: number, size: number): void {
  if (elements !== size) {
    throw new RangeError(`adam: the state of ${name} has ${elements} elements, its parameter ${size}`);
  }
}
