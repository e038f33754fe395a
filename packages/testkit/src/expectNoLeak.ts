import { expect } from 'vitest';

/** What is asked of TensorFlow.js; it is passed in, so that the caller's own copy is the one that is counted. */
export interface TensorMemory {
  memory(): { numTensors: number; numDataBuffers: number };
}

/**
 * Fails when a piece of work leaves tensors behind. It runs three times: the first may create what lives
 * on (weights, optimiser slots, caches); after the second and the third the count must be what it was.
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
