import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { as, floats, type KernelCall, release, run, shim } from './kernel.js';
import { multiply } from './products.js';

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

type Kernel = (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo;

/** With fewer multiplications for each matrix of a batch, starting XNNPACK costs more than it saves. */
const worthwhile = 16_384;

/**
 * Multiplies matrices, by our own products where they run. Elsewhere by the stock kernel, which uses XNNPACK only for
 * single matrices that are not transposed, and a scalar loop, 15 times slower, for everything else, which includes every
 * gradient: there transposes are made explicit, and batches are folded into one product or split into single ones.
 */
export const batchMatMul = shim<Inputs, Attributes>('BatchMatMul', (stock) => {
  const single = singleProduct(stock);
  return ({ inputs, backend, attrs }) => {
    const ours = multiply(backend, { ...inputs, ...attrs });
    if (ours !== undefined) return ours;
    const a = untransposed(backend, inputs.a, attrs.transposeA);
    const b = untransposed(backend, inputs.b, attrs.transposeB);
    const [batchA, m, k] = a.matrices.shape as [number, number, number];
    const [batchB, kb, n] = b.matrices.shape as [number, number, number];
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(
      inputs.a.shape.slice(0, -2),
      inputs.b.shape.slice(0, -2),
    );
    const shape = [...outer, m, n];
    const batch = tf.util.sizeFromShape(outer);
    if (k !== kb) {
      throw new RangeError(`matMul: inner sizes must be the same, got ${k} and ${kb}`);
    }
    let product: tf.TensorInfo;
    if (m * k * n * batch === 0) product = zeros(backend, shape);
    else if (batchB === 1) product = single(backend, as(a.matrices, [1, batchA * m, k]), b.matrices);
    else if (batchA === 1) product = sharedLeft(backend, single, a.matrices, b.matrices);
    else if (batchA !== batch || batchB !== batch) {
      const [left, right] = [a.matrices, b.matrices].map((x, side) =>
        broadcast(backend, x, (side === 0 ? inputs.a : inputs.b).shape.slice(0, -2), outer),
      ) as [tf.TensorInfo, tf.TensorInfo];
      product = oneByOne(backend, single, left, right);
      release(backend, left, right);
    } else if (m * k * n < worthwhile) {
      product = stock({
        inputs: { a: a.matrices, b: b.matrices },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
    } else product = oneByOne(backend, single, a.matrices, b.matrices);
    a.done();
    b.done();
    return as(product, shape);
  };
});

type SingleProduct = (backend: BackendWasm, a: tf.TensorInfo, b: tf.TensorInfo) => tf.TensorInfo;

/**
 * XNNPACK keeps `b` packed as long as it lives, and the stock kernel finds the packing by the tensor's memory only. A
 * reshaped `b` would get the packing of its other shape, so it is copied.
 */
function singleProduct(stock: Kernel): SingleProduct {
  const packedColumns = new WeakMap<object, number>();
  const attrs = { transposeA: false, transposeB: false };
  return (backend, a, b) => {
    const columns = b.shape[2]!;
    const known = packedColumns.get(b.dataId);
    if (known !== undefined && known !== columns) {
      const copy = backend.makeOutput(b.shape, b.dtype);
      floats(backend, copy).set(floats(backend, b));
      const product = stock({ inputs: { a, b: copy }, backend, attrs });
      release(backend, copy);
      return product;
    }
    packedColumns.set(b.dataId, columns);
    return stock({ inputs: { a, b }, backend, attrs });
  };
}

/** Returns the tensor as a batch of matrices [batch, rows, columns], none of them transposed. */
function untransposed(backend: BackendWasm, x: tf.TensorInfo, transposed: boolean) {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const matrices = as(x, [tf.util.sizeFromShape(x.shape.slice(0, -2)), rows, columns]);
  if (!transposed) return { matrices, done: () => {} };
  const turned = run('Transpose', backend, { x: matrices }, { perm: [0, 2, 1] });
  return { matrices: turned, done: () => release(backend, turned) };
}

/** Computes a b[i] for every i as one product, a [b[0] b[1] ...]. */
function sharedLeft(backend: BackendWasm, single: SingleProduct, a: tf.TensorInfo, b: tf.TensorInfo) {
  const [batch, k, n] = b.shape as [number, number, number];
  const m = a.shape[1]!;
  const side = run('Transpose', backend, { x: b }, { perm: [1, 0, 2] });
  const product = single(backend, a, as(side, [1, k, batch * n]));
  const result = run('Transpose', backend, { x: as(product, [m, batch, n]) }, { perm: [1, 0, 2] });
  release(backend, side, product);
  return result;
}

/** Repeats a batch of matrices [batch, rows, columns] so that it has the outer shape. */
function broadcast(
  backend: BackendWasm,
  x: tf.TensorInfo,
  batch: readonly number[],
  outer: readonly number[],
) {
  const [, rows, columns] = x.shape as [number, number, number];
  const inner = [...Array<number>(outer.length - batch.length).fill(1), ...batch];
  const reps = [...outer.map((size, axis) => (inner[axis] === size ? 1 : size)), 1, 1];
  const tiled = run('Tile', backend, { x: as(x, [...inner, rows, columns]) }, { reps });
  return as(tiled, [tf.util.sizeFromShape([...outer]), rows, columns]);
}

function oneByOne(backend: BackendWasm, single: SingleProduct, a: tf.TensorInfo, b: tf.TensorInfo) {
  const [batch, m, k] = a.shape as [number, number, number];
  const n = b.shape[2]!;
  const result = backend.makeOutput([batch, m, n], 'float32');
  const left = backend.makeOutput([1, m, k], 'float32');
  for (let i = 0; i < batch; i++) {
    const right = backend.makeOutput([1, k, n], 'float32');
    floats(backend, left).set(floats(backend, a).subarray(i * m * k, (i + 1) * m * k));
    floats(backend, right).set(floats(backend, b).subarray(i * k * n, (i + 1) * k * n));
    const product = single(backend, left, right);
    floats(backend, result).set(floats(backend, product), i * m * n);
    release(backend, right, product);
  }
  release(backend, left);
  return result;
}

function zeros(backend: BackendWasm, shape: number[]): tf.TensorInfo {
  const result = backend.makeOutput(shape, 'float32');
  floats(backend, result).fill(0);
  return result;
}
