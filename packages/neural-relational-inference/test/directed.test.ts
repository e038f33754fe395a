import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { batchOf, RelationalNetwork, simulateGraphLayout } from '../src/index.js';

const vertices = 4;
const edge = (from: number, to: number): number => from * (vertices - 1) + (to < from ? to : to - 1);
const pairs = Array.from(
  { length: vertices ** 2 },
  (_, p) => [Math.floor(p / vertices), p % vertices] as const,
).filter(([from, to]) => from !== to);
const sizes = { vertices, frames: 3, dimensions: 2, hidden: 5 } as const;
const start = () => new RelationalNetwork({ ...sizes, directed: true }, key(1));
const motions = simulateGraphLayout({ count: 1, vertices, frames: 3, key: key(2) });
const whole = { min: -1, max: 1 };
const evaluation = { training: false } as const;

test('a directed edge moves the vertex that it leads to, and no other', () => {
  const network = start();
  const motion = batchOf(motions, [0], whole);
  const predicted = (z: Float32Array) =>
    network.decode(motion, tf.tensor3d(z, [1, 1, 12]), 1, evaluation).dataSync<'float32'>();
  const none = predicted(new Float32Array(12));
  for (const [from, to] of pairs) {
    const z = new Float32Array(12);
    z[edge(from, to)] = 1;
    const moved = new Set<number>();
    predicted(z).forEach((value, i) => {
      if (Math.abs(value - none[i]!) > 1e-6) moved.add(i % vertices);
    });
    expect([...moved], `${from} -> ${to}`).toEqual([to]);
  }
  network.dispose();
});

test('scores of directed edges follow their vertices, and differ from those of their opposites', () => {
  const network = start();
  const theta = network.encode(batchOf(motions, [0], whole), evaluation).dataSync();
  const order = [2, 0, 3, 1];
  const positions = motions.positions.map(
    (_, i) => motions.positions[i - (i % vertices) + order[i % vertices]!]!,
  );
  const permuted = network.encode(batchOf({ ...motions, positions }, [0], whole), evaluation).dataSync();
  for (const [from, to] of pairs) {
    expect(permuted[edge(from, to)]).toBeCloseTo(theta[edge(order[from]!, order[to]!)]!, 5);
  }
  expect(Math.abs(theta[edge(0, 1)]! - theta[edge(1, 0)]!)).toBeGreaterThan(1e-4);
  network.dispose();
});

test('pairs that are not joined start with weak messages if edges are directed', () => {
  const before = tf.memory().numTensors;
  const [network, undirected] = [start(), new RelationalNetwork({ ...sizes, directed: false }, key(1))];
  for (const name of ['decoder.msg_fc2.0.weight', 'decoder.msg_fc2.0.bias']) {
    const [quiet, stock] = [network, undirected].map(({ parameters }) => parameters.get(name)!.dataSync());
    quiet!.forEach((value, i) => {
      expect(value).toBeCloseTo(stock![i]! / 10, 6);
    });
  }
  const joined = 'decoder.msg_fc2.1.weight';
  expect(network.parameters.get(joined)!.dataSync()).toEqual(undirected.parameters.get(joined)!.dataSync());
  network.dispose();
  undirected.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
