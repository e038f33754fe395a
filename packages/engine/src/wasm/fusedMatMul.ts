import * as tf from '@tensorflow/tfjs';
import { floats, release, run, shim } from './kernel.js';
import { multiply } from './products.js';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly bias?: tf.TensorInfo;
  readonly preluActivationWeights?: tf.TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation: string;
  readonly leakyreluAlpha?: number;
}

const activations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
};

/**
 * Computes product, bias and activation. Our own products add the bias and rectify while a tile is in the cache. Where it
 * does not use XNNPACK, the stock kernel is slow and wrong: it adds the bias and clamps once for each block of 48 inner
 * elements.
 */
export const fusedMatMul = shim<Inputs, Attributes>('_FusedMatMul', () => ({ inputs, backend, attrs }) => {
  const { a, b, bias, preluActivationWeights: alpha } = inputs;
  const { transposeA, transposeB, activation } = attrs;
  const row = bias !== undefined && isRow(bias, b.shape.at(transposeB ? -2 : -1)!);
  const rectified = activation === 'relu' && (bias === undefined || row);
  const ours = multiply(backend, { a, b, transposeA, transposeB, bias: row ? bias : undefined, rectified });
  if (ours !== undefined && (rectified || (activation === 'linear' && (bias === undefined || row))))
    return ours;
  let result = ours ?? run('BatchMatMul', backend, { a, b }, { transposeA, transposeB });
  const next = (name: string, others: Record<string, tf.TensorInfo | undefined>, settings = {}) => {
    const before = result;
    result = run(name, backend, { ...others, [name === 'Add' ? 'a' : 'x']: before }, settings);
    release(backend, before);
  };
  if (row && ours === undefined) {
    addRow(floats(backend, result), floats(backend, bias), rectified);
    if (rectified) return result;
  } else if (bias !== undefined && !row) next('Add', { b: bias });
  if (activation === 'linear') return result;
  const kernel = activations[activation];
  if (kernel === undefined) {
    throw new RangeError(`fused.matMul: activation ${activation} is not known on wasm`);
  }
  next(kernel, alpha === undefined ? {} : { alpha }, { alpha: attrs.leakyreluAlpha ?? 0.2 });
  return result;
});

/** Whether a bias has one number for each column. */
function isRow({ shape, dtype }: tf.TensorInfo, columns: number): boolean {
  return dtype === 'float32' && shape.at(-1) === columns && tf.util.sizeFromShape(shape) === columns;
}

/** Adds a row to every row of a matrix, in place; with a rectifier that keeps NaN. */
function addRow(matrix: Float32Array, row: Float32Array, rectified: boolean): void {
  const columns = row.length;
  for (let at = 0; at < matrix.length; at += columns) {
    if (rectified) for (let i = 0; i < columns; i++) matrix[at + i] = Math.max(matrix[at + i]! + row[i]!, 0);
    else for (let i = 0; i < columns; i++) matrix[at + i] = matrix[at + i]! + row[i]!;
  }
}
