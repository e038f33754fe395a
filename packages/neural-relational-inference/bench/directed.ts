/**
 * Whether training finds directed trees: motions in which each vertex is drawn to its parent and moved by nothing else.
 *
 *   AIMLE_THREADS=1 node --conditions=@aimle/source --import tsx bench/directed.ts [vertices=5] [NAME=VALUE of the configuration]
 *
 * Prints the metrics of the test recordings before training and after every epoch. By chance precision is 1 / vertices.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '@aimle/datasets';
import { adam, useEngine, valueAndGradients } from '@aimle/engine';
import { fillNormal, fillUniform, foldIn, type Key, key, randomPermutation } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { neuralRelationalInference, type RelationalConfig } from '../src/index.js';

/** The share of the way to its parent that a vertex goes in a frame. */
const PULL = 0.25;
const FRAMES = 10;

/** Random trees away from a random root, which rests; positions [count, frames, 2, n], edges [count, n, n]. */
function drawn(count: number, vertices: number, origin: Key) {
  const positions = new Float32Array(count * FRAMES * 2 * vertices);
  const edges = new Uint8Array(count * vertices ** 2);
  const [choice, place] = [new Float64Array(vertices), new Float64Array(2 * vertices)];
  for (let i = 0; i < count; i++) {
    const own = foldIn(origin, i);
    const order = randomPermutation(foldIn(own, 'order'), vertices);
    fillUniform(foldIn(own, 'parents'), choice);
    fillNormal(foldIn(own, 'places'), place);
    const parent = new Int32Array(vertices).fill(-1);
    for (let v = 1; v < vertices; v++) {
      parent[order[v]!] = order[Math.floor(choice[v]! * v)]!;
      edges[(i * vertices + parent[order[v]!]!) * vertices + order[v]!] = 1;
    }
    let now = place;
    for (let t = 0; t < FRAMES; t++) {
      positions.set(now, (i * FRAMES + t) * 2 * vertices);
      now = now.map((x, at) => {
        const from = parent[at % vertices]!;
        return from < 0 ? x : x + PULL * (now[at - (at % vertices) + from]! - x);
      });
    }
  }
  return { positions, edges };
}

const asked = Object.fromEntries(
  process.argv.slice(2).map((setting) => setting.split('=') as [string, string]),
);
const { vertices: sized = '5', count: many = '3000', epochs: rounds = '10', ...changes } = asked;
const [vertices, count, epochs] = [Number(sized), Number(many), Number(rounds)];
const { name } = await useEngine('auto', { report: () => {} });

const folder = await mkdtemp(join(tmpdir(), 'directed-'));
const [recordings, edges] = [join(folder, 'positions.npy'), join(folder, 'edges.npy')];
const data = drawn(count, vertices, key(5));
await writeFile(
  recordings,
  writeNpy({ dtype: 'f4', shape: [count, FRAMES, 2, vertices], data: data.positions }),
);
await writeFile(edges, writeNpy({ dtype: 'u1', shape: [count, vertices, vertices], data: data.edges }));

const config: RelationalConfig = {
  ...neuralRelationalInference.presets.quick,
  starts: 1,
  structure: 'arborescence',
  data: recordings,
  edges,
  hidden: 32,
  validationCount: 0,
  ...Object.fromEntries(
    Object.entries(changes).map(([at, value]) => [at, Number.isNaN(Number(value)) ? value : Number(value)]),
  ),
};
neuralRelationalInference.check(config);
const session = await neuralRelationalInference.prepare(config, { folder: '', note: () => {} });
const optimiser = adam({ learningRate: config.learningRate });
const began = process.cpuUsage();
const say = async (epoch: number) => {
  const { elbo, precision } = await session.evaluate('test', key(1));
  const { user, system } = process.cpuUsage(began);
  const row = {
    epoch,
    steps: epoch * session.stepsPerEpoch,
    elbo,
    precision,
    cpuSeconds: (user + system) / 1e6,
  };
  process.stdout.write(`${JSON.stringify({ engine: name, vertices, ...row })}\n`);
};
await say(0);
for (let epoch = 0; epoch < epochs; epoch++) {
  for (let index = 0; index < session.stepsPerEpoch; index++) {
    const motion = session.batch(epoch, index);
    tf.tidy(() => {
      const { gradients } = valueAndGradients(session.model.parameters, () =>
        tf.mean(session.model.losses(motion, foldIn(key(2), epoch * session.stepsPerEpoch + index))),
      );
      optimiser.apply(session.model.parameters, gradients);
    });
    session.disposeBatch(motion);
  }
  await say(epoch + 1);
}
session.dispose();
await rm(folder, { recursive: true });
