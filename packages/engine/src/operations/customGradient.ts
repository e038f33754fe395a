import * as tf from '@tensorflow/tfjs';

/** What an operation with a hand-written gradient answers: its value, and how a gradient goes back through it. */
export interface Differentiated {
  readonly value: tf.Tensor;
  /** Receives only the gradient and what was given to `save`: any other tensor may be disposed by then. */
  backward(gradient: tf.Tensor, saved: tf.Tensor[]): tf.Tensor | tf.Tensor[];
}

/**
 * The one door to `tf.customGrad`. Its traps are kept here: tensors that the backward pass needs must go
 * through `save`, and one gradient is due for each input.
 */
export function customGradient(
  inputs: tf.Tensor[],
  operation: (inputs: tf.Tensor[], save: (tensors: tf.Tensor[]) => void) => Differentiated,
): tf.Tensor {
  const run = tf.customGrad((...given) => {
    const save = given.pop() as tf.GradSaveFunc;
    const { value, backward } = operation(given as tf.Tensor[], save);
    return { value, gradFunc: backward };
  });
  return run(...inputs);
}
