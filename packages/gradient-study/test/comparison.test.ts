import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { straightThroughOf } from '../src/figures/baselines.js';
import {
  type Comparison,
  type ComparisonOptions,
  comparedStructures,
  compareEstimators,
  defaultMethodNames,
  gibbsTruth,
  kSubset,
  methodNames,
  paperProblem,
  perturbAndMapGradient,
} from '../src/index.js';
import { cosine } from '../src/sampling/statistics.js';

const subset = comparedStructures['subset']!;

const compare = (options: Partial<ComparisonOptions>): Comparison =>
  compareEstimators({ structure: subset, n: 5, k: 2, seeds: 4, samples: [10], key: key(1), ...options });

const cosineOf = (comparison: Comparison, method: string): number =>
  comparison.rows.find((row) => row.method === method)!.cosine.mean;

describe('estimators against the exact gradient', () => {
  it('the sum over all states is the Gibbs gradient, on every structure', () => {
    for (const [name, n, k] of [
      ['subset', 6, 3],
      ['tree', 4, null],
      ['bernoulli', 4, null],
      ['arborescence', 3, null],
      ['assignment', 3, null],
      ['chain', 3, 2],
    ] as const) {
      const structure = comparedStructures[name]!;
      const found = compareEstimators({
        structure,
        n,
        ...(k !== null && { k }),
        methods: ['exact-expectation'],
        samples: [1],
        seeds: 3,
        key: key(1),
      });
      expect(found.rows[0]!.cosine.mean).toBeCloseTo(1, 5);
      expect(found).toMatchObject({ structure: name, n, k, seeds: 3, truth: 'gibbs' });
    }
  });

  it('straight-through has the cosine that follows from its mean gradient', () => {
    const { rows } = compare({ methods: ['straight-through'], samples: [4000], seeds: 1 });
    const problem = paperProblem(kSubset(5, 2), 0);
    const limit = straightThroughOf(problem, key(9), 20_000);
    expect(rows[0]!.cosine.mean).toBeCloseTo(cosine(limit, gibbsTruth(problem).gradient), 2);
  });

  it('improves with samples where nothing is biased, and reports its cost', () => {
    const { rows } = compare({
      methods: ['score-function-leave-one-out', 'aimle'],
      samples: [1, 10, 100],
      seeds: 8,
    });
    const score = rows.filter(({ method }) => method === 'score-function-leave-one-out');
    expect(score.map(({ samples }) => samples)).toEqual([10, 100]);
    expect(score[1]!.cosine.mean).toBeGreaterThan(score[0]!.cosine.mean);
    expect(score[1]!.cosine.mean).toBeGreaterThan(0.9);
    expect(rows.filter(({ method }) => method === 'aimle').map(({ solverCalls }) => solverCalls)).toEqual([
      3, 3, 3,
    ]);
  });

  it('reports lambda if it is fixed, and only its mean if it adapts', () => {
    const { rows } = compare({ methods: ['imle', 'aimle', 'straight-through', 'aimle-paper'], seeds: 2 });
    expect(rows.map(({ lambda }) => lambda)).toEqual([1, null, null, null]);
    expect(rows[0]!.meanLambda).toBe(1);
    expect(rows[1]!.meanLambda).toBeGreaterThan(0.1);
    expect(rows[2]!.meanLambda).toBeNull();
    // 100 passes in steps of 0.001, and alpha is read before the last.
    const ratio = (seed: number): number => Math.hypot(...paperProblem(kSubset(5, 2), seed).theta);
    expect(rows[3]!.meanLambda).toBeLessThan(0.11 * Math.max(ratio(0), ratio(1)));
    expect(rows[3]!.meanLambda).toBeGreaterThan(0.01);
  });

  it('counts exact zeros', () => {
    const { rows } = compare({ methods: ['aimle-paper', 'straight-through'], samples: [1] });
    expect(rows[0]!.sparsity).toBeGreaterThan(0.7);
    expect(rows[1]!.sparsity).toBe(0);
  });

  it('is the same for the same key, reports its progress, and leaves no tensor behind', async () => {
    const shares: number[] = [];
    const run = () => compare({ methods: ['aimle', 'imle'], onProgress: (share) => shares.push(share) });
    const found = run();
    expect(shares).toEqual([0.5, 1]);
    await expectNoLeak(tf, () => {
      expect(run()).toEqual(found);
    });
    expect(compare({ methods: ['aimle', 'imle'], key: key(2) })).not.toEqual(found);
  });
});

describe('the truth', () => {
  it('of perturb-and-map is the limit of AIMLE, and differs from Gibbs', () => {
    const options = { n: 6, k: 3, methods: ['perturbed-score-function'], samples: [20_000], seeds: 2 };
    const ofGibbs = cosineOf(compare(options), 'perturbed-score-function');
    const ofPerturbAndMap = cosineOf(
      compare({ ...options, truth: 'perturb-and-map' }),
      'perturbed-score-function',
    );
    expect(ofPerturbAndMap).toBeGreaterThan(0.99);
    expect(ofPerturbAndMap).toBeGreaterThan(ofGibbs);
  });

  it('is sampled if no exact one is known, and is labelled so', () => {
    const structure = comparedStructures['bernoulli']!;
    const options = {
      structure,
      n: 4,
      methods: ['perturbed-score-function'],
      seeds: 1,
      truth: 'perturb-and-map' as const,
    };
    const found = compareEstimators({ ...options, samples: [20_000], key: key(1) });
    expect(found.truth).toBe('perturb-and-map, from 4000 conditional samples');
    expect(found.rows[0]!.cosine.mean).toBeGreaterThan(0.99);
    const problem = paperProblem(structure.make(4, 0), 0);
    expect(() => perturbAndMapGradient(problem)).toThrow('take conditionalGradient');
  });
});

describe('methods', () => {
  it('are all fitting ones of the registry; those of a choice only for one of n', () => {
    expect(methodNames(kSubset(5, 2))).not.toContain('gumbel-softmax');
    expect(methodNames(kSubset(5, 1))).toContain('gumbel-softmax');
    expect(methodNames(comparedStructures['tree']!.make(4, 0))).not.toContain('relaxed-subset');
    expect(defaultMethodNames(kSubset(5, 1))).toContain('gumbel-softmax');
    expect(defaultMethodNames(kSubset(5, 2))).not.toContain('exact-expectation');
  });

  it('all run', () => {
    const names = methodNames(kSubset(4, 1));
    const { rows } = compare({ n: 4, k: 1, methods: names, seeds: 1, samples: [2] });
    expect(rows).toHaveLength(names.length);
    for (const { cosine: found } of rows) expect(Number.isFinite(found.mean)).toBe(true);
  });
});

it('refuses what it cannot compare', () => {
  expect(() => compare({ methods: ['aimel'] })).toThrow(
    'there is no method aimel for (5,2); there are aimle, ',
  );
  expect(() => compare({ methods: ['gumbel-softmax'] })).toThrow(
    'there is no method gumbel-softmax for (5,2)',
  );
  expect(() => compare({ seeds: 0 })).toThrow('compareEstimators: seeds must be a positive integer, got 0');
  expect(() => compare({ samples: [1.5] })).toThrow('samples must be a positive integer, got 1.5');
  expect(() => compare({ n: 2, k: 5 })).toThrow('topK: k must be');
  // Kruskal's chain has about 10^13 links here.
  const structure = comparedStructures['tree']!;
  expect(() => compare({ structure, n: 20 })).toThrow('n of tree must be an integer in [1, 8], got 20');
  expect(() => compare({ k: 0 })).toThrow('k of subset must be an integer in [1, 1000], got 0');
});
