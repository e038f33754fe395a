import { straightThrough } from '@aimle/estimators';
import { gumbel, key } from '@aimle/random';
import { spanningTree } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  batchOf,
  checkMotions,
  edgeMetrics,
  edgesOf,
  evaluate,
  gumbelDivergence,
  type Motions,
  negativeLogLikelihood,
  officialEdgeMetrics,
  RelationalNetwork,
  scaleOf,
  simulateGraphLayout,
} from '../src/index.js';

describe('edge metrics', () => {
  test('are means over graphs, not over edges', () => {
    // Of one inferred edge one is right; of three, one is, and it is one of two.
    const metrics = edgeMetrics([1, 0, 0, 0, 1, 1, 1, 0], [1, 0, 0, 0, 1, 0, 0, 1], 4);
    expect(metrics.precision).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(metrics.recall).toBeCloseTo((1 + 1 / 2) / 2, 12);
    expect(metrics.accuracy).toBeCloseTo((1 + 1 / 4) / 2, 12);
  });

  test('leave graphs without edges out of the mean that they would divide by zero in', () => {
    expect(edgeMetrics([0, 0, 1, 0], [1, 0, 1, 0], 2).precision).toBe(1);
    expect(edgeMetrics([1, 0, 1, 0], [0, 0, 1, 0], 2).recall).toBe(1);
  });

  test('under the official convention are the complement where that is more precise, with its recall', () => {
    const truth = [1, 1, 0, 0, 0, 0];
    expect(officialEdgeMetrics([1, 0, 1, 0, 0, 0], truth, 6)).toEqual(
      edgeMetrics([1, 0, 1, 0, 0, 0], truth, 6),
    );
    expect(officialEdgeMetrics([0, 0, 1, 1, 0, 0], truth, 6)).toEqual(
      edgeMetrics([1, 1, 0, 0, 1, 1], truth, 6),
    );
  });

  test('refuse what does not fit', () => {
    expect(() => edgeMetrics([1, 0], [1], 2)).toThrow('the same multiple of 2 numbers, got 2 and 1');
  });
});

describe('an evaluation', () => {
  const motions = simulateGraphLayout({ count: 25, vertices: 4, frames: 5, key: key(4) });
  const scale = { min: -1, max: 1 };
  const start = () => new RelationalNetwork({ vertices: 4, frames: 5, dimensions: 2, hidden: 6 }, key(1));

  test('without noise is the best tree, whichever the key, and counts the divergence once and twice', () => {
    const network = start();
    const layer = straightThrough(spanningTree({ vertices: 4 }), { temperature: 0 });
    const found = evaluate(network, layer, motions, { scale, key: key(2), batchSize: 10 });
    const indices = Array.from({ length: 25 }, (_, i) => i);
    const motion = batchOf(motions, indices, scale);
    const theta = network.encode(motion, { training: false });
    const trees = layer.mode(theta).expandDims(1) as tf.Tensor3D;
    const nll = negativeLogLikelihood(network.decode(motion, trees, 1, { training: false }), motion)
      .mean()
      .dataSync()[0]!;
    const kl = gumbelDivergence(theta, 4, 'consistent').mean().dataSync()[0]!;
    expect(found.nll / nll).toBeCloseTo(1, 5);
    expect(found.kl).toBeCloseTo(kl, 4);
    expect(found.elbo / -(nll + kl)).toBeCloseTo(1, 5);
    expect(found.official.elbo / -(nll + 2 * kl)).toBeCloseTo(1, 5);
    expect(found.precision).toBeCloseTo(
      edgeMetrics(trees.dataSync(), edgesOf(motions, indices), 6).precision,
      6,
    );
    network.dispose();
  });

  test('with noise draws other trees for another key; neither the divergence nor the official bound follow it', () => {
    const network = start();
    const noisy = straightThrough(spanningTree({ vertices: 4 }), { noise: gumbel(), temperature: 50 });
    const first = evaluate(network, noisy, motions, { scale, key: key(2) });
    const second = evaluate(network, noisy, motions, { scale, key: key(3) });
    expect(first.nll).not.toBe(second.nll);
    expect(first.kl).toBe(second.kl);
    expect(first.official.elbo).toBe(second.official.elbo);
    expect(evaluate(network, noisy, motions, { scale, key: key(2) })).toEqual(first);
    network.dispose();
  });

  test('leaves no tensor behind', async () => {
    const network = start();
    const layer = straightThrough(spanningTree({ vertices: 4 }));
    await expectNoLeak(tf, () => evaluate(network, layer, motions, { scale, key: key(2) }));
    network.dispose();
  });
});

describe('recordings', () => {
  const good = simulateGraphLayout({ count: 3, vertices: 4, frames: 3, key: key(0) });
  const withEdge = (...changes: [number, number, number][]): Motions => {
    const edges = good.edges.slice();
    for (const [i, j, value] of changes) edges[16 + i * 4 + j] = value;
    return { ...good, edges };
  };
  const joined = (of: Motions) =>
    Array.from({ length: 16 }, (_, e) => [e >> 2, e % 4] as const).filter(
      ([i, j]) => i < j && of.edges![16 + i * 4 + j] === 1,
    );
  const [a, b] = joined(good)[0]!;
  const [c, d] = Array.from({ length: 16 }, (_, e) => [e >> 2, e % 4] as const).find(
    ([i, j]) => i < j && good.edges[16 + i * 4 + j] === 0,
  )!;

  test('that are right are accepted, with and without edges', () => {
    expect(() => checkMotions(good, 'x')).not.toThrow();
    expect(() => checkMotions({ ...good, edges: null }, 'x')).not.toThrow();
  });

  test.each<[string, Motions]>([
    ['vertices must be an integer of at least 2, got 1', { ...good, vertices: 1 }],
    ['frames must be an integer of at least 2, got 1', { ...good, frames: 1 }],
    ['positions must have 120 numbers for [3, 5, 2, 4], got 72', { ...good, frames: 5 }],
    ['edges must have 48 numbers for [3, 4, 4], got 16', { ...good, edges: good.edges.subarray(16, 32) }],
    [`an edge between ${a} and ${b} in one direction only in recording 1`, withEdge([a, b, 0])],
    ['of 4 vertices can be reached from 0 in recording 1', withEdge([a, b, 0], [b, a, 0])],
    ['a graph with a cycle, of 4 edges in recording 1', withEdge([c, d, 1], [d, c, 1])],
    ['a loop at 2 in recording 1', withEdge([2, 2, 1])],
    [`7 between ${a} and ${b} in recording 1`, withEdge([a, b, 7], [b, a, 7])],
  ])('are refused where %s', (message, motions) => {
    expect(() => checkMotions(motions, 'x')).toThrow(message);
  });

  test('are scaled by the training set to [-1, 1], frame by frame as recorded', () => {
    const positions = Float32Array.of(0, 1, 2, 3, 10, 4, 5, 6);
    const motions: Motions = { count: 2, frames: 2, vertices: 2, dimensions: 1, positions, edges: null };
    const batch = batchOf(motions, [1], scaleOf(motions));
    expect(batch.shape).toEqual([1, 2, 1, 2]);
    for (const [i, expected] of [1, -0.2, 0, 0.2].entries())
      expect(batch.dataSync()[i]).toBeCloseTo(expected, 6);
    expect(() => scaleOf({ ...motions, positions: new Float32Array(8) })).toThrow('is anything moving?');
  });
});
