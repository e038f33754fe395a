import { foldIn, type Key } from '@aimle/random';
import { type Linear, linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';

/** Nats per unit of the output: losses are thousands, and an Adam step changes an output by about its size. */
const UNIT = 1000;

/** NVIL's baseline: predicts the loss of a recording from its motion, with a perceptron of one hidden layer. */
export class LossBaseline {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #hidden: Linear;
  readonly #out: Linear;
  #motion: tf.Tensor4D | null = null;

  constructor(features: number, width: number, key: Key) {
    const own = foldIn(key, 'baseline');
    const make = (name: string, inputs: number, outputs: number) =>
      linear({ name: `baseline.${name}`, inputs, outputs, key: own, init: 'kaiming-uniform' });
    this.#hidden = make('hidden', features, width);
    this.#out = make('out', width, 1);
    this.parameters = new Map([...this.#hidden.parameters, ...this.#out.parameters]);
  }

  /** Sets the recordings whose losses are predicted next. */
  watch(motion: tf.Tensor4D): void {
    this.#motion = motion;
  }

  /** Returns the expected losses, [B]. */
  readonly predict = (): tf.Tensor1D => {
    const motion = this.#motion!;
    const hidden = tf.relu(this.#hidden.apply(motion.reshape([motion.shape[0], -1])));
    return this.#out.apply(hidden).squeeze<tf.Tensor1D>([1]).mul(UNIT);
  };
}
