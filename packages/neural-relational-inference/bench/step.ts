/**
 * Time of a training step of the preset `paper`, by the clock and of the processors, at one frame predicted and at nine:
 *
 *   AIMLE_THREADS=1 node --conditions=@aimle/source --import tsx bench/step.ts [steps=8] [hidden=256]
 */
import { adam, useEngine, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference } from '../src/index.js';

const asked = Object.fromEntries(
  process.argv.slice(2).map((setting) => setting.split('=') as [string, string]),
);
const steps = Number(asked['steps'] ?? 8);
const hidden = Number(asked['hidden'] ?? 256);
const { name } = await useEngine((process.env['AIMLE_ENGINE'] as 'auto' | undefined) ?? 'auto', {
  report: () => {},
});

for (const predictionSteps of [9, 1]) {
  const config = {
    ...neuralRelationalInference.presets.paper,
    hidden,
    predictionSteps,
    trainCount: 128 * 4,
    validationCount: 0,
    testCount: 1,
  };
  const session = await neuralRelationalInference.prepare(config, { folder: '', note: () => {} });
  const optimiser = adam({ learningRate: config.learningRate });
  const figures: { wall: number; cpu: number }[] = [];
  for (let step = 0; step < steps + 2; step++) {
    const motion = session.batch(0, step % session.stepsPerEpoch);
    const [began, before] = [performance.now(), process.cpuUsage()];
    const { value, gradients } = valueAndGradients(session.model.parameters, () =>
      tf.mean(session.model.losses(motion, foldIn(key(0), step))),
    );
    optimiser.apply(session.model.parameters, gradients);
    await value.data();
    const { user, system } = process.cpuUsage(before);
    if (step >= 2) figures.push({ wall: performance.now() - began, cpu: (user + system) / 1e3 });
    tf.dispose([value, ...gradients.values()]);
    session.disposeBatch(motion);
  }
  const median = (of: 'wall' | 'cpu') => figures.map((each) => each[of]).sort((a, b) => a - b)[steps >> 1]!;
  process.stdout.write(
    `${JSON.stringify({ predictionSteps, hidden, engine: name, ms: Math.round(median('wall')), cpuMs: Math.round(median('cpu')), tensors: tf.memory().numTensors })}\n`,
  );
  session.dispose();
}
