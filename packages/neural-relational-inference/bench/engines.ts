/**
 * The same training steps on several engines: how far their losses are apart, and how long a step takes.
 *
 *   node --conditions=@aimle/source --import tsx bench/engines.ts [engines=cpu,native,webgpu] [steps=8] [NAME=VALUE of the configuration]
 *
 * One line an engine: the losses, the largest relative difference to those of the first, the largest difference of a
 * weight after the last step, the median time of a step by the clock and of the processors.
 */
import { adam, type EngineName, useEngine, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference, type RelationalConfig } from '../src/index.js';

const asked = Object.fromEntries(
  process.argv.slice(2).map((setting) => setting.split('=') as [string, string]),
);
const { engines = 'cpu,native,webgpu', steps: many = '8', ...changes } = asked;
const steps = Number(many);
const config: RelationalConfig = {
  ...neuralRelationalInference.presets.quick,
  starts: 1,
  trainCount: 512,
  validationCount: 0,
  testCount: 1,
  ...Object.fromEntries(
    Object.entries(changes).map(([at, value]) => [at, Number.isNaN(Number(value)) ? value : Number(value)]),
  ),
};
neuralRelationalInference.check(config);

let first: { readonly losses: readonly number[]; readonly weights: Float32Array } | null = null;
for (const name of engines.split(',') as EngineName[]) {
  const { device } = await useEngine(name, { report: () => {} });
  const { model, batch, disposeBatch, stepsPerEpoch, dispose } = await neuralRelationalInference.prepare(
    config,
    { folder: '', note: () => {} },
  );
  const optimiser = adam({ learningRate: config.learningRate });
  const [losses, wall, cpu]: [number[], number[], number[]] = [[], [], []];
  for (let step = 0; step < steps; step++) {
    const motion = batch(0, step % stepsPerEpoch);
    const [began, before] = [performance.now(), process.cpuUsage()];
    const loss = tf.tidy(() => {
      const { value, gradients } = valueAndGradients(model.parameters, () =>
        tf.mean(model.losses(motion, foldIn(key(0), step))),
      );
      optimiser.apply(model.parameters, gradients);
      return value;
    });
    losses.push((await loss.data())[0]!);
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - began);
    cpu.push((user + system) / 1e3);
    loss.dispose();
    disposeBatch(motion);
  }
  const weights = new Float32Array([...model.parameters.values()].flatMap((each) => [...each.dataSync()]));
  first ??= { losses, weights };
  const apart = Math.max(...losses.map((loss, i) => Math.abs(loss / first!.losses[i]! - 1)));
  const weightsApart = weights.reduce((most, w, i) => Math.max(most, Math.abs(w - first!.weights[i]!)), 0);
  // The first step also compiles and warms up.
  const median = (of: readonly number[]) =>
    Math.round(of.slice(1).sort((a, b) => a - b)[(of.length - 1) >> 1]!);
  const line = { engine: name, device, apart, weightsApart, ms: median(wall), cpuMs: median(cpu), losses };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  dispose();
}
