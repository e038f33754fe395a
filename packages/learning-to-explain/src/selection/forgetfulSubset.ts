import type { Estimator, Layer, SampleOptions, StepInfo } from '@aimle/estimators';
import type { Noise } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

/** Lower bound of an element's remaining probability: PyTorch's smallest normal number. */
const TINY = 1.1754943508222875e-38;

/** The official relaxed subset: k softmaxes, each of which excludes only the choice just before it (deviation D14). */
export function forgetfulSubset(
  layer: Layer,
  { k, temperature, noise }: { k: number; temperature: number; noise: Noise },
): Estimator {
  const relaxed = (theta: tf.Tensor, { key, samples = 1, part }: SampleOptions): tf.Tensor => {
    const [rows, size] = theta.shape as [number, number];
    const before = (part?.first ?? 0) * samples * size;
    const drawn = new Float32Array(before + rows * samples * size);
    noise.fill(key, drawn);
    const epsilon = drawn.subarray(before);
    const w = tf.add(theta.expandDims(1), tf.tensor3d(epsilon, [rows, samples, size]));
    let p: tf.Tensor = tf.softmax(tf.div(w, temperature));
    const chosen = [p];
    for (let draw = 1; draw < k; draw++) {
      const left = tf.log(tf.clipByValue(tf.sub(1, p), TINY, 1));
      p = tf.softmax(tf.div(tf.add(w, left), temperature));
      chosen.push(p);
    }
    return tf.addN(chosen);
  };
  let lastStep: StepInfo | null = null;
  return {
    name: 'forgetful-subset',
    solver: layer.solver,
    options: { temperature },
    state: null,
    get lastStep() {
      return lastStep;
    },
    mode: (theta) => layer.mode(theta),
    expectation(theta, loss, options) {
      const unknown = { lambda: null, changedCoordinates: null, changedShare: null, sparsity: null };
      lastStep = { solverCalls: 0, samples: options.samples ?? 1, ...unknown };
      return loss(relaxed(theta, options)).mean(1);
    },
  };
}
