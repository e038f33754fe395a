/**
 * Measures what operations on webgpu in Node leave in JavaScript's heap, in a loop that never yields to the event
 * loop and in one that yields at times:
 *
 *   VK_DRIVER_FILES=... NODE_PATH=FOLDER/node_modules node --expose-gc --conditions=@aimle/source --import tsx bench/turns.ts
 */
import * as tf from '@tensorflow/tfjs';
import { useEngine } from '../src/index.js';

await useEngine('webgpu', { report: () => {} });
const heap = () => {
  globalThis.gc?.();
  return Math.round((process.memoryUsage().heapUsed / 2 ** 20) * 10) / 10;
};
/** Twenty operations a round, and a read every ten rounds. */
async function rounds(count: number, turns: boolean): Promise<void> {
  for (let round = 1; round <= count; round++) {
    tf.tidy(() => {
      let x: tf.Tensor = tf.ones([64, 64]);
      for (let i = 0; i < 10; i++) x = x.add(1).mul(0.5);
      if (round % 10 === 0) x.dataSync();
    });
    if (turns && round % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

for (const turns of [false, true]) {
  const before = heap();
  await rounds(1000, turns);
  process.stdout.write(`${JSON.stringify({ turns, operations: 20_000, before, after: heap() })}\n`);
}
