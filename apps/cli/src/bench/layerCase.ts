import { type AimleOptions, aimle, paperAdaptive } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { Case } from './measure.js';
import { normal } from './normal.js';

/** A layer to time: what the official code's timings vary, and `draws`, which it does not have. */
interface LayerOptions extends Pick<AimleOptions, 'noise' | 'difference' | 'draws'> {
  readonly rows: number;
  readonly solver: Solver;
  readonly samples: number;
}

/** The layer alone, forward and backward: AIMLE with the paper's controller, and a central difference unless given. */
export function layerCase(name: string, { rows, solver, samples, ...options }: LayerOptions): Case {
  return {
    name,
    async prepare() {
      const layer = aimle(solver, { ...options, perturbation: paperAdaptive({ initialAlpha: 1 }) });
      const theta = normal([rows, solver.size], 0);
      const weights = normal([rows, samples, solver.size], 1);
      let step = 0;
      return {
        async run() {
          const stepKey = foldIn(key(2), step++);
          const gradient = tf.grad((input: tf.Tensor) =>
            layer.sample(input, { key: stepKey, samples }).mul(weights).sum(),
          )(theta);
          await gradient.data();
          gradient.dispose();
        },
        dispose: () => tf.dispose([theta, weights]),
      };
    },
  };
}
