import { fixedLambda, noiseScaled } from '@aimle/estimators';
import { gumbel, key } from '@aimle/random';
import { describe, expect, it } from 'vitest';
import {
  type DifferenceMode,
  guardedRule,
  kSubset,
  lambdaGrid,
  measureMinibatch,
  measureRegret,
  paperProblem,
  policyRule,
  realisedRule,
  type StudyRule,
  variants,
} from '../src/index.js';
import { drawStates } from '../src/sampling/draws.js';

const measured = { seeds: 6, rows: 300, modes: ['forward', 'central'], key: key(3) } as const;

/** The estimates of the last of some steps, row by row. */
function estimates(
  rule: StudyRule,
  variant = 'base',
  samples = 4,
  mode: DifferenceMode = 'central',
  passes = 3,
): number[] {
  const problem = variants[variant]!.draw(kSubset(6, 2), 1);
  const step = rule.begin({ problem, noise: gumbel(), samples, mode });
  let found: Float32Array = new Float32Array(0);
  for (let pass = 0; pass < passes; pass++) {
    found = step(problem.theta, drawStates(problem, gumbel(), key(pass), samples));
  }
  return Array.from(found);
}

describe('regret', () => {
  it('is 0 for the best fixed lambda of the grid, and more for others', () => {
    const rules = lambdaGrid.map((lambda) => policyRule(`${lambda}`, fixedLambda(lambda)));
    const cells = measureRegret({
      structure: kSubset(6, 2),
      variant: variants['base']!,
      rules,
      samples: [5],
      ...measured,
    });
    expect(cells.length).toBeGreaterThan(0);
    for (const { lambda, cosine, rules: found } of cells) {
      expect(found.length).toBeGreaterThan(1);
      const best = found.find(({ name }) => name === `${lambda}`)!;
      expect(best.regret).toBeCloseTo(0, 6);
      expect(best.cosine).toBeCloseTo(cosine, 6);
      for (const rule of found) {
        expect(rule.regret).toBeGreaterThan(-1e-6);
        expect(rule.regret).toBeCloseTo(1 - rule.cosine / cosine, 6);
      }
      expect(found[0]!.regret).toBeGreaterThan(0.3);
    }
  });

  it('compares the same estimates with both truths, which are equal for one of n', () => {
    const of = (k: number) =>
      measureRegret({
        structure: kSubset(6, k),
        variant: variants['base']!,
        rules: [policyRule('ours', noiseScaled())],
        samples: [5],
        truths: ['perturb-and-map', 'gibbs'],
        ...measured,
      });
    const [sampled, gibbs] = of(1);
    expect([sampled!.truth, gibbs!.truth]).toEqual(['perturb-and-map', 'gibbs']);
    expect(sampled!.cosine).toBeCloseTo(gibbs!.cosine, 5);
    expect(sampled!.rules[0]!.regret).toBeCloseTo(gibbs!.rules[0]!.regret, 5);
    const [ofPairs, gibbsOfPairs] = of(3);
    expect(Math.abs(ofPairs!.cosine - gibbsOfPairs!.cosine)).toBeGreaterThan(1e-4);
  });

  it('is that of the problems from the first seed on', () => {
    const of = (seeds: number, firstSeed: number) =>
      measureRegret({
        structure: kSubset(6, 2),
        variant: { name: 'counted', draw: (structure, seed) => paperProblem(structure, seed % 3) },
        rules: [],
        samples: [5],
        ...measured,
        seeds,
        firstSeed,
      }).map(({ cosine }) => cosine);
    expect(of(3, 3)).toEqual(of(3, 0));
    expect(of(3, 1)).not.toEqual(of(3, 0));
  });
});

describe('rules', () => {
  it('with the curvature correction have the cosine of the linear loss, once the curvature is learned', () => {
    const of = (variant: string) =>
      measureRegret({
        structure: kSubset(6, 2),
        variant: variants[variant]!,
        rules: [policyRule('corrected', noiseScaled(), { warmUp: 100 })],
        samples: [5],
        ...measured,
      }).map(({ rules }) => rules[0]!.cosine);
    const linear = of('linear');
    of('base').forEach((cosine, at) => {
      expect(Math.abs(cosine - linear[at]!)).toBeLessThan(0.01);
    });
  });

  it.each(['forward', 'central'] as const)(
    'weighted by the loss equal the plain ones for a linear loss, %s',
    (mode) => {
      const plain = estimates(policyRule('plain', noiseScaled(), { direction: 'plain' }), 'linear', 4, mode);
      estimates(realisedRule('weighted', 'plain'), 'linear', 4, mode).forEach((value, at) => {
        expect(value).toBeCloseTo(plain[at]!, 4);
      });
      expect(Math.hypot(...plain)).toBeGreaterThan(0);
    },
  );

  it("along the others' mean have the sample's own gradient at S = 1, and the other's at S = 2", () => {
    const of = (direction: 'others' | 'plain', samples: number) =>
      estimates(policyRule(direction, fixedLambda(0.5), { direction }), 'base', samples);
    expect(of('others', 1)).toEqual(of('plain', 1));
    const problem = variants['base']!.draw(kSubset(6, 2), 1);
    const swapped = policyRule('swapped', fixedLambda(0.5), { direction: 'plain' }).begin({
      problem,
      noise: gumbel(),
      samples: 2,
      mode: 'central',
    });
    const rows = drawStates(problem, gumbel(), key(2), 2);
    const g = Float32Array.of(...rows.g.subarray(6), ...rows.g.subarray(0, 6));
    expect(of('others', 2)).toEqual(Array.from(swapped(problem.theta, { ...rows, g })));
  });

  it('with a guard perturb further only while too little changes', () => {
    const of = (share: number, temperature: string) =>
      estimates(guardedRule('guard', { share, damped: false }), temperature, 4, 'central', 40);
    const plain = (temperature: string) =>
      estimates(policyRule('plain', noiseScaled()), temperature, 4, 'central', 40);
    expect(of(0.01, 'base')).toEqual(plain('base'));
    expect(of(0.99, 'temperature 0.1')).not.toEqual(plain('temperature 0.1'));
  });
});

describe('minibatches', () => {
  const structure = kSubset(5, 2);
  const options = { structure, samples: 2, targets: 'own', seeds: 3, repetitions: 4, key: key(1) } as const;

  it('of one instance give the same for every count, and of ten do not', () => {
    const names = (cells: ReturnType<typeof measureMinibatch>) =>
      cells.map(({ rules }) => Object.fromEntries(rules.map(({ name, cosine }) => [name, cosine])));
    for (const cosines of names(measureMinibatch({ ...options, batch: 1 }))) {
      expect(cosines['S sqrt(B)']).toBe(cosines['S']);
      expect(cosines['S B']).toBe(cosines['S']);
      expect(cosines['S, one lambda']).toBeCloseTo(cosines['S']!, 5);
      expect(cosines['S, uncorrected']).toBe(cosines['S sqrt(B), uncorrected']);
      expect(cosines['S, uncorrected']).not.toBe(cosines['S']);
    }
    for (const cosines of names(measureMinibatch({ ...options, batch: 10 }))) {
      expect(new Set(Object.values(cosines)).size).toBe(6);
    }
  });

  it('get closer to the truth with more samples, for both losses', () => {
    for (const loss of ['quadratic', 'residual'] as const) {
      const cosineOf = (samples: number) =>
        measureMinibatch({ ...options, batch: 3, loss, samples })[1]!.rules[0]!.cosine;
      expect(cosineOf(60)).toBeGreaterThan(0.93);
      expect(cosineOf(1)).toBeLessThan(0.9);
    }
  });
});
