import { useEngine } from '@aimle/engine';
import { batchOf, edgesOf, scaleOf, simulateGraphLayout } from '@aimle/neural-relational-inference';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Law } from '../src/playgrounds/trees/law.js';
import { FRAMES, SHOWN, TreesModel } from '../src/playgrounds/trees/model.js';
import { positionsAt } from '../src/playgrounds/trees/scene.js';

beforeAll(() => useEngine('wasm', { report: () => {} }));

describe('the law of motion', () => {
  const vertices = 6;
  const motions = simulateGraphLayout({ count: 20, vertices, frames: FRAMES, key: key(3) });
  const all = Array.from({ length: 20 }, (_, i) => i);

  function errorOf(
    numbers: readonly [pull: number, push: number, strength: number, step: number],
    edges: Float32Array,
  ) {
    const law = new Law(vertices);
    [...law.parameters.values()].forEach((parameter, i) => {
      parameter.assign(tf.scalar(numbers[i]!));
    });
    const error = tf.tidy(() => {
      const motion = batchOf(motions, all, scaleOf(motions));
      const predicted = law.predict(motion, tf.tensor3d(edges, [20, 1, edges.length / 20]));
      const true_ = motion.slice([0, 1, 0, 0], [20, FRAMES - 1, 2, vertices]).expandDims(1);
      return predicted.sub(true_).abs().mean().dataSync()[0]!;
    });
    law.dispose();
    return error;
  }
  // The simulator's: c = 1 / k^3 with k^2 = 1 / vertices.
  const truth = [2, -1, 1.5 * Math.log(vertices), Math.log(0.1)] as const;

  test('with the numbers and the trees of the simulator predicts its motion', () => {
    expect(errorOf(truth, edgesOf(motions, all))).toBeLessThan(2e-3);
  });

  test('with other trees, or other numbers, does not', () => {
    const edges = edgesOf(motions, all);
    const shifted = edgesOf(
      motions,
      all.map((i) => (i + 1) % 20),
    );
    expect(errorOf(truth, shifted)).toBeGreaterThan(0.03);
    expect(errorOf([2, -1, 0, Math.log(0.1)], edges)).toBeGreaterThan(0.03);
    expect(errorOf([2, -1, truth[2], Math.log(0.05)], edges)).toBeGreaterThan(0.02);
  });
});

describe('the model of trees', () => {
  test('finds more true edges than chance without ever seeing one', () => {
    const model = new TreesModel({ seed: 1, vertices: 6 });
    for (let step = 0; step < 40; step++) model.step();
    const { precision, recordings, loss } = model.report();
    expect(precision).toBeGreaterThan(0.55);
    expect(loss).toBeGreaterThan(0);
    expect(recordings).toHaveLength(SHOWN);
    for (const { truth, best, marginals } of recordings) {
      const sum = (values: Float32Array) => values.reduce((total, value) => total + value);
      expect(sum(truth)).toBe(5);
      expect(sum(best)).toBe(5);
      expect(sum(marginals)).toBeCloseTo(5, 4);
    }
    model.dispose();
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const model = new TreesModel({ seed: 3, vertices: 5 });
    model.step();
    model.report();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('positions between frames lie between those of the frames', () => {
  const positions = new Float32Array(FRAMES * 4);
  for (let frame = 0; frame < FRAMES; frame++) positions.set([frame, 10 * frame, -frame, 1], 4 * frame);
  const none = new Float32Array(1);
  const recording = { positions, truth: none, marginals: none, best: none };
  expect([...positionsAt(recording, 2, 2.5)]).toEqual([2.5, -2.5, 25, 1]);
  expect([...positionsAt(recording, 2, FRAMES + 5)]).toEqual([9, -9, 90, 1]);
});
