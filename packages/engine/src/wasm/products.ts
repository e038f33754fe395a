import { type Products, startProducts } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { addresses } from './kernel.js';
import { multiplyOnThreads } from './threadedProduct.js';

/** The products of @aimle/kernels in a backend's memory, and the address of the room that they work in. */
interface Started {
  readonly products: Products;
  readonly room: number;
}

/** What Emscripten's module has, and the types of the backend leave out. */
interface EmscriptenModule {
  readonly asm?: { readonly memory?: unknown };
  _malloc(bytes: number): number;
}

const started = new WeakMap<BackendWasm, Started>();

/** Starts the products on a backend. Where they cannot run, XNNPACK goes on computing them. */
export async function addProducts(backend: BackendWasm): Promise<void> {
  const { asm, _malloc } = backend.wasm as unknown as EmscriptenModule;
  const products = await startProducts(asm?.memory);
  if (products !== null) started.set(backend, { products, room: _malloc(products.roomOfProducts()) });
}

/** The products on a backend, if they run there. */
export function productsOf(backend: BackendWasm): Products | undefined {
  return started.get(backend)?.products;
}

/** What to multiply: matrices in the last two axes, batches of them in the others, which are broadcast. */
export interface Factors {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** A number for each column of the product, which is added. */
  readonly bias?: tf.TensorInfo | undefined;
  /** Whether to take max(x, 0) of the sums, and NaN for NaN. */
  readonly rectified?: boolean;
}

/** Multiplies matrices, or returns undefined where the products do not run or the numbers are not float32. */
export function multiply(backend: BackendWasm, factors: Factors): tf.TensorInfo | undefined {
  const { a, b, transposeA, transposeB, bias, rectified = false } = factors;
  const { products, room } = started.get(backend) ?? {};
  if (products === undefined || a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const [m, k] = sides(a, transposeA);
  const [kb, n] = sides(b, transposeB);
  if (k !== kb) throw new RangeError(`matMul: inner sizes must be the same, got ${k} and ${kb}`);
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const result = backend.makeOutput([...outer, m, n], 'float32');
  const count = tf.util.sizeFromShape(outer);
  // Rows of a whole batch that share their right side are rows of one product.
  const single = count === 1 || (!transposeA && tf.util.sizeFromShape(batchB) === 1);
  const whole = { m: count * m, n, k, a, transposeA, b, transposeB, c: result, bias, rectified };
  if (single && multiplyOnThreads(backend, whole)) return result;
  const [atA, atB, atC] = addresses(backend, a, b, result);
  const [atBias = 0] = bias === undefined ? [] : addresses(backend, bias);
  const [stepA, stepB] = [BYTES * a.shape.at(-1)!, BYTES * b.shape.at(-1)!];
  const product = (rows: number, toA: number, toB: number, toC: number) =>
    products.multiply(
      rows,
      n,
      k,
      toA,
      stepA,
      transposeA,
      toB,
      stepB,
      transposeB,
      toC,
      BYTES * n,
      atBias,
      rectified,
      room!,
    );
  if (single) product(count * m, atA, atB, atC);
  else {
    const [whichA, whichB] = [broadcastIndices(batchA, outer), broadcastIndices(batchB, outer)];
    for (let i = 0; i < count; i++) {
      product(m, atA + BYTES * m * k * whichA(i), atB + BYTES * k * n * whichB(i), atC + BYTES * m * n * i);
    }
  }
  return result;
}

/** Sums the columns of a matrix, or returns undefined where the products do not run. */
export function sumColumns(
  backend: BackendWasm,
  x: tf.TensorInfo,
  rows: number,
  columns: number,
): tf.TensorInfo | undefined {
  const { products, room } = started.get(backend) ?? {};
  if (products === undefined) return undefined;
  const sums = backend.makeOutput([columns], 'float32');
  products.sumColumns(rows, columns, ...addresses(backend, x, sums), room!);
  return sums;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;

function sides({ shape }: tf.TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

/** Returns which element of a tensor an element of its broadcast comes from. */
function broadcastIndices(shape: readonly number[], outer: readonly number[]): (index: number) => number {
  if (tf.util.sizeFromShape([...shape]) === tf.util.sizeFromShape([...outer])) return (index) => index;
  const missing = outer.length - shape.length;
  return (index) => {
    let at = 0;
    let step = 1;
    for (let axis = outer.length - 1; axis >= missing; axis--) {
      const size = shape[axis - missing]!;
      if (size > 1) at += step * (index % outer[axis]!);
      step *= size;
      index = Math.floor(index / outer[axis]!);
    }
    return at;
  };
}
