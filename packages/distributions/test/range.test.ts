/** Fast paths take plain doubles; each must notice when their range is not enough, and give way to a slower one. */
import { fillNormal, fillUniform, key } from '@aimle/random';
import { describe, expect, it } from 'vitest';
import { HypergraphBuilder } from '../src/hypergraph/hypergraph.js';
import { plainInside } from '../src/hypergraph/plainInside.js';
import {
  arborescence,
  betweenK,
  chain,
  type Distribution,
  graphPath,
  knapsack,
  projectiveTree,
  segmentation,
  spanningTree,
  topK,
} from '../src/index.js';
import { exponentials, scaledExponentials } from '../src/scaled/exponential.js';
import { scaled } from '../src/scaled/scaled.js';
import { continuations } from '../src/sequence/continuations.js';
import { quotients } from '../src/subset/quotients.js';
import { type Arcs, arcsOf } from '../src/tree/arcs.js';
import { Linear } from '../src/tree/linear.js';
import { Shares } from '../src/tree/shares.js';
import { Weights } from '../src/tree/weights.js';
import { completeEdges } from './treeOracle.js';

function normal(size: number, seed: number, deviation = 1): Float64Array {
  const drawn = new Float64Array(size);
  fillNormal(key(seed), drawn);
  return drawn.map((x) => x * deviation);
}

/** Larger than enumeration reaches, with elements that may be forbidden without leaving no state. */
const large: readonly (readonly [string, Distribution, (i: number) => boolean])[] = [
  ['topK', topK({ size: 60, k: 20 }), (i) => i % 5 === 1],
  ['topK of most', topK({ size: 60, k: 45 }), (i) => i % 5 === 1],
  ['betweenK', betweenK({ size: 50, low: 10, high: 25 }), (i) => i % 3 === 1],
  ['chain', chain({ length: 30, labels: 6 }), (i) => i % 7 === 1],
  [
    'segmentation',
    segmentation({ length: 20, maxLength: 4, labels: 3, transitions: true }),
    (i) => i % 11 === 1,
  ],
  ['projectiveTree', projectiveTree({ words: 12 }), (i) => i % 11 === 1],
  ['knapsack', knapsack({ weights: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], capacity: 20 }), (i) => i % 4 === 1],
  [
    'graphPath',
    graphPath({
      vertices: 5,
      edges: [0, 1, 0, 1, 1, 2, 1, 2, 2, 3, 2, 3, 3, 4, 0, 4],
      from: 0,
      to: 4,
      acyclic: true,
      sense: 'maximise',
    }),
    (i) => i === 1 || i === 4,
  ],
  ['spanningTree', spanningTree({ vertices: 25 }), (i) => i % 4 === 1],
  ['arborescence', arborescence({ vertices: 20, root: 3 }), (i) => i % 4 === 1],
  ['arborescence of any root', arborescence({ vertices: 20 }), (i) => i % 4 === 1],
];

describe.each(large)('%s', (_, distribution, forbidden) => {
  const { size } = distribution;
  const near = (a: Float64Array, b: Float64Array, scale: (i: number) => number): void => {
    for (const [i, x] of a.entries()) expect(Math.abs(x - b[i]!)).toBeLessThanOrEqual(2e-12 * scale(i));
  };

  it.each([1, 8])('answers on the fast path as on the slow one, at deviation %d', (deviation) => {
    const masked = normal(size, 1, deviation);
    const hopeless = masked.slice();
    for (let i = 0; i < size; i++) {
      if (!forbidden(i)) continue;
      masked[i] = -Infinity;
      // Too small to matter, and too small for a plain double.
      hopeless[i] = -5000;
    }
    const v = normal(size, 2);
    const mu = distribution.marginals(hopeless);
    near(distribution.logPartition(masked), distribution.logPartition(hopeless), () => 100);
    near(distribution.marginals(masked), mu, (i) => mu[i]!);
    near(
      distribution.covarianceProduct(masked, v),
      distribution.covarianceProduct(hopeless, v),
      (i) => 50 * mu[i]!,
    );
    const entropy = distribution.entropy(hopeless);
    near(distribution.entropy(masked), entropy, () => entropy[0]!);
    near(
      distribution.kl(
        masked,
        masked.map((x, i) => x + v[i]!),
      ),
      distribution.kl(
        hopeless,
        hopeless.map((x, i) => x + v[i]!),
      ),
      () => 50,
    );
    expect(distribution.sample(key(3), masked)).toEqual(distribution.sample(key(3), hopeless));
  });

  it('has probabilities between 0 and 1 at any spread, and a derivative without direction 0', () => {
    for (const deviation of [0, 1e-3, 1, 30, 100, 140, 300, 1e3, 1e5]) {
      const theta = normal(size, 4, deviation);
      const mu = distribution.marginals(theta);
      expect(mu.every((x) => x >= 0 && x <= 1)).toBe(true);
      const z = distribution.sample(key(5), theta);
      expect(distribution.logProbability(theta, z)[0]).toBeLessThanOrEqual(0);
      expect(distribution.logProbability(theta, z)[0]).toBeGreaterThan(-200);
      expect(distribution.entropy(theta)[0]).toBeGreaterThanOrEqual(0);
      expect(distribution.covarianceProduct(theta, new Float64Array(size)).every((x) => x === 0)).toBe(true);
    }
  });
});

describe('exponentials', () => {
  it('are within one unit in the last place, and 0 for what is forbidden', () => {
    const x = new Float64Array(20_000);
    fillUniform(key(6), x);
    for (let i = 0; i < x.length; i++) x[i]! *= -[1, 30, 700][i % 3]!;
    const plain = new Float64Array(x.length);
    const { mantissa, exponent } = scaled(x.length);
    exponentials(x, 0, plain, 0, x.length);
    scaledExponentials(x, mantissa, exponent);
    for (let i = 0; i < x.length; i++) {
      // Both are off by one unit at most, which is 2^-52 of the smallest mantissa.
      const expected = Math.exp(x[i]!);
      expect(Math.abs(plain[i]! - expected)).toBeLessThanOrEqual(2 ** -51 * expected);
      expect(Math.abs(mantissa[i]! * 2 ** exponent[i]! - expected)).toBeLessThanOrEqual(2 ** -51 * expected);
    }
    exponentials(Float64Array.of(-Infinity, 3, -800), 3, plain, 0, 3);
    expect([...plain.subarray(0, 3)]).toEqual([0, 1, 0]);
    scaledExponentials(Float64Array.of(-Infinity, 0), mantissa, exponent);
    expect([exponent[0], mantissa[1], exponent[1]]).toEqual([-Infinity, 1, 0]);
  });

  it('keep their digits at large exponents', () => {
    // e^x e^-x is 1, and x is exact.
    const x = Float64Array.from({ length: 2000 }, (_, i) => (i + 1) * 4.9921875);
    const up = scaled(x.length);
    const down = scaled(x.length);
    scaledExponentials(x, up.mantissa, up.exponent);
    scaledExponentials(
      x.map((value) => -value),
      down.mantissa,
      down.exponent,
    );
    for (let i = 0; i < x.length; i++) {
      const product = up.mantissa[i]! * down.mantissa[i]! * 2 ** (up.exponent[i]! + down.exponent[i]!);
      expect(Math.abs(product - 1)).toBeLessThan(1e-15);
    }
  });
});

describe('the range of plain doubles', () => {
  it('is enough for a chain of any length, but not for labels too far apart', () => {
    const pairs = continuations(3000, 2);
    const theta = normal(6000 + 2999 * 4, 7, 3);
    expect(pairs.solve(theta, true)).toBeCloseTo(
      chain({ length: 3000, labels: 2 }).logPartition(theta)[0]!,
      6,
    );
    // One path of light transitions is cut off from the others, and falls behind at every position.
    const apart = new Float64Array(6000 + 2999 * 4);
    for (let t = 0; t < 2999; t++) {
      const at = 6000 + 4 * t;
      apart[at] = -2;
      apart[at + 1] = -Infinity;
      apart[at + 2] = -Infinity;
    }
    expect(pairs.solve(apart, true)).toBeNaN();
    const mu = chain({ length: 3000, labels: 2 }).marginals(apart);
    expect([mu[0], mu[1]]).toEqual([0, 1]);
    expect(continuations(2, 2).solve(Float64Array.of(0, -400, 0, 0, 0, 0, -400, 0), true)).toBeNaN();
  });

  it('is enough for a subset of any size, but not for items too far apart', () => {
    const choices = (size: number, low: number, high: number) => {
      const begin = Int32Array.from({ length: size }, (_, i) => Math.max(0, low - (size - i)));
      const end = Int32Array.from({ length: size }, (_, i) => Math.min(i, high));
      const base = Int32Array.from({ length: size }, (_, i) => i * (high + 1));
      const places = size * (high + 1);
      return { base, begin, end, take: new Float64Array(places), stay: new Float64Array(places) };
    };
    const solve = quotients(1000, 300, 300, choices(1000, 300, 300));
    const theta = normal(1000, 8, 20);
    expect(solve(theta)).toBeCloseTo(topK({ size: 1000, k: 300 }).logPartition(theta)[0]!, 8);
    theta[500] = -2000;
    expect(solve(theta)).toBeNaN();
    expect(quotients(2, 0, 1, choices(2, 0, 1))(Float64Array.of(400, 400))).toBeNaN();
  });

  it('is not enough for a node or a product beyond it', () => {
    const builder = new HypergraphBuilder('two', 4);
    builder.edge(0);
    const light = builder.node();
    builder.edge(1);
    builder.edge(2);
    const heavy = builder.node();
    builder.edge(3, light, heavy);
    builder.node();
    const graph = builder.build();
    const solve = (...theta: number[]): number => {
      const weights = scaled(5);
      scaledExponentials(Float64Array.from(theta), weights.mantissa, weights.exponent);
      const [plain, values, share] = [
        new Float64Array(5),
        new Float64Array(graph.nodes),
        new Float64Array(graph.edges),
      ];
      return plainInside(graph, weights, plain, values, share);
    };
    expect(solve(1, 2, 3, 4)).toBeCloseTo(8 + Math.log1p(Math.exp(-1)), 12);
    expect(solve(-Infinity, 2, 3, 4)).toBe(-Infinity);
    expect(solve(-250, 250, 0, 250)).toBeCloseTo(250, 10);
    expect(solve(270, 270, 0, 270)).toBeNaN(); // the root
    expect(solve(-270, -270, -270, -270)).toBeNaN(); // the last product
    expect(solve(0, 0, 0, -1000)).toBeNaN(); // a weight
    expect(solve(0, -Infinity, 0, 0)).toBeCloseTo(0, 12);
  });
});

describe('weights of trees', () => {
  const setting = (vertices: number, root?: number): { arcs: Arcs; size: number } => {
    const edges = completeEdges(vertices, true);
    const [tail, head] = [0, 1].map((end) => Int32Array.from(edges, (edge) => edge[end]!));
    return { arcs: arcsOf({ vertices, tail: tail!, head: head!, directed: true, root }), size: edges.length };
  };
  /** Returns whether the direct arithmetic is enough for the shares. */
  const direct = ({ arcs, size }: { arcs: Arcs; size: number }, theta: Float64Array): boolean => {
    const weights = new Weights(arcs, size);
    const shares = new Shares(arcs.vertices);
    weights.read(theta);
    weights.fill(shares.graph);
    shares.find(weights.arithmetic, false);
    return !weights.leftRange() && weights.arithmetic instanceof Linear;
  };

  it('stay direct with masks, unless few arcs are left and light', () => {
    for (const root of [undefined, 0]) {
      const whole = setting(30, root);
      const theta = normal(whole.size, 9, 3);
      const edges = completeEdges(30, true);
      const masked = theta.map((x, e) => (e % 3 === 1 ? -Infinity : x));
      expect(direct(whole, theta)).toBe(true);
      expect(direct(whole, masked)).toBe(true);
      // Down a ladder: from each vertex to the one before, or, by far lighter, to the one after.
      const ladder = (gap: number) =>
        theta.map((_, e) => {
          const [parent, child] = edges[e]!;
          if (parent === child - 1) return -gap;
          return parent === child + 1 ? 0 : -Infinity;
        });
      expect(direct(whole, ladder(5))).toBe(true);
      expect(direct(whole, ladder(100))).toBe(false);
      const mu = arborescence({ vertices: 30, ...(root === undefined ? {} : { root }) }).marginals(
        ladder(100),
      );
      expect(mu.reduce((sum, x) => sum + x, 0)).toBeCloseTo(29, 9);
    }
  });

  it('that logarithms cannot resolve are an error which says so', () => {
    const trees = arborescence({ vertices: 5 });
    const theta = Float64Array.from('11111110000101101102', (digit) => Number(digit) * -1e30);
    expect(() => trees.marginals(theta)).toThrow(/^arborescence: theta of instance 0 must not spread so far/);
    expect(() => trees.entropy(theta)).toThrow(/^arborescence: theta of instance 0 must not spread so far/);
    // Where none of them is needed, numbers of any size are as good as masks.
    const soft = new Float64Array(20).fill(-1e30);
    const hard = new Float64Array(20).fill(-Infinity);
    for (const e of [0, 1, 2, 5, 9, 14, 15]) {
      soft[e] = e / 10;
      hard[e] = e / 10;
    }
    const rooted = arborescence({ vertices: 5, root: 0 });
    const mu = rooted.marginals(hard);
    for (const [i, x] of rooted.marginals(soft).entries()) expect(x).toBeCloseTo(mu[i]!, 14);
    expect(rooted.entropy(soft)[0]).toBeCloseTo(rooted.entropy(hard)[0]!, 12);
  });

  it('give the entropy of numbers beyond single precision', () => {
    const trees = spanningTree({ vertices: 4 });
    // One edge is beyond the range of single precision, and the other weights differ by less than its resolution.
    const theta = Float64Array.of(-1e39, 0, 0, 1e-12, 0, 0);
    const masked = theta.slice();
    masked[0] = -Infinity;
    expect(trees.entropy(theta)[0]).toBeCloseTo(trees.entropy(masked)[0]!, 12);
    expect(trees.kl(theta, theta)[0]).toBe(0);
    const heavy = Float64Array.of(1e9, 1e9, 1e9 + 40, 0, 0, 0);
    expect(trees.entropy(heavy)[0]).toBeLessThan(1e-9);
  });
});
