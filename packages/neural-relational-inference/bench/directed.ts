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
import { useEngine } from '@aimle/engine';
import { fillNormal, fillUniform, foldIn, type Key, key, randomPermutation } from '@aimle/random';
import { neuralRelationalInference } from '../src/index.js';
import { asked, open, train } from './training.js';

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

const folder = await mkdtemp(join(tmpdir(), 'directed-'));
const [recordings, edges] = [join(folder, 'positions.npy'), join(folder, 'edges.npy')];
const { own, config } = asked(
  { vertices: '5', count: '3000', epochs: '10' },
  {
    ...neuralRelationalInference.presets.quick,
    starts: 1,
    structure: 'arborescence',
    data: recordings,
    edges,
    hidden: 32,
    validationCount: 0,
  },
);
const [vertices, count, epochs] = [Number(own.vertices), Number(own.count), Number(own.epochs)];
const { name: engine } = await useEngine('auto', { report: () => {} });
const data = drawn(count, vertices, key(5));
const shape = [count, FRAMES, 2, vertices];
await writeFile(recordings, writeNpy({ dtype: 'f4', shape, data: data.positions }));
await writeFile(edges, writeNpy({ dtype: 'u1', shape: [count, vertices, vertices], data: data.edges }));

const session = await open(config);
const began = process.cpuUsage();
const say = async (steps: number) => {
  const { elbo, precision } = await session.evaluate('test', key(1));
  const { user, system } = process.cpuUsage(began);
  const row = {
    epoch: steps / session.stepsPerEpoch,
    steps,
    elbo,
    precision,
    cpuSeconds: (user + system) / 1e6,
  };
  process.stdout.write(`${JSON.stringify({ engine, vertices, ...row })}\n`);
};
await say(0);
await train(session, config, { steps: epochs * session.stepsPerEpoch, key: key(2) }, (step) =>
  step % session.stepsPerEpoch === 0 ? say(step) : null,
);
session.dispose();
await rm(folder, { recursive: true });
