import * as tf from '@tensorflow/tfjs';

/** A loss and its gradients, by the names of the parameters. The caller disposes of all of them. */
export interface ValueAndGradients {
  readonly value: tf.Scalar;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/**
 * Evaluates a scalar loss and its gradient in every parameter.
 *
 * It differs from `tf.variableGrads` in two ways: gradients go by your own names, which need not be unique in the
 * process, and a parameter that the loss does not use gets zeros.
 *
 * @throws when `loss` is not a scalar or uses none of the parameters.
 *
 * @example
 * ```ts
 * import { useEngine, valueAndGradients } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const parameters = new Map([['weight', tf.variable(tf.tensor1d([1, 2]))]]);
 * const { value, gradients } = valueAndGradients(parameters, () =>
 *   tf.sum(tf.square(parameters.get('weight')!)),
 * );
 * value.dataSync()[0]; // => 5
 * Array.from(gradients.get('weight')!.dataSync()); // => [2, 4]
 * ```
 */
export function valueAndGradients(
  parameters: ReadonlyMap<string, tf.Variable>,
  loss: () => tf.Tensor,
): ValueAndGradients {
  const { value, grads } = tf.variableGrads(() => loss() as tf.Scalar, [...parameters.values()]);
  const gradients = new Map<string, tf.Tensor>();
  for (const [name, parameter] of parameters) {
    gradients.set(name, grads[parameter.name] ?? tf.zerosLike(parameter));
  }
  return { value, gradients };
}
