/**
 * What 10,000 training steps of a small model leave behind: tensors, their bytes, JavaScript's heap after collection, and
 * what the process takes of the machine's memory.
 *
 *   AIMLE_THREADS=1 node --expose-gc --conditions=@aimle/source --import tsx bench/memory.ts [steps=10000] [NAME=VALUE of the configuration]
 */
import { adam, useEngine, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference, type RelationalConfig } from '../src/index.js';

const asked = Object.fromEntries(
  process.argv.slice(2).map((setting) => setting.split('=') as [string, string]),
);
const { steps: many = '10000', ...changes } = asked;
const steps = Number(many);
const { name } = await useEngine('auto', { report: () => {} });

const config: RelationalConfig = {
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
  ...Object.fromEntries(
    Object.entries(changes).map(([at, value]) => [at, Number.isNaN(Number(value)) ? value : Number(value)]),
  ),
};
neuralRelationalInference.check(config);
const session = await neuralRelationalInference.prepare(config, { folder: '', note: () => {} });
const { model, stepsPerEpoch } = session;
const optimiser = adam({ learningRate: config.learningRate });

const say = (step: number) => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { numTensors, numBytes } = tf.memory();
  const mebibytes = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
  const cpuSeconds = Math.round(process.cpuUsage().user / 1e5) / 10;
  const row = {
    engine: name,
    step,
    numTensors,
    numBytes,
    rss: mebibytes(rss),
    heap: mebibytes(heapUsed),
    cpuSeconds,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
};
for (let step = 0; step < steps; step++) {
  const motion = session.batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
  tf.tidy(() => {
    const { gradients } = valueAndGradients(model.parameters, () =>
      tf.mean(model.losses(motion, foldIn(key(0), step))),
    );
    optimiser.apply(model.parameters, gradients);
  });
  session.disposeBatch(motion);
  // As training does, at times: on webgpu what is not needed is let go in turns of the event loop.
  if (step % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  if (step === 99 || (step + 1) % 1000 === 0) {
    await session.evaluate('test', key(1));
    say(step + 1);
  }
}
session.dispose();
