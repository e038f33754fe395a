import type * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { floats, release, run, shim } from './kernel.js';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

/**
 * The extremum of a tensor and one number: the stock kernels work out an index for each element and take 25 times
 * as long as XNNPACK's clamp.
 */
const extremum = (
  kernelName: string,
  clamp: (backend: BackendWasm, x: tf.TensorInfo, bound: number) => tf.TensorInfo,
) =>
  shim<Inputs, object>(kernelName, (stock) => (call) => {
    const { inputs, backend } = call;
    const [x, number] = inputs.a.shape.length === 0 ? [inputs.b, inputs.a] : [inputs.a, inputs.b];
    const floating = x.dtype === 'float32' && number.dtype === 'float32';
    const bound = floating && number.shape.length === 0 ? floats(backend, number)[0]! : Number.NaN;
    return Number.isNaN(bound) ? stock(call) : clamp(backend, x, bound);
  });

function clampBelow(backend: BackendWasm, x: tf.TensorInfo, bound: number): tf.TensorInfo {
  return run('ClipByValue', backend, { x }, { clipValueMin: bound, clipValueMax: Number.POSITIVE_INFINITY });
}

/** Elementwise maximum. */
export const maximum = extremum('Maximum', clampBelow);

/** Elementwise minimum, as -max(-x, -bound): the clamp from above would turn NaN into a number. */
export const minimum = extremum('Minimum', (backend, x, bound) => {
  const turned = run('Neg', backend, { x });
  const clamped = clampBelow(backend, turned, -bound);
  const result = run('Neg', backend, { x: clamped });
  release(backend, turned, clamped);
  return result;
});
