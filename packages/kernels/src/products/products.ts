import { type Assembly, decode, webAssembly } from '../host.js';

/**
 * Products of float32 matrices in the memory of an engine, and what else its training steps need. All arguments are
 * addresses there, counts, and steps in bytes from row to row.
 *
 * @experimental
 */
export interface Products {
  /** The bytes of room that `multiply` works in. */
  roomOfProducts(): number;
  /**
   * Computes c = a b, plus a row `bias` unless that is 0, then max(x, 0) where `rectified`. `a` is [m, k], or [k, m]
   * where transposed; `b` is [k, n], or [n, k]; `c` is [m, n] and overlaps neither.
   */
  multiply(
    m: number,
    n: number,
    k: number,
    a: number,
    aStep: number,
    aTransposed: boolean,
    b: number,
    bStep: number,
    bTransposed: boolean,
    c: number,
    cStep: number,
    bias: number,
    rectified: boolean,
    room: number,
  ): void;
  /** Writes the transpose of a matrix. */
  transpose(rows: number, columns: number, from: number, fromStep: number, to: number, toStep: number): void;
  /** Sums the columns of a matrix in float64, row by row. `room` holds 1024 doubles. */
  sumColumns(rows: number, columns: number, from: number, to: number, room: number): void;
  /** Writes min(max(x, low), high), and NaN for NaN. */
  clamp(count: number, x: number, low: number, high: number, to: number): void;
  /** Writes the larger of two numbers, NaN if either is NaN. */
  largerOf(count: number, x: number, y: number, to: number): void;
  /** Writes the smaller of two numbers, NaN if either is NaN. */
  smallerOf(count: number, x: number, y: number, to: number): void;
  /** Writes dy times 1 where y is above 0, NaN where it is NaN, else 0. */
  rectifierGradient(count: number, dy: number, y: number, to: number): void;
  /** Copies rows of numbers of four bytes. */
  copyRows(rows: number, columns: number, from: number, fromStep: number, to: number, toStep: number): void;
  /** Copies the rows with the given indices; returns how many come before an index out of range. */
  gatherRows(count: number, indices: number, rows: number, columns: number, from: number, to: number): number;
  /** Adds each row to the one of `sums` with its index; rows with an index out of range are left out. */
  scatterAddRows(
    count: number,
    indices: number,
    from: number,
    columns: number,
    rows: number,
    sums: number,
  ): void;
}

/**
 * Starts the products in the memory of an engine, so that operands need not be copied, or returns `null`: without
 * WebAssembly SIMD, under a policy that forbids compilation, with `AIMLE_KERNELS=off`, or where `memory` is none. The
 * wasm engine calls this when it starts.
 *
 * Where the machine has the relaxed multiply-add (Node 22, Chrome 114), which rounds once, sums come out of it; elsewhere
 * each product is rounded by itself. So results differ between machines in their last bits, and are the same each time on
 * one. The error of an element is at most (k + 1) 2^-24 times the sum of |a b|, but for underflow.
 *
 * @experimental
 * @param memory - a `WebAssembly.Memory` with a maximum, that is not shared.
 * @example
 * ```ts
 * import { startProducts } from '@aimle/kernels';
 * await startProducts(undefined); // => null
 * ```
 */
export async function startProducts(memory: unknown): Promise<Products | null> {
  const wasm = webAssembly();
  if (wasm === undefined || !(memory instanceof wasm.Memory)) return null;
  try {
    return (await loadProducts(wasm, memory, false)).products;
  } catch {
    // As in useKernels: whoever asked has another way, which is as right.
    return null;
  }
}

/** Starts the products in a memory, and returns their module for other threads. */
export async function loadProducts(
  wasm: Assembly,
  memory: object,
  shared: boolean,
): Promise<{ module: object; products: Products }> {
  const relaxed = wasm.validate(relaxedMultiplyAdd);
  const { base64, SHARED_FLAG } = await (relaxed
    ? import('./relaxed/module.js')
    : import('./plain/module.js'));
  const bytes = decode(base64);
  if (!shared) bytes[SHARED_FLAG] = 1;
  const { module, instance } = await wasm.instantiate(bytes, { env: { memory } });
  return { module, products: instance.exports as Products };
}

/** A module of one function: (a: v128) => f32x4.relaxed_madd(a, a, a). */
const relaxedMultiplyAdd = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 6, 1, 96, 1, 123, 1, 123],
  ...[3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 0, 32, 0, 253, 133, 2, 11],
);
