import * as tf from '@tensorflow/tfjs';
import { floats, release, run, shim } from './kernel.js';

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
 * Computes product, bias and activation. Where it does not use XNNPACK, the stock kernel is slow and wrong: it adds
 * the bias and clamps once for each block of 48 inner elements.
 */
export const fusedMatMul = shim<Inputs, Attributes>('_FusedMatMul', () => ({ inputs, backend, attrs }) => {
  const { a, b, bias, preluActivationWeights: alpha } = inputs;
  const { transposeA, transposeB, activation } = attrs;
  let result = run('BatchMatMul', backend, { a, b }, { transposeA, transposeB });
  const next = (name: string, others: Record<string, tf.TensorInfo | undefined>, settings = {}) => {
    const before = result;
    result = run(name, backend, { ...others, [name === 'Add' ? 'a' : 'x']: before }, settings);
    release(backend, before);
  };
  if (bias !== undefined && isRow(bias, result)) {
    addRow(floats(backend, result), floats(backend, bias), activation === 'relu');
    if (activation === 'relu') return result;
  } else if (bias !== undefined) next('Add', { b: bias });
  if (activation === 'linear') return result;
  const kernel = activations[activation];
  if (kernel === undefined) {
    throw new RangeError(`fused.matMul: activation ${activation} is not known on wasm`);
  }
  next(kernel, alpha === undefined ? {} : { alpha }, { alpha: attrs.leakyreluAlpha ?? 0.2 });
  return result;
});

/** Whether a bias has one number for each column. */
function isRow(bias: tf.TensorInfo, { shape }: tf.TensorInfo): boolean {
  return tf.util.sizeFromShape(bias.shape) === shape.at(-1);
}

/** Adds a row to every row of a matrix, in place; with a rectifier that keeps NaN. */
function addRow(matrix: Float32Array, row: Float32Array, rectified: boolean): void {
  const columns = row.length;
  for (let at = 0; at < matrix.length; at += columns) {
    if (rectified) for (let i = 0; i < columns; i++) matrix[at + i] = Math.max(matrix[at + i]! + row[i]!, 0);
    else for (let i = 0; i < columns; i++) matrix[at + i] = matrix[at + i]! + row[i]!;
  }
}
