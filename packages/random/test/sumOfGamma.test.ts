import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fillSumOfGammaExact,
  foldIn,
  key,
  sumOfGamma,
  sumOfGammaDistribution,
  sumOfGammaError,
} from '../src/index.js';
import { edge, quantilesInPlace } from '../src/quantileTable.js';
import { pointAt } from '../src/sumOfGamma/series.js';
import { tableOf } from '../src/sumOfGamma/table.js';
import { distanceLimit, kolmogorovSmirnov, twoSampleDistance } from './statistics.js';

const kappas = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double({ min: 1, max: 100, noNaN: true }));

/** y at tail p: of the lower side when p > 0, of the upper side when p < 0, as draws are made. */
function tabulated(kappa: number, terms: number, tails: number[]): Float64Array {
  const out = Float64Array.from(tails);
  quantilesInPlace(tableOf(kappa, terms).cells, 0, out, out.length);
  return out;
}

describe('the distribution of Sum-of-Gamma noise', () => {
  test.each([
    // Values of P(Y <= y) and P(Y > y) by Talbot inversion of the Laplace transform in 40-digit arithmetic.
    [10, 10, 0.001, 0.004516300585892395, 0.9954836994141076],
    [10, 10, 0.165, 0.4984173487498298, 0.5015826512501702],
    [10, 10, 8, 0.9999935991773518, 6.400822648186358e-6],
    [10, 10, 20, 0.9999999999821344, 1.7865588450145558e-11],
    [1, 200, 2, 2.3417877541001225e-13, 0.9999999999997659],
    [1, 200, 30, 0.9999999999812847, 1.8715245937506094e-11],
    [100, 3, 1e-8, 0.5956416957471365, 0.40435830425286345],
    [100, 3, 10, 0.9999999566439234, 4.3356076595556375e-8],
    [7.3, 100, 0.01, 2.80295140952082e-17, 1],
    [7.3, 100, 10, 0.9999983180943469, 1.681905653046778e-6],
    [21, 100, 0.1, 0.22657907283199089, 0.7734209271680091],
  ])(
    'for kappa %d and %d terms at y = %d is that of an independent inversion',
    (kappa, terms, y, lower, upper) => {
      const point = pointAt(tableOf(kappa, terms).mixture, y);
      expect(point.lower / lower - 1).toBeCloseTo(0, 11);
      expect(point.upper / upper - 1).toBeCloseTo(0, 11);
    },
  );

  test('for kappa = 1 is that of the largest of `terms` exponentials', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 1e-3, max: 30, noNaN: true }),
        (terms, y) => {
          const point = pointAt(tableOf(1, terms).mixture, y);
          const logLower = terms * (y < 0.7 ? Math.log(-Math.expm1(-y)) : Math.log1p(-Math.exp(-y)));
          expect(point.lower / Math.exp(logLower) - 1).toBeCloseTo(0, 11);
          expect(point.upper / -Math.expm1(logLower) - 1).toBeCloseTo(0, 10);
          const density = terms * Math.exp(-y + ((terms - 1) * logLower) / terms);
          expect(point.density / density - 1).toBeCloseTo(0, 11);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('has a density that integrates to its distribution function', () => {
    const { cdf, density } = sumOfGammaDistribution({ kappa: 5 });
    const [from, to, steps] = [-0.3, 2.1, 400];
    let integral = 0;
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
      integral += (weight * density(from + ((to - from) * i) / steps) * (to - from)) / (3 * steps);
    }
    expect(integral).toBeCloseTo(cdf(to) - cdf(from), 8);
  });

  test('has a quantile function that inverts its distribution function', () => {
    fc.assert(
      fc.property(
        kappas,
        fc.integer({ min: 5, max: 30 }),
        fc.double({ min: 1e-6, max: 1 - 1e-9, noNaN: true }),
        (kappa, terms, u) => {
          const exact = sumOfGammaDistribution({ kappa, terms });
          const x = exact.quantile(u);
          // x is y less ln(terms) / kappa: where y is tiny the difference keeps an absolute precision only.
          expect(exact.cdf(x - 1e-15)).toBeLessThan(u + 1e-12);
          expect(exact.cdf(x + 1e-15)).toBeGreaterThan(u - 1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is 0 left of its support and 1 far to the right', () => {
    const { cdf, upperTail, density } = sumOfGammaDistribution({ kappa: 10 });
    expect([cdf(-0.24), upperTail(-0.24), density(-0.24)]).toEqual([0, 1, 0]);
    expect([cdf(1e6), upperTail(1e6)]).toEqual([1, 0]);
  });
});

describe('the table of quantiles', () => {
  test.each([
    [1, 1],
    [1, 200],
    [1.5, 10],
    [5, 10],
    [10, 10],
    [20.8, 100],
    [100, 10],
    [100, 1],
    [1000, 10],
    [400, 200],
    [2000, 200],
    [20_000, 200],
  ])('for kappa %d and %d terms is as close to the true quantiles as docs promise', (kappa, terms) => {
    const { quantile, distribution } = sumOfGammaError({ kappa, terms });
    expect(quantile).toBeLessThan(terms <= 10 ? 3.5e-8 : 1e-7);
    if (terms >= kappa / 2) expect(distribution).toBeLessThan(2.1e-8);
    if (terms >= kappa / 10) expect(distribution).toBeLessThan(7e-7);
  });

  // A table of 200 terms takes half a second of a free core: few draws a run.
  test.each([
    ['up to 40 terms', 1, 40, 6],
    ['up to 200 terms', 41, 200, 3],
  ] as const)('is proven to be so for any parameters, %s', (_, minTerms, maxTerms, numRuns) => {
    const parameters = fc
      .tuple(fc.integer({ min: minTerms, max: maxTerms }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([terms, share]) => ({ terms, kappa: (100 * terms) ** share }));
    fc.assert(
      fc.property(parameters, ({ kappa, terms }) => {
        const { quantile, distribution } = sumOfGammaError({ kappa, terms });
        expect(quantile).toBeLessThan(1e-7);
        if (terms >= kappa / 2) expect(distribution).toBeLessThan(2.1e-8);
        if (terms >= kappa / 10) expect(distribution).toBeLessThan(7e-7);
      }),
      { numRuns },
    );
  });

  test('obeys the proven bound at points anywhere, on both sides, down to tails of 2^-65', () => {
    const anyTail = fc
      .tuple(fc.double({ min: -65, max: -1, noNaN: true }), fc.boolean())
      .map(([exponent, lower]) => (lower ? 1 : -1) * 2 ** exponent);
    for (const [kappa, terms] of [
      [1, 10],
      [10, 10],
      [30, 10],
      [7.7, 50],
    ] as const) {
      const bound = sumOfGammaError({ kappa, terms }).distribution;
      fc.assert(
        fc.property(fc.array(anyTail, { minLength: 1, maxLength: 50 }), (tails) => {
          const values = tabulated(kappa, terms, tails);
          tails.forEach((tail, i) => {
            const point = pointAt(tableOf(kappa, terms).mixture, values[i]!);
            const error = tail > 0 ? point.lower - tail : point.upper + tail;
            expect(Math.abs(error)).toBeLessThanOrEqual(Math.min(bound, 3e-6 * Math.abs(tail)));
          });
        }),
        { numRuns: 50 },
      );
    }
  });

  test('rises with u without steps, across every cell edge and across the median', () => {
    const edges = Array.from({ length: 2048 }, (_, i) => edge(i + 1));
    const tails = edges.flatMap((p) => [p * (1 - 2 ** -45), p]);
    tails.push(...edges.toReversed().flatMap((p) => [-p, -p * (1 - 2 ** -45)]));
    const values = tabulated(10, 10, tails);
    for (let i = 1; i < values.length; i++) {
      // At the shared edge of two cells, rounding alone may part them.
      expect(values[i]! - values[i - 1]!).toBeGreaterThan(-1e-13);
    }
    for (let i = 0; i < values.length; i += 2) {
      expect(Math.abs(values[i + 1]! - values[i]!)).toBeLessThan(1e-11);
    }
  });
});

describe('draws', () => {
  const DRAWS = 100_000;

  test.each([
    [1, 10],
    [5, 10],
    [10, 10],
    [21, 100],
    [2.5, 3],
  ])(
    'for kappa %d and %d terms are distributed like sums of gamma draws',
    (kappa, terms) => {
      const fast = new Float32Array(DRAWS);
      sumOfGamma({ kappa, terms }).fill(key(11), fast);
      const exact = new Float32Array(terms > 50 ? DRAWS / 10 : DRAWS / 2);
      fillSumOfGammaExact(foldIn(key(12), `kappa ${kappa}`), exact, { kappa, terms });
      const pairs = (fast.length * exact.length) / (fast.length + exact.length);
      expect(twoSampleDistance(fast, exact)).toBeLessThan(distanceLimit(pairs));
      const { cdf } = sumOfGammaDistribution({ kappa, terms });
      expect(kolmogorovSmirnov(fast, cdf)).toBeLessThan(distanceLimit(fast.length));
      expect(kolmogorovSmirnov(exact, cdf)).toBeLessThan(distanceLimit(exact.length));
    },
    60_000,
  );

  test('of kappa = 7 add up to nearly a Gumbel draw', () => {
    const sum = new Float64Array(DRAWS);
    const one = new Float32Array(DRAWS);
    for (let i = 0; i < 7; i++) {
      sumOfGamma({ kappa: 7, terms: 200 }).fill(foldIn(key(13), i), one);
      for (let j = 0; j < DRAWS; j++) sum[j]! += one[j]!;
    }
    // 200 terms leave out sum_{i>200} (E_i - 1) / i, of standard deviation 0.07, and the smallest Gumbel values.
    expect(kolmogorovSmirnov(sum, (x) => Math.exp(-Math.exp(-x)))).toBeLessThan(distanceLimit(DRAWS) + 2e-3);
  });

  test('stay above the left end of the support, -ln(terms) / kappa', () => {
    const out = new Float32Array(DRAWS);
    sumOfGamma({ kappa: 100 }).fill(key(14), out);
    expect(Math.min(...out.subarray(0, 50_000))).toBeGreaterThanOrEqual(Math.fround(-Math.log(10) / 100));
  });
});

test('mean and standard deviation are the closed forms', () => {
  const { mean, std } = sumOfGamma({ kappa: 2, terms: 3 });
  expect(mean).toBeCloseTo((1 + 1 / 2 + 1 / 3 - Math.log(3)) / 2, 14);
  expect(std).toBeCloseTo(Math.sqrt((1 + 1 / 4 + 1 / 9) / 2), 14);
});

test('parameters outside the proven range are refused', () => {
  expect(() => sumOfGamma({ kappa: 0.5 })).toThrow(
    'sumOfGamma: kappa (from 1 to 100 * terms) must be a number in [1, 1000], got 0.5',
  );
  expect(() => sumOfGamma({ kappa: 101, terms: 1 })).toThrow('in [1, 100], got 101');
  expect(() => sumOfGamma({ kappa: Number.NaN })).toThrow('got NaN');
  expect(() => sumOfGamma({ kappa: 5, terms: 0 })).toThrow(
    'sumOfGamma: terms must be an integer in [1, 200], got 0',
  );
  expect(() => sumOfGamma({ kappa: 5, terms: 201 })).toThrow('got 201');
  expect(() => sumOfGammaDistribution({ kappa: 5 }).quantile(1)).toThrow('quantile: u must be a number in');
});
