import type { Memory } from '@aimle/kernels';

/** Numbers per call of a kernel: even, and few enough to stay in the first-level cache until they are copied. */
const CHUNK = 4096;
/** Fewer words than this are made sooner than a kernel is called: measured by bench/fillers.ts. */
export const FEW_WORDS = 32;

/**
 * Fills an array of 32-bit numbers by a kernel, a chunk at a time.
 *
 * @param fill - writes elements [first, first + count) to the address `at`
 */
export function fillByKernel(
  memory: Memory,
  out: Float32Array | Int32Array | Uint32Array,
  fill: (first: number, count: number, at: number) => void,
): void {
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length);
  const at = memory.scratch(4 * Math.min(CHUNK, out.length));
  for (let first = 0; first < out.length; first += CHUNK) {
    const count = Math.min(CHUNK, out.length - first);
    fill(first, count, at);
    words.set(memory.words(at, count), first);
  }
}
