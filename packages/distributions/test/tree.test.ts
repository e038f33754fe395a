import { fillUniform, key } from '@aimle/random';
import { describe, expect, test } from 'vitest';
import { arborescence } from '../src/tree/arborescence.js';
import { spanningTree } from '../src/tree/spanningTree.js';
import { completeEdges, exactTreeSum, logOf, ratioOf, treesOf } from './treeOracle.js';

const doubled = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 0],
  [1, 0],
  [1, 3],
] as const;

/** Small enough to enumerate, with their states by brute force. */
const small = [
  ...[2, 3, 4, 5].map((vertices) => ({
    label: `spanningTree of ${vertices} vertices`,
    trees: spanningTree({ vertices }),
    states: treesOf(vertices, completeEdges(vertices, false), false),
  })),
  {
    label: 'spanningTree of a graph with parallel edges',
    trees: spanningTree({ vertices: 4, edges: doubled.flat() }),
    states: treesOf(4, doubled, false),
  },
  ...[
    [2, undefined],
    [3, undefined],
    [4, undefined],
    [2, 1],
    [3, 0],
    [4, 2],
  ].map(([vertices, root]) => ({
    label: `arborescence of ${vertices} vertices from ${root ?? 'any root'}`,
    trees: arborescence(root === undefined ? { vertices: vertices! } : { vertices: vertices!, root }),
    states: treesOf(vertices!, completeEdges(vertices!, true), true, root),
  })),
];

const spreads = [1e-6, 1, 30, 60, 700, 1e4];

/** Scores between -spread / 2 and spread / 2, of which a share is forbidden. */
function scores(size: number, spread: number, masked: number, seed: number): Float64Array {
  const drawn = new Float64Array(2 * size);
  fillUniform(key(seed), drawn);
  return Float64Array.from({ length: size }, (_, i) =>
    drawn[size + i]! < masked ? -Infinity : (drawn[i]! - 0.5) * spread,
  );
}

const dot = (z: ArrayLike<number>, theta: ArrayLike<number>): number =>
  Array.from(z).reduce((sum, x, i) => (x === 0 ? sum : sum + x * theta[i]!), 0);

/** What enumeration says of a theta; undefined where no state is left. */
function enumerated(states: readonly Uint8Array[], theta: Float64Array) {
  const values = states.map((z) => dot(z, theta));
  const best = Math.max(...values);
  if (best === -Infinity) return undefined;
  const p = values.map((value) => Math.exp(value - best));
  const total = p.reduce((sum, x) => sum + x, 0);
  p.forEach((x, s) => {
    p[s] = x / total;
  });
  const mean = (of: (z: Uint8Array) => number): number =>
    states.reduce((sum, z, s) => sum + p[s]! * of(z), 0);
  // The most probable state by what is beside it: log p of it is no difference of two numbers near 1.
  const first = values.indexOf(best);
  const beside = values.reduce((sum, value, s) => (s === first ? sum : sum + Math.exp(value - best)), 0);
  const logP = values.map((value) => value - best - Math.log1p(beside));
  return { logPartition: best + Math.log(total), p, logP, mean };
}

describe.each(small)('$label', ({ trees, states }) => {
  const cases = spreads.flatMap((spread) =>
    [0, 0.3, 0.6].flatMap((masked) => [1, 2, 3, 4, 5, 6].map((seed) => ({ spread, masked, seed }))),
  );

  test('has the states of brute force, in order', () => {
    expect([...trees.states()]).toEqual(states);
  });

  test('has the log-partition, marginals, covariances and entropy of enumeration, relative to themselves', () => {
    let feasible = 0;
    for (const { spread, masked, seed } of cases) {
      const theta = scores(trees.size, spread, masked, seed);
      const truth = enumerated(states, theta);
      if (!truth) {
        for (const operation of ['logPartition', 'marginals', 'entropy'] as const) {
          expect(() => trees[operation](theta)).toThrow(/instance 0 has no state/);
        }
        expect(() => trees.sample(key(0), theta)).toThrow(/instance 0 has no state/);
        continue;
      }
      feasible++;
      // Scores are rounded to spread * 1e-16, and that is what exponentials of them are off by.
      const relative = 2e-15 * (10 + spread);
      expect(Math.abs(trees.logPartition(theta)[0]! - truth.logPartition)).toBeLessThan(relative);
      const mu = trees.marginals(theta);
      const v = scores(trees.size, 2, 0, seed + 100);
      const covariance = trees.covarianceProduct(theta, v);
      const meanV = truth.mean((z) => dot(z, v));
      for (let i = 0; i < trees.size; i++) {
        const expected = truth.mean((z) => z[i]!);
        expect(Math.abs(mu[i]! - expected)).toBeLessThanOrEqual(relative * expected);
        const product = truth.mean((z) => z[i]! * (dot(z, v) - meanV));
        expect(Math.abs(covariance[i]! - product)).toBeLessThanOrEqual(
          relative * Math.max(expected, Number.MIN_VALUE),
        );
      }
      const entropy = -truth.p.reduce((sum, x, s) => (x > 0 ? sum + x * truth.logP[s]! : sum), 0);
      // Marginals, each off by its own rounding, are multiplied by differences of scores.
      const allowed = (relative + 1e-16 * spread ** 2) * entropy;
      expect(Math.abs(trees.entropy(theta)[0]! - entropy)).toBeLessThanOrEqual(allowed);
    }
    expect(feasible).toBeGreaterThan(spreads.length * 6);
  });

  test('has the divergences of enumeration', () => {
    for (const { spread, masked, seed } of cases) {
      const theta = scores(trees.size, spread, masked, seed);
      const other = scores(trees.size, spread, masked / 4, seed + 50);
      const [truth, second] = [enumerated(states, theta), enumerated(states, other)];
      if (!(truth && second)) continue;
      const forbidden = truth.p.some((x, i) => x > 0 && second.logP[i] === -Infinity);
      const terms = truth.p.map((x, i) => (x > 0 ? x * (truth.logP[i]! - second.logP[i]!) : 0));
      const expected = forbidden ? Infinity : terms.reduce((sum, term) => sum + term, 0);
      const kl = trees.kl(theta, other)[0]!;
      if (expected === Infinity) expect(kl).toBe(Infinity);
      else expect(Math.abs(kl - expected)).toBeLessThan(1e-16 * (10 + spread) ** 2);
      expect(trees.kl(theta, theta)[0]).toBe(0);
    }
  });

  test.each([1, 40, 2000])('draws each tree with its probability, spread %d', (spread) => {
    const theta = scores(trees.size, spread, 0, 8);
    // Exact ties at the top, so that there is something to draw however large the spread.
    for (let i = 0; i < trees.size; i += 2) theta[i] = spread;
    const draws = 4000;
    const rows = new Float64Array(draws * trees.size);
    for (let r = 0; r < draws; r++) rows.set(theta, r * trees.size);
    const z = trees.sample(key(11), rows);
    const { p } = enumerated(states, theta)!;
    const counts = new Map(states.map((state) => [state.join(), 0]));
    for (let r = 0; r < draws; r++) {
      const name = z.subarray(r * trees.size, (r + 1) * trees.size).join();
      expect(counts.has(name)).toBe(true);
      counts.set(name, counts.get(name)! + 1);
    }
    // Five standard errors of a binomial share, and one draw for those too rare for these to mean anything.
    states.forEach((state, s) => {
      const allowed = 5 * Math.sqrt((p[s]! * (1 - p[s]!)) / draws) + 1 / draws;
      expect(Math.abs(counts.get(state.join())! / draws - p[s]!)).toBeLessThan(allowed);
    });
  });
});

test("the number of uniform trees is Cayley's", () => {
  const uniform = (trees: { size: number; logPartition(theta: Float64Array): Float64Array }): number =>
    trees.logPartition(new Float64Array(trees.size))[0]!;
  for (const n of [2, 3, 7, 20, 60]) {
    expect(uniform(spanningTree({ vertices: n }))).toBeCloseTo((n - 2) * Math.log(n), 11);
    expect(uniform(arborescence({ vertices: n, root: n - 1 }))).toBeCloseTo((n - 2) * Math.log(n), 11);
    expect(uniform(arborescence({ vertices: n }))).toBeCloseTo((n - 1) * Math.log(n), 11);
  }
});

describe.each([
  { vertices: 10, bits: 100 },
  { vertices: 30, bits: 100 },
  { vertices: 12, bits: 500 },
  { vertices: 10, bits: 14_000 },
])('at $vertices vertices and weights from 1 to 2^$bits', ({ vertices, bits }) => {
  const close = (actual: number, expected: number): void =>
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-15 * (100 + bits) * Math.abs(expected));

  test.each([
    { label: 'spanningTree', trees: spanningTree({ vertices }), directed: false },
    { label: 'arborescence', trees: arborescence({ vertices, root: 3 }), directed: true },
  ])('$label agree with exact rational determinants', ({ trees, directed }) => {
    const edges = completeEdges(vertices, directed);
    const exponents = Array.from(scores(trees.size, bits, 0, 21), (x) => Math.round(x + bits / 2));
    const weights = exponents.map((exponent) => 2n ** BigInt(exponent));
    const theta = Float64Array.from(exponents, (exponent) => exponent * Math.LN2);
    const total = exactTreeSum(vertices, edges, weights, directed, 3);
    close(trees.logPartition(theta)[0]!, logOf(total));
    const mu = trees.marginals(theta);
    for (const e of [0, 1, 7, 20, trees.size - 1]) {
      const without = weights.map((weight, i) => (i === e ? 0n : weight));
      close(mu[e]!, ratioOf(total - exactTreeSum(vertices, edges, without, directed, 3), total));
    }
    expect(mu.reduce((sum, x) => sum + x, 0)).toBeCloseTo(vertices - 1, 9);
  });
});

describe.each([
  { label: 'spanningTree', build: (vertices: number) => spanningTree({ vertices }) },
  { label: 'rooted arborescences', build: (vertices: number) => arborescence({ vertices, root: 1 }) },
  { label: 'free arborescences', build: (vertices: number) => arborescence({ vertices }) },
])('$label', ({ build }) => {
  test.each([3, 800])('have marginals and covariances that are finite differences, spread %d', (spread) => {
    const trees = build(9);
    const theta = scores(trees.size, spread, 0.1, 31);
    const v = scores(trees.size, 2, 0, 32);
    const moved = (h: number): Float64Array => theta.map((x, i) => x + h * v[i]!);
    const h = 1e-4;
    const mu = trees.marginals(theta);
    const slope = (trees.logPartition(moved(h))[0]! - trees.logPartition(moved(-h))[0]!) / (2 * h);
    expect(Math.abs(slope - dot(mu, v))).toBeLessThan(1e-6);
    const covariance = trees.covarianceProduct(theta, v);
    const [up, down] = [trees.marginals(moved(h)), trees.marginals(moved(-h))];
    for (let i = 0; i < trees.size; i++) {
      expect(Math.abs((up[i]! - down[i]!) / (2 * h) - covariance[i]!)).toBeLessThan(1e-6);
    }
  });

  test('agree between weights and their logarithms', () => {
    const trees = build(14);
    const theta = scores(trees.size, 6, 0, 41);
    const [masked, hopeless] = [theta.slice(), theta.slice()];
    masked[5] = -Infinity;
    // Too small to count, and too small to be held as a weight.
    hopeless[5] = -5000;
    const agree = (a: Float64Array, b: Float64Array): void => {
      for (const [i, x] of a.entries()) expect(Math.abs(x - b[i]!)).toBeLessThanOrEqual(1e-12 * Math.abs(x));
    };
    agree(trees.logPartition(masked), trees.logPartition(hopeless));
    agree(trees.marginals(masked), trees.marginals(hopeless));
    agree(trees.entropy(masked), trees.entropy(hopeless));
    expect(trees.sample(key(1), masked)).toEqual(trees.sample(key(1), hopeless));
  });

  test.each([2, 1000])('draw trees whose mean is the marginals at 12 vertices, spread %d', (spread) => {
    const trees = build(12);
    const theta = scores(trees.size, spread, 0.2, 51);
    const draws = 2000;
    const rows = new Float64Array(draws * trees.size);
    for (let r = 0; r < draws; r++) rows.set(theta, r * trees.size);
    const z = trees.sample(key(52), rows);
    const mu = trees.marginals(theta);
    expect(trees.logProbability(rows, z).every(Number.isFinite)).toBe(true);
    for (let i = 0; i < trees.size; i++) {
      let mean = 0;
      for (let r = 0; r < draws; r++) mean += z[r * trees.size + i]! / draws;
      const allowed = 5 * Math.sqrt((mu[i]! * (1 - mu[i]!)) / draws) + 1 / draws;
      expect(Math.abs(mean - mu[i]!)).toBeLessThan(allowed);
    }
  });

  test('give the same answers for a batch as for its instances', () => {
    const trees = build(6);
    const batch = scores(3 * trees.size, 4, 0.1, 61);
    const ofRow = (r: number): Float64Array => batch.slice(r * trees.size, (r + 1) * trees.size);
    const rows = [0, 1, 2].map((r) => trees.marginals(ofRow(r)));
    expect([...trees.marginals(batch)]).toEqual(rows.flatMap((row) => [...row]));
  });
});

test('the entropy of an almost certain tree has a small relative error', () => {
  // A path beside whose edges there is one other way, of weight e^-g: H = x - x log x to first order, with x = e^-g.
  const trees = spanningTree({ vertices: 3 });
  for (const gap of [20, 100, 600]) {
    const x = Math.exp(-gap);
    expect(trees.entropy(Float64Array.of(5, 5, 5 - gap))[0]! / (2 * x * (1 + gap))).toBeCloseTo(1, 7);
  }
});

test('the divergence of almost equal distributions has a small relative error', () => {
  // Of two states it is that of a coin: a bit of sigmoid(x), by its series in the step d.
  const trees = arborescence({ vertices: 2 });
  for (const [x, d] of [
    [0, 1e-3],
    [30, 1e-4],
    [300, 1e-6],
  ] as const) {
    const p = 1 / (1 + Math.exp(x));
    const [variance, skew] = [p * (1 - p), p * (1 - p) * (1 - 2 * p)];
    const expected = variance * (d ** 2 / 2) + skew * (d ** 3 / 6);
    expect(trees.kl(Float64Array.of(0, -x), Float64Array.of(0, d - x))[0]! / expected).toBeCloseTo(1, 6);
  }
});

test('a graph that masks disconnect has no tree, and the error names the instance', () => {
  const trees = spanningTree({ vertices: 4 });
  const theta = new Float64Array(12);
  for (const e of [6, 7, 8]) theta[e] = -Infinity; // all of vertex 0, in the second instance
  expect(() => trees.marginals(theta)).toThrow(/^spanningTree: instance 1 has no state/);
  expect(() => trees.covarianceProduct(theta, new Float64Array(12))).toThrow(/instance 1 has no state/);
  expect([...trees.marginals(theta.subarray(0, 6))].every((mu) => Math.abs(mu - 0.5) < 1e-15)).toBe(true);
});

test('a vector that is not a tree has probability zero', () => {
  const rooted = arborescence({ vertices: 3, root: 0 });
  const theta = new Float64Array(6); // 0->1, 0->2, 1->0, 1->2, 2->0, 2->1
  const logP = (...z: number[]): number => rooted.logProbability(theta, Float64Array.from(z))[0]!;
  expect(logP(1, 1, 0, 0, 0, 0)).toBeCloseTo(-Math.log(3), 14);
  expect(logP(0, 0, 1, 1, 0, 0)).toBe(-Infinity); // from another root
  expect(logP(1, 0, 0, 0, 0, 1)).toBe(-Infinity); // two parents
  expect(logP(0, 0, 0, 1, 0, 1)).toBe(-Infinity); // a cycle
  expect(logP(1, 0, 0, 0, 0, 0)).toBe(-Infinity); // too few
  expect(logP(0.5, 1, 0, 0, 0, 0)).toBe(-Infinity);
});

test('errors name options out of range', () => {
  expect(() => spanningTree({ vertices: 1 })).toThrow(
    /spanningTree: vertices must be an integer in \[2, 2000\], got 1/,
  );
  expect(() => spanningTree({ vertices: 3, edges: [0, 1, 0, 1] })).toThrow(/spanningTree: /);
  expect(() => arborescence({ vertices: 3, root: 3 })).toThrow(
    /arborescence: root must be an integer in \[0, 2\], got 3/,
  );
});
