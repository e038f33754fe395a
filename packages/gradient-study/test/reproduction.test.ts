import { key } from '@aimle/random';
import { describe, expect, it } from 'vitest';
import {
  type Curve,
  gibbsTruth,
  kSubset,
  paperProblem,
  type Reproduction,
  reproductions,
} from '../src/index.js';
import { figureOf, knownFigure } from '../src/reproduction/reproduction.js';
import { gapOf, toyProblem } from '../src/toy/toyCurve.js';

const figuresOf = ({ panels }: Reproduction) =>
  panels.flatMap(({ curves, levels }) => [...curves.flatMap(({ points }) => points), ...levels]);

const curveOf = (
  { panels }: Reproduction,
  panel: number,
  label: string,
  difference: string | null = null,
): Curve => panels[panel]!.curves.find((curve) => curve.label === label && curve.difference === difference)!;

/** Of all figures that are known, independent of ours or nearly so, hardly any may be three standard errors off. */
function expectAgreement(reproduction: Reproduction, count: number): void {
  const differences = figuresOf(reproduction).flatMap(({ difference }) =>
    difference === null ? [] : [difference],
  );
  expect(differences).toHaveLength(count);
  for (const difference of differences) expect(Math.abs(difference)).toBeLessThan(4);
  const far = differences.filter((difference) => Math.abs(difference) > 2);
  expect(far.length).toBeLessThan(0.15 * count + 1);
}

describe('the deterministic oracles of RandomState(0)', () => {
  it('the minimum loss, the gap at the start, and b of the toy problem', () => {
    expect(toyProblem.loss.linear!.length).toBe(10);
    const b = [0.144, 1.4543, 0.761, 0.1217, 0.4439, 0.3337, 1.4941, 0.2052, 0.3131, 0.8541];
    b.forEach((value, i) => {
      expect((1 - toyProblem.loss.linear![i]!) / 2).toBeCloseTo(value, 4);
    });
    expect(gapOf(toyProblem.theta)).toBeCloseTo(4.114214, 5);
    expect(gibbsTruth(toyProblem).loss - gapOf(toyProblem.theta)).toBeCloseTo(1.1251508, 6);
  });

  it('the marginals of 2 of 5', () => {
    const { structure, theta } = paperProblem(kSubset(5, 2), 0);
    const mu = structure.distribution.marginals(theta);
    [0.471994, 0.146845, 0.249337, 0.624994, 0.506831].forEach((value, i) => {
      expect(mu[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('a known figure', () => {
  it('has the error of its rounding and its reported standard error', () => {
    expect(knownFigure('0.50', 0)).toEqual({ value: 0.5, error: expect.closeTo(0.01 / Math.sqrt(12), 12) });
    expect(knownFigure('.143', 0.03).error).toBeCloseTo(0.03, 4);
    expect(knownFigure('96', 0).error).toBeCloseTo(1 / Math.sqrt(12), 12);
  });

  it('is compared in standard errors of the difference', () => {
    const figure = figureOf({ mean: 1, error: 0.3 }, { value: 0.5, error: 0.4 });
    expect(figure.difference).toBeCloseTo(1, 12);
    expect(figureOf({ mean: 1, error: 0.3 })).toMatchObject({ known: null, difference: null });
  });
});

describe('figure1', () => {
  const shares: number[] = [];
  const found = reproductions.figure1({
    preset: 'quick',
    key: key(3),
    onProgress: (share) => shares.push(share),
  });

  it('agrees with what was measured independently', () => {
    expectAgreement(found, 41);
  });

  it('says what the paper says: IMLE from 1,000 samples beats the others with ten times as many', () => {
    const best = curveOf(found, 0, 'IMLE', 'central').points.find(({ x }) => x === 0.3)!;
    const others = found.panels[0]!.levels.map(({ mean }) => mean);
    expect(others.length).toBeGreaterThan(1);
    expect(best.mean - 4 * best.error).toBeGreaterThan(Math.max(...others));
  });

  it('reports its progress, and is plain data', () => {
    expect(shares).toHaveLength(16);
    expect(shares.at(-1)).toBe(1);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe('samples', () => {
  const found = reproductions.samples({ preset: 'quick' });

  it('has four structures, and every method of the paper over S', () => {
    expect(found.panels.map(({ title }) => title)).toEqual(['2 of 5', '5 of 10', '1 of 10', '1 of 50']);
    for (const { curves } of found.panels) {
      expect(curves.map(({ points }) => points.map(({ x }) => x))).toEqual(
        curves.map(() => [1, 10, 100, 1000]),
      );
    }
  });

  it('agrees with the known figures of straight-through and of IMLE on 1 of 50', () => {
    for (const [label, difference] of [
      ['straight-through', null],
      ['IMLE, lambda = 1', 'forward'],
      ['IMLE, lambda = 1', 'central'],
    ] as const) {
      for (const point of curveOf(found, 3, label, difference).points) {
        expect(Math.abs(point.difference!)).toBeLessThan(3);
      }
    }
  });

  it('shows our default as a new layer has it, and not what it learns on a problem', () => {
    // After 200 passes over one problem, the cosine at S = 1 would be above .8 instead of about .5.
    const [first] = curveOf(found, 1, 'AIMLE, our default', 'central').points;
    expect(first!.mean).toBeGreaterThan(0.35);
    expect(first!.mean).toBeLessThan(0.68);
  });

  it('has the score function unbiased and straight-through not: with samples, only one goes on improving', () => {
    const at = (label: string, i: number): number => curveOf(found, 0, label).points[i]!.mean;
    expect(at('score function', 3)).toBeGreaterThan(0.95);
    expect(at('straight-through', 3) - at('straight-through', 2)).toBeLessThan(0.01);
  });
});

describe('sparsity', () => {
  const found = reproductions.sparsity({ preset: 'quick' });

  it('falls with lambda and with S', () => {
    for (const { points } of found.panels[0]!.curves)
      expect(points[0]!.mean).toBeGreaterThan(points.at(-1)!.mean);
    const small = found.panels[0]!.curves.map(({ points }) => points[0]!.mean);
    expect(small.length).toBeGreaterThan(1);
    expect(small).toEqual([...small].sort((a, b) => b - a));
  });

  it('has its best lambda between the ends, and a smaller one for larger S', () => {
    const best = found.panels[2]!.curves.map(
      ({ points }) => points.reduce((a, b) => (b.mean > a.mean ? b : a)).x,
    );
    expect(best).toEqual([...best].sort((a, b) => b - a));
    expect(best[0]).toBeGreaterThan(best[3]!);
    expect(best[3]).toBeGreaterThan(0.05);
  });
});

describe('toy', () => {
  const found = reproductions.toy({ preset: 'quick' });

  it('ends at the known figures, and begins at the known gap', () => {
    expectAgreement(found, 9);
    for (const { curves } of found.panels) {
      for (const { points } of curves) expect(points[0]!.mean).toBeCloseTo(4.114214, 5);
    }
  });

  it('has other estimators under other names: no two curves are the same', () => {
    const ends = figuresOf(found).map(({ mean }) => mean);
    const last = found.panels.flatMap(({ curves }) => curves.map(({ points }) => points.at(-1)!.mean));
    expect(new Set(last).size).toBe(last.length);
    expect(ends.every(Number.isFinite)).toBe(true);
  });

  it('lets alpha go on from repetition to repetition only where it is shared', () => {
    const at = (label: string, step: number): number =>
      curveOf(found, 1, label, 'forward').points.find(({ x }) => x === step)!.mean;
    // By then a fresh alpha has hardly moved; chance alone would make a far smaller difference.
    const fresh = at('AIMLE, step 0.0001, fresh, rate 0.5', 20);
    expect(at('AIMLE, step 0.0001, shared, rate 0.5', 20)).toBeLessThan(fresh - 0.4);
  });
});
