import { type Kernels, kernels, type Team } from '@aimle/kernels';
import type * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { floats } from './kernel.js';

/** One product of matrices c = a b: [m, k] times [k, n], each of which may lie transposed. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: tf.TensorInfo;
  readonly transposeA: boolean;
  readonly b: tf.TensorInfo;
  readonly transposeB: boolean;
  readonly c: tf.TensorInfo;
  readonly bias?: tf.TensorInfo | undefined;
  readonly rectified: boolean;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Nanoseconds for a multiplication with its addition, and to copy a number. */
const MULTIPLY = 0.05;
const COPY = 0.5;
/** Rows of a tile, and of a task of a large product. */
const TILE = 6;
const BAND = 240;
/** Numbers: matrices beyond are not worth the memory for another copy. */
const MAX_NUMBERS = 2 ** 24;

/**
 * Computes a product on all threads, unless the product alone takes less time than copying: the threads share another
 * memory than the engine's. Each task has a band of rows of `a` and `c`; every number is what one thread computes.
 * Returns whether it did.
 */
export function multiplyOnThreads(backend: BackendWasm, product: Product): boolean {
  const { m, n, k } = product;
  const found = kernels();
  if (found === null || found.threads === 1 || m < 2 * TILE || m * k + k * n + m * n > MAX_NUMBERS)
    return false;
  const alone = MULTIPLY * m * n * k;
  const copies = COPY * (m * k + k * n + 2 * m * n);
  if (alone * (1 - 1 / found.threads) < 1.5 * copies) return false;
  const team = found.team(alone);
  if (team.threads === 1) return false;
  spread(backend, product, found, team);
  return true;
}

function spread(backend: BackendWasm, product: Product, { memory, roomOfProducts }: Kernels, team: Team) {
  const { m, n, k, a, transposeA, b, transposeB, c, bias, rectified } = product;
  const [from, to] = [floats(backend, a), floats(backend, c)];
  const atLeast = Math.max(Math.min(team.threads, Math.floor(m / (2 * TILE))), Math.ceil(m / BAND));
  const rows = TILE * Math.ceil(m / atLeast / TILE);
  const heightOf = (task: number) => Math.min(rows, m - task * rows);
  const { shared, own, slots } = team.reserve({
    shared: [BYTES * k * n, BYTES * n, transposeA ? BYTES * m * k : 0],
    own: [roomOfProducts()],
    slot: [BYTES * rows * n, transposeA ? 0 : BYTES * rows * k],
  });
  const [atB, atBias, atA] = shared as [number, number, number];
  memory.floats(atB, k * n).set(floats(backend, b));
  if (bias !== undefined) memory.floats(atBias, n).set(floats(backend, bias));
  if (transposeA) memory.floats(atA, m * k).set(from);
  team.run({
    tasks: Math.ceil(m / rows),
    perform(calls, task, slot) {
      const [out, band] = slots[slot] as [number, number];
      const [top, height] = [task * rows, heightOf(task)];
      if (!transposeA) memory.floats(band, height * k).set(from.subarray(top * k, (top + height) * k));
      calls.multiply(
        height,
        n,
        k,
        transposeA ? atA + BYTES * top : band,
        BYTES * (transposeA ? m : k),
        transposeA,
        atB,
        BYTES * (transposeB ? k : n),
        transposeB,
        out,
        BYTES * n,
        bias === undefined ? 0 : atBias,
        rectified,
        own[0]!,
      );
    },
    finish(task, slot) {
      to.set(memory.floats(slots[slot]![0]!, heightOf(task) * n), task * rows * n);
    },
  });
}
