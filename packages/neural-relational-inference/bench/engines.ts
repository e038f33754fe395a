/**
 * The same training steps on several engines: how far their losses are apart, and how long a step takes.
 *
 *   node --conditions=@aimle/source --import tsx bench/engines.ts [engines=cpu,native,webgpu] [steps=8] [NAME=VALUE of the configuration]
 *
 * One line an engine: the losses, the largest relative difference to those of the first, the largest difference of a
 * weight after the last step, the median time of a step by the clock and of the processors.
 */
import { type EngineName, useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import { neuralRelationalInference } from '../src/index.js';
import { asked, median, open, train } from './training.js';

const { quick } = neuralRelationalInference.presets;
const small = { starts: 1, trainCount: 512, validationCount: 0, testCount: 1 };
const { own, config } = asked({ engines: 'cpu,native,webgpu', steps: '8' }, { ...quick, ...small });

let first: { readonly losses: readonly number[]; readonly weights: Float32Array } | null = null;
for (const engine of own.engines.split(',') as EngineName[]) {
  const { device } = await useEngine(engine, { report: () => {} });
  const session = await open(config);
  const [losses, wall, cpu]: [number[], number[], number[]] = [[], [], []];
  await train(session, config, { steps: Number(own.steps), key: key(0) }, (_step, { loss, ms, cpuMs }) => {
    losses.push(loss);
    wall.push(ms);
    cpu.push(cpuMs);
  });
  const variables = [...session.model.parameters.values()];
  const weights = new Float32Array(variables.flatMap((variable) => [...variable.dataSync()]));
  first ??= { losses, weights };
  const apart = Math.max(...losses.map((loss, i) => Math.abs(loss / first!.losses[i]! - 1)));
  const weightsApart = weights.reduce((most, w, i) => Math.max(most, Math.abs(w - first!.weights[i]!)), 0);
  // The first step also compiles and warms up.
  const times = { ms: median(wall.slice(1)), cpuMs: median(cpu.slice(1)) };
  process.stdout.write(`${JSON.stringify({ engine, device, apart, weightsApart, ...times, losses })}\n`);
  session.dispose();
}
