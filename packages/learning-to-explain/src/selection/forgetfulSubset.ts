import type { Layer } from '@aimle/estimators';
import type { Noise } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

/** Least value of what is left of an element: PyTorch's smallest normal number. */
const TINY = 1.1754943508222875e-38;

/**
 * The official code's relaxed subset: k softmaxes, each of which knows of the one before alone, so that what was chosen
 * may be chosen again (deviation D14).
 */
export function forgetfulSubset(
  layer: Layer,
  { k, temperature, noise }: { k: number; temperature: number; noise: Noise },
): Layer {
  const apply: Layer['apply'] = (theta, { key, samples = 1 }) => {
    const [rows, size] = theta.shape as [number, number];
    const epsilon = new Float32Array(rows * samples * size);
    noise.fill(key, epsilon);
    const w = tf.add(theta.expandDims(1), tf.tensor3d(epsilon, [rows, samples, size]));
    let p: tf.Tensor = tf.softmax(tf.div(w, temperature));
    const chosen = [p];
    for (let draw = 1; draw < k; draw++) {
      const left = tf.log(tf.clipByValue(tf.sub(1, p), TINY, 1));
      p = tf.softmax(tf.div(tf.add(w, left), temperature));
      chosen.push(p);
    }
    const info = {
      solverCalls: 0,
      samples,
      lambda: null,
      changedCoordinates: null,
      changedShare: null,
      sparsity: null,
    };
    return { z: tf.addN(chosen), info };
  };
  return {
    name: 'forgetful-subset',
    solver: layer.solver,
    state: null,
    mode: (theta) => layer.mode(theta),
    apply,
    expectation(theta, loss, options) {
      const { z, info } = apply(theta, options);
      return { value: loss(z).mean(1), info };
    },
  };
}
