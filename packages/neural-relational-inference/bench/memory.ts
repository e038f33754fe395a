/**
 * What 10,000 training steps of a small model leave behind: tensors, their bytes, JavaScript's heap after collection, and
 * what the process takes of the machine's memory.
 *
 *   AIMLE_THREADS=1 node --expose-gc --conditions=@aimle/source --import tsx bench/memory.ts [steps=10000] [NAME=VALUE of the configuration]
 */
import { useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference } from '../src/index.js';
import { asked, open, train } from './training.js';

const { own, config } = asked(
  { steps: '10000' },
  {
    ...neuralRelationalInference.presets.quick,
    starts: 1,
    vertices: 4,
    frames: 5,
    predictionSteps: 1,
    hidden: 8,
    batchSize: 8,
    trainCount: 64,
    validationCount: 0,
    testCount: 16,
  },
);
const { name: engine } = await useEngine('auto', { report: () => {} });
const session = await open(config);
const tenths = (value: number): number => Math.round(value * 10) / 10;

await train(session, config, { steps: Number(own.steps), key: key(0) }, async (step) => {
  // As training does, at times: on webgpu what is not needed is let go in turns of the event loop.
  if (step % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  if (step !== 100 && step % 1000 !== 0) return;
  await session.evaluate('test', key(1));
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { numTensors, numBytes } = tf.memory();
  const memory = { numTensors, numBytes, rss: tenths(rss / 2 ** 20), heap: tenths(heapUsed / 2 ** 20) };
  const line = { engine, step, ...memory, cpuSeconds: tenths(process.cpuUsage().user / 1e6) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
session.dispose();
