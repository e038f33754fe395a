import type * as tf from '@tensorflow/tfjs';

/** A layer's weight and bias, or their gradients. */
export interface Layer<T> {
  readonly weight: T;
  readonly bias: T;
}

const names = ['first', 'global', 'local1', 'local2', 'final1', 'final2'] as const;

/** The layers of a selector. */
export type Layers<T = tf.Tensor> = Readonly<Record<(typeof names)[number], Layer<T>>>;

/** Lists weights and biases in turn. */
export function listed<T>(layers: Layers<T>): T[] {
  return names.flatMap((name) => [layers[name].weight, layers[name].bias]);
}

/** Rebuilds the layers from such a list. */
export function layersOf<T>(list: readonly T[]): Layers<T> {
  const entries = names.map((name, i) => [name, { weight: list[2 * i], bias: list[2 * i + 1] }]);
  return Object.fromEntries(entries) as Layers<T>;
}
