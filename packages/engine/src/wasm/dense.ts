import * as tf from '@tensorflow/tfjs';
import { denseKernel } from '../operations/dense.js';
import { biasAddGradKernel, type DenseActivation, reluGradKernel } from '../operations/denseGradient.js';
import { addresses, floats, release, run, shim } from './kernel.js';
import { productsOf, sumColumns } from './products.js';

interface Layer {
  readonly x: tf.TensorInfo;
  readonly weight: tf.TensorInfo;
  readonly bias: tf.TensorInfo;
}

/** Computes a dense layer: product, bias and activation, without the reshapes of `tf.fused.matMul`. */
export const dense = shim<Layer, { activation: DenseActivation }>(
  denseKernel,
  () =>
    ({ inputs: { x, weight, bias }, backend, attrs: { activation } }) =>
      run(
        '_FusedMatMul',
        backend,
        { a: x, b: weight, bias },
        { transposeA: false, transposeB: true, activation },
      ),
);

/** Sums columns, in float64. The stock Sum would transpose the matrix first. */
export const biasAddGrad = shim<{ x: tf.TensorInfo }, object>(
  biasAddGradKernel,
  () =>
    ({ inputs: { x }, backend }) => {
      const [rows, columns] = x.shape as [number, number];
      const ours = sumColumns(backend, x, rows, columns);
      if (ours !== undefined) return ours;
      const sums = new Float64Array(columns);
      const values = floats(backend, x);
      for (let at = 0; at < values.length; at += columns) {
        for (let i = 0; i < columns; i++) sums[i] = sums[i]! + values[at + i]!;
      }
      const result = backend.makeOutput([columns], 'float32');
      floats(backend, result).set(sums);
      return result;
    },
);

/** The gradient of a rectifier, from that of its result: one pass instead of a step and a product. */
export const reluGrad = shim<{ dy: tf.TensorInfo; y: tf.TensorInfo }, object>(
  reluGradKernel,
  () =>
    ({ inputs: { dy, y }, backend }) => {
      const products = productsOf(backend);
      if (products === undefined) {
        const slope = run('Step', backend, { x: y }, { alpha: 0 });
        const product = run('Multiply', backend, { a: dy, b: slope });
        release(backend, slope);
        return product;
      }
      const result = backend.makeOutput(dy.shape, 'float32');
      products.rectifierGradient(tf.util.sizeFromShape(dy.shape), ...addresses(backend, dy, y, result));
      return result;
    },
);
