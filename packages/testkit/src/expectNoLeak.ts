import { expect } from 'vitest';

/** The part of TensorFlow.js that is needed. It is a parameter, so that the caller's own copy is counted. */
export interface TensorMemory {
  memory(): { numTensors: number; numDataBuffers: number };
}

/**
 * Fails if a piece of work leaks tensors. It runs three times: the first run may create lasting tensors (weights,
 * optimiser slots, caches); after the second and the third the count must be unchanged.
 *
 * @example
 * ```ts no-run
 * import { expectNoLeak } from '@aimle/testkit';
 * declare const tf: { memory(): { numTensors: number; numDataBuffers: number } };
 * declare function step(): void;
 *
 * await expectNoLeak(tf, step);
 * ```
 */
export async function expectNoLeak(tf: TensorMemory, work: () => unknown): Promise<void> {
  await work();
  const before = countOf(tf);
  for (let run = 0; run < 2; run += 1) {
    await work();
    expect(countOf(tf), 'tensors and buffers alive after the work, against before it').toEqual(before);
  }
}

function countOf(tf: TensorMemory): { tensors: number; buffers: number } {
  const { numTensors, numDataBuffers } = tf.memory();
  return { tensors: numTensors, buffers: numDataBuffers };
}
