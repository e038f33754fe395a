/**
 * Time of a training step of the preset `paper`, by the clock and of the processors, at one frame predicted and at nine:
 *
 *   AIMLE_THREADS=1 node --conditions=@aimle/source --import tsx bench/step.ts [steps=8] [NAME=VALUE of the configuration]
 */
import { type EngineName, useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference } from '../src/index.js';
import { asked, median, open, train } from './training.js';

const { paper } = neuralRelationalInference.presets;
const small = { trainCount: 4 * paper.batchSize, validationCount: 0, testCount: 1 };
const { own, config } = asked({ steps: '8' }, { ...paper, ...small });
const asEngine = (process.env['AIMLE_ENGINE'] as EngineName | undefined) ?? 'auto';
const { name: engine } = await useEngine(asEngine, { report: () => {} });

for (const predictionSteps of [9, 1]) {
  const session = await open({ ...config, predictionSteps });
  const [wall, cpu]: [number[], number[]] = [[], []];
  // The first two steps also compile and warm up.
  await train(session, config, { steps: Number(own.steps) + 2, key: key(0) }, (step, { ms, cpuMs }) => {
    if (step <= 2) return;
    wall.push(ms);
    cpu.push(cpuMs);
  });
  const tensors = tf.memory().numTensors;
  const line = {
    predictionSteps,
    hidden: config.hidden,
    engine,
    ms: median(wall),
    cpuMs: median(cpu),
    tensors,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  session.dispose();
}
