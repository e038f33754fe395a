import { type Adam, valueAndGradients } from '@aimle/engine';
import { foldIn, type Key, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { Case } from './measure.js';

export interface Trained {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly optimiser: Adam;
  loss(stepKey: Key): tf.Tensor;
  dispose(): void;
}

/** Times steps of training: forward, backward, Adam. */
export function trainingStep(name: string, build: () => Trained | Promise<Trained>): Case {
  return {
    name,
    async prepare() {
      const { parameters, optimiser, loss, dispose } = await build();
      let step = 0;
      return {
        async run() {
          const stepKey = foldIn(key(3), step++);
          const { value, gradients } = valueAndGradients(parameters, () => tf.mean(loss(stepKey)));
          await value.data();
          optimiser.apply(parameters, gradients);
          // Engines may defer work; reading one parameter waits for all of it.
          await [...parameters.values()].at(-1)!.data();
          tf.dispose([value, ...gradients.values()]);
        },
        dispose,
      };
    },
  };
}
