import type { Key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import type { JsonValue } from './json.js';

/**
 * What {@link trainTask} can train: parameters, a loss for each instance, and adaptive state.
 *
 * Implement it for a network of your own. {@link linear} gives parameters with the right names and layouts.
 * A model must not keep tensors of a step: the loop tests nothing for you, but memory grows.
 *
 * @typeParam Batch What one step trains on; whatever the session's `batch` returns.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { linear, type Model } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const layer = linear({ name: 'line', inputs: 1, outputs: 1, key: key(0), init: 'kaiming-uniform' });
 * const model: Model<{ x: tf.Tensor2D; y: tf.Tensor2D }> = {
 *   parameters: layer.parameters,
 *   losses: ({ x, y }) => tf.squaredDifference(layer.apply(x), y).sum<tf.Tensor1D>(1),
 *   observations: () => ({}),
 *   state: () => null,
 *   restore: () => {},
 * };
 * [...model.parameters.keys()]; // => ['line.weight', 'line.bias']
 * ```
 */
export interface Model<Batch> {
  /** Trainable variables under PyTorch names and layouts, such as `encoder.linear1.weight`, `[outputs, inputs]`. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /**
   * One loss for each instance, shape `[B]`, differentiable in the parameters. The loop minimises their mean.
   * Every random number in it comes from `key`, which differs from step to step.
   */
  losses(batch: Batch, key: Key): tf.Tensor1D;
  /**
   * Numbers of the last step that are worth logging, such as lambda or the sparsity of a gradient; the same names at
   * every step. A number that is not finite is logged as null and left out of the epoch's mean.
   */
  observations(): Record<string, number>;
  /** State that adapts during training and is no parameter, such as an estimator's; part of every checkpoint. */
  state(): JsonValue;
  /** Puts back what {@link Model.state} returned. */
  restore(state: JsonValue): void;
}
