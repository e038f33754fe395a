import { type Key, split } from '@aimle/random';
import { type Linear, linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';

/** Predicts the rating from the chosen words only: sigmoid(w relu(W sum_t z_t e_t / k)). */
export class Predictor {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #hidden: Linear;
  readonly #last: Linear;
  readonly #k: number;

  constructor(embeddingSize: number, hidden: number, k: number, key: Key) {
    const [first, second] = split(key, 2) as [Key, Key];
    const make = (layer: string, inputs: number, outputs: number, own: Key): Linear =>
      linear({
        name: `prediction_model.${layer}`,
        inputs,
        outputs,
        key: own,
        init: 'xavier-uniform',
        gain: Math.SQRT2,
      });
    this.#hidden = make('layer_1', embeddingSize, hidden, first);
    this.#last = make('layer_2', hidden, 1, second);
    this.#k = k;
    this.parameters = new Map<string, tf.Variable>([...this.#hidden.parameters, ...this.#last.parameters]);
  }

  /** Returns ratings [R]. @param chosen How much of each token was chosen, [R, U]. @param tokens Their vectors, [U, size]. */
  rate(chosen: tf.Tensor2D, tokens: tf.Tensor2D): tf.Tensor1D {
    const mean = tf.matMul(chosen, tokens).div(this.#k);
    return tf.sigmoid(this.#last.apply(this.#hidden.apply(mean, 'relu'))).flatten();
  }
}
