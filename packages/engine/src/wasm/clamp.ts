import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { addresses, as, floats, release, run, type Shim, shim } from './kernel.js';
import { productsOf } from './products.js';

interface One {
  readonly x: tf.TensorInfo;
}

interface Two {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Bounds {
  readonly clipValueMin: number;
  readonly clipValueMax: number;
}

/**
 * Clamps elements between two numbers. XNNPACK's clamp turns NaN into a number, so that a broken model would train on
 * unnoticed. Where our kernels do not run, it is used only if the sum of the elements shows that none is NaN.
 */
export const clipByValue = shim<One, Bounds>('ClipByValue', (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const { x } = inputs;
  const products = productsOf(backend);
  if (x.dtype !== 'float32' || (products === undefined && !mayHoldNaN(backend, x))) return stock(call);
  const result = backend.makeOutput(x.shape, 'float32');
  if (products !== undefined) {
    const [from, to] = addresses(backend, x, result);
    products.clamp(tf.util.sizeFromShape(x.shape), from, attrs.clipValueMin, attrs.clipValueMax, to);
    return result;
  }
  const out = floats(backend, result);
  const values = floats(backend, x);
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.min(Math.max(values[i]!, attrs.clipValueMin), attrs.clipValueMax);
  }
  return result;
});

/** Computes max(x, 0), and NaN for NaN. */
export const relu = rectifier('Relu', Number.POSITIVE_INFINITY);

/** Computes min(max(x, 0), 6), and NaN for NaN. */
export const relu6 = rectifier('Relu6', 6);

/** The larger of two elements, NaN if either is NaN. */
export const maximum = extremum('Maximum', 'largerOf', Math.max, (bound) => [
  bound,
  Number.POSITIVE_INFINITY,
]);

/** The smaller of two elements, NaN if either is NaN. */
export const minimum = extremum('Minimum', 'smallerOf', Math.min, (bound) => [
  Number.NEGATIVE_INFINITY,
  bound,
]);

function rectifier(kernelName: string, max: number): Shim {
  return shim<One, object>(kernelName, (stock) => (call) => {
    const { x } = call.inputs;
    return x.dtype === 'float32' ? clip(call.backend, x, 0, max) : stock(call);
  });
}

/** The stock kernels compute an index for each element, which equal shapes and single numbers do not need. */
function extremum(
  kernelName: string,
  ours: 'largerOf' | 'smallerOf',
  choose: (a: number, b: number) => number,
  bounds: (bound: number) => [number, number],
): Shim {
  return shim<Two, object>(kernelName, (stock) => (call) => {
    const { inputs, backend } = call;
    const [x, y] = inputs.a.shape.length === 0 ? [inputs.b, inputs.a] : [inputs.a, inputs.b];
    if (x.dtype !== 'float32' || y.dtype !== 'float32') return stock(call);
    const number = y.shape.length === 0 ? floats(backend, y)[0]! : Number.NaN;
    if (!Number.isNaN(number)) return clip(backend, x, ...bounds(number));
    if (!tf.util.arraysEqual(x.shape, y.shape)) return stock(call);
    const result = backend.makeOutput(x.shape, 'float32');
    const products = productsOf(backend);
    if (products !== undefined) {
      products[ours](tf.util.sizeFromShape(x.shape), ...addresses(backend, x, y, result));
      return result;
    }
    const out = floats(backend, result);
    const [first, second] = [floats(backend, x), floats(backend, y)];
    for (let i = 0; i < out.length; i++) out[i] = choose(first[i]!, second[i]!);
    return result;
  });
}

function clip(backend: BackendWasm, x: tf.TensorInfo, min: number, max: number): tf.TensorInfo {
  return run('ClipByValue', backend, { x }, { clipValueMin: min, clipValueMax: max });
}

/** Also true for infinities of both signs, which does no harm. */
function mayHoldNaN(backend: BackendWasm, x: tf.TensorInfo): boolean {
  const size = tf.util.sizeFromShape(x.shape);
  const sum = run('Sum', backend, { x: as(x, [size]) }, { axis: [0], keepDims: false });
  const total = floats(backend, sum)[0]!;
  release(backend, sum);
  return Number.isNaN(total);
}
