import { key } from '@aimle/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution, RankedDistribution } from '../src/index.js';
import { inner, Oracle } from './oracle.js';
import { type Structure, structures } from './registry.js';
import { instance } from './scores.js';

for (const structure of structures) describe(structure.label, () => battery(structure));

/**
 * The promised accuracy, with `accuracy` a = 1e-12 unless the registry says otherwise: the relative error of marginals,
 * entropies, divergences and cross-entropies is at most a; log-probabilities and log-partitions are within a times the
 * largest score; products are within a times the marginal times the largest <v, z>.
 */
function battery(structure: Structure): void {
  const { states, ties = 'first', accuracy = 1e-12, variance = 0 } = structure;
  const distribution = structure.build('maximise');
  const { name, size } = distribution;
  const theta = instance(size, 1e4, true);
  const finite = instance(size, 1e4, false);
  const oracleOf = (scores: ArrayLike<number>): Oracle => new Oracle(states, scores);
  const possible = theta.filter((scores) => oracleOf(scores).possible);
  const check = <T>(arbitrary: fc.Arbitrary<T>, property: (drawn: T) => void, numRuns = 60): void =>
    fc.assert(fc.property(arbitrary, property), { numRuns, interruptAfterTimeLimit: 20_000 });

  /** Below the smallest normal number nothing is accurate relative to itself. */
  const near = (actual: number, expected: number, scale: number, what: string): void => {
    if (Object.is(actual, expected)) return;
    const error = Math.abs(actual - expected);
    expect(
      error <= accuracy * scale + 1e-280,
      `${what}: ${actual}, should be ${expected}, off by ${error}`,
    ).toBe(true);
  };
  const largest = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((max, x) => (Number.isFinite(x) ? Math.max(max, Math.abs(x)) : max), 1);

  it('states its name and size, and a positive kappa between the minimum and maximum number of ones', () => {
    const counts = states.map((z) => z.reduce((sum, one) => sum + one, 0));
    expect(distribution.kappa).toBeGreaterThan(0);
    expect(distribution.kappa).toBeGreaterThanOrEqual(Math.min(...counts));
    expect(distribution.kappa).toBeLessThanOrEqual(Math.max(1, ...counts));
  });

  it('lists its states, the lexicographically greatest first', () => {
    expect(Array.from(distribution.states(), (z) => z.join(''))).toEqual(states.map((z) => z.join('')));
  });

  it('has the log-partition and the marginals of enumeration', () => {
    check(possible, (scores) => {
      const oracle = oracleOf(scores);
      near(
        distribution.logPartition(scores)[0]!,
        oracle.logPartition,
        largest(oracle.scores),
        'log-partition',
      );
      const mu = distribution.marginals(scores);
      for (let i = 0; i < size; i++) {
        near(mu[i]!, oracle.marginal(i), oracle.marginal(i), `marginal ${i}`);
        expect(mu[i]).toBeLessThanOrEqual(1);
      }
    });
  });

  it('has the covariance products of enumeration', () => {
    check(fc.tuple(possible, instance(size, 1e3, false)), ([scores, v]) => {
      const oracle = oracleOf(scores);
      const maxProduct = largest(states.map((z) => inner(z, v)));
      const product = distribution.covarianceProduct(scores, v);
      for (let i = 0; i < size; i++) {
        near(product[i]!, oracle.covariance(i, v), oracle.marginal(i) * maxProduct, `product ${i}`);
      }
    });
  });

  it('has the entropy of enumeration', () => {
    check(possible, (scores) => {
      const { entropy } = oracleOf(scores);
      near(distribution.entropy(scores)[0]!, entropy, entropy, 'entropy');
    });
  });

  it('has the divergences and cross-entropies of enumeration', () => {
    const pair = fc.oneof(
      fc.tuple(possible, possible),
      fc.tuple(finite, finite),
      // Close to each other, where differences would cancel.
      fc
        .tuple(possible, finite)
        .map(([a, b]) => [a, a.map((x, i) => x + Math.sign(b[i]!) * 2 ** -10)] as const),
    );
    check(pair, ([scores, other]) => {
      const [oracle, otherOracle] = [oracleOf(scores), oracleOf(other)];
      const kl = oracle.kl(otherOracle);
      // It is the square of a difference d of logarithms: where these are right to 1e-15, it is to d * 1e-15 and 1e-30.
      const byVariance = variance * Math.min(1, farthest(scores, other)) ** 2;
      const scale = kl + 1e-3 * Math.sqrt(kl) + 1e-18 + byVariance / accuracy;
      near(distribution.kl(scores, other)[0]!, kl, scale, 'divergence');
      const crossEntropy = oracle.crossEntropy(otherOracle);
      near(distribution.crossEntropy(scores, other)[0]!, crossEntropy, crossEntropy + 1e-18, 'cross-entropy');
    });
  });

  it('has divergence zero from itself', () => {
    check(possible, (scores) => {
      near(distribution.kl(scores, scores)[0]!, 0, 1e-18, 'divergence');
    });
  });

  it('has the log-probabilities of enumeration for states, and -Infinity for everything else', () => {
    const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: size, maxLength: size });
    const any = fc.oneof(
      fc.constantFrom(...states).map((z) => Array.from(z)),
      bits,
    );
    const known = new Map(states.map((z, s) => [z.join(''), s]));
    check(fc.tuple(possible, any), ([scores, z]) => {
      const oracle = oracleOf(scores);
      const s = known.get(z.join(''));
      const expected = s === undefined ? -Infinity : oracle.scores[s]! - oracle.logPartition;
      const actual = distribution.logProbability(scores, Float64Array.from(z))[0]!;
      if (expected === -Infinity) expect(actual).toBe(-Infinity);
      else near(actual, expected, largest(oracle.scores), 'log-probability');
    });
    const state = Float64Array.from(states[0]!);
    for (let i = 0; i < size; i++) {
      const bent = state.slice();
      bent[i]! += 0.5;
      expect(distribution.logProbability(new Float64Array(size), bent)[0]).toBe(-Infinity);
    }
  });

  it('solves as enumeration does', () => {
    check(possible, (scores) => {
      const oracle = oracleOf(scores);
      const top = oracle.scores.reduce((a, b) => Math.max(a, b), -Infinity);
      const z = new Float32Array(size).fill(NaN);
      distribution.solve(Float32Array.from(scores), z, 1);
      if (ties === 'first') expect(Array.from(z)).toEqual(Array.from(states[oracle.scores.indexOf(top)]!));
      else {
        expect(distribution.logProbability(scores, z)[0]).toBeGreaterThan(-Infinity);
        expect(inner(z, scores)).toBe(top);
      }
    });
  });

  if (isRanked(distribution)) {
    it('has the best states of enumeration, and zeros behind the last', () => {
      const m = fc.integer({ min: 1, max: states.length + 2 });
      check(fc.tuple(possible, m), ([scores, m]) => {
        const oracle = oracleOf(scores);
        const sorted = oracle.scores.filter((score) => score > -Infinity).sort((a, b) => b - a);
        const { z, logProbability } = distribution.topStates(scores, m);
        const found = new Set<string>();
        for (let j = 0; j < m; j++) {
          const state = z.subarray(j * size, (j + 1) * size);
          if (j < sorted.length) {
            expect(inner(state, scores)).toBe(sorted[j]);
            expect(states.map((each) => each.join(''))).toContain(state.join(''));
            found.add(state.join(''));
            near(
              logProbability[j]!,
              sorted[j]! - oracle.logPartition,
              largest(oracle.scores),
              `log-probability ${j}`,
            );
          } else {
            expect(state.every((one) => one === 0)).toBe(true);
            expect(logProbability[j]).toBe(-Infinity);
          }
        }
        expect(found.size).toBe(Math.min(m, sorted.length));
      });
      expect(() => distribution.topStates(new Float64Array(size), 0)).toThrow(
        `${name}: m must be an integer of at least 1, got 0`,
      );
    });
  }

  it('has marginals that are the gradient of the log-partition, and products that are the derivative of the marginals', () => {
    const calm = instance(size, 1, false);
    check(
      fc.tuple(calm, calm, calm),
      ([scores, v, w]) => {
        const step = 1e-4;
        const along = (sign: number) => scores.map((x, i) => x + sign * step * v[i]!);
        const mu = distribution.marginals(scores);
        const [up, down] = [
          distribution.logPartition(along(1))[0]!,
          distribution.logPartition(along(-1))[0]!,
        ];
        expect((up - down) / (2 * step)).toBeCloseTo(inner(v, mu), 6);
        const product = distribution.covarianceProduct(scores, v);
        const [above, below] = [distribution.marginals(along(1)), distribution.marginals(along(-1))];
        for (let i = 0; i < size; i++)
          expect((above[i]! - below[i]!) / (2 * step)).toBeCloseTo(product[i]!, 6);
        expect(inner(w, product)).toBeCloseTo(inner(v, distribution.covarianceProduct(scores, w)), 10);
      },
      30,
    );
  });

  it('draws each state with its probability', () => {
    const draws = 4000;
    const cases = [
      new Float64Array(size),
      ...fc.sample(instance(size, 1, false), { numRuns: 1, seed: 3 }),
      ...fc.sample(possible, { numRuns: 3, seed: 4 }),
    ];
    cases.forEach((scores, c) => {
      const { p } = oracleOf(scores);
      const batch = new Float64Array(draws * size);
      for (let r = 0; r < draws; r++) batch.set(scores, r * size);
      const z = distribution.sample(key(c), batch);
      const counts = new Map(states.map((state) => [state.join(''), 0]));
      for (let r = 0; r < draws; r++) {
        const drawn = z.subarray(r * size, (r + 1) * size).join('');
        expect(counts.has(drawn), `${drawn} is a state`).toBe(true);
        counts.set(drawn, counts.get(drawn)! + 1);
      }
      expect(deviation([...counts.values()], p, draws)).toBeLessThan(5);
    });
  });

  it('draws depending on key and place only', () => {
    check(fc.tuple(possible, possible, possible), ([a, b, c]) => {
      const drawn = distribution.sample(key(5), joined([a, b]));
      expect(distribution.sample(key(5), joined([a, b]))).toEqual(drawn);
      expect(distribution.sample(key(5), joined([c, b])).subarray(size)).toEqual(drawn.subarray(size));
      expect(distribution.sample(key(5), a)).toEqual(drawn.subarray(0, size));
    });
    if (states.length > 1) {
      const same = new Float64Array(40 * size);
      const drawn = distribution.sample(key(6), same);
      expect(distribution.sample(key(7), same)).not.toEqual(drawn);
      expect(
        new Set(Array.from({ length: 40 }, (_, r) => drawn.subarray(r * size, (r + 1) * size).join())).size,
      ).toBeGreaterThan(1);
    }
  });

  const operations: Record<string, (theta: Float32Array | Float64Array, out?: Float64Array) => Float64Array> =
    {
      logPartition: (scores, out) => distribution.logPartition(scores, out),
      marginals: (scores, out) => distribution.marginals(scores, out),
      covarianceProduct: (scores, out) =>
        distribution.covarianceProduct(
          scores,
          new Float64Array(scores.length).map((_, i) => Math.cos(i % size)),
          out,
        ),
      logProbability: (scores, out) =>
        distribution.logProbability(scores, repeated(states[0]!, scores.length / size), out),
      entropy: (scores, out) => distribution.entropy(scores, out),
      kl: (scores, out) => distribution.kl(scores, new Float64Array(scores.length), out),
      crossEntropy: (scores, out) => distribution.crossEntropy(scores, new Float64Array(scores.length), out),
    };

  it('gives the same answers for a batch as one by one, also in single precision and in out', () => {
    check(
      fc.array(possible, { maxLength: 4 }),
      (rows) => {
        const batch = joined(rows);
        for (const [operation, run] of Object.entries(operations)) {
          const together = run(batch);
          const singles = rows.flatMap((row) => Array.from(run(row)));
          expect(Array.from(together), operation).toEqual(singles);
          expect(run(Float32Array.from(batch)), operation).toEqual(together);
          const out = new Float64Array(together.length).fill(NaN);
          expect(run(batch, out), operation).toBe(out);
          expect(out, operation).toEqual(together);
        }
        const drawn = distribution.sample(key(1), batch);
        const out = new Float64Array(batch.length).fill(NaN);
        expect(distribution.sample(key(1), batch, out)).toBe(out);
        expect(out).toEqual(drawn);
      },
      15,
    );
  });

  const all = {
    ...operations,
    sample: (scores: Float32Array | Float64Array) => distribution.sample(key(1), scores),
  };
  const noState = new Float64Array(size).fill(-Infinity);

  it('names the instance without a state or with invalid numbers, and can still be used', () => {
    for (const [operation, run] of Object.entries(all)) {
      const right = run(new Float64Array(2 * size));
      if (!oracleOf(noState).possible) {
        expect(() => run(joined([new Float64Array(size), noState])), operation).toThrow(
          `${name}: instance 1 has no state`,
        );
      }
      for (const wrong of [NaN, Infinity]) {
        const broken = new Float64Array(3 * size);
        broken[3 * size - 1] = wrong;
        expect(() => run(broken), operation).toThrow(
          `${name}: theta must be finite, or -Infinity to forbid an element, got ${wrong} in instance 2 at element ${size - 1}`,
        );
      }
      expect(run(new Float64Array(2 * size)), operation).toEqual(right);
    }
    const fine = new Float64Array(2 * size);
    const broken = fine.slice();
    broken[size] = NaN;
    expect(() => distribution.kl(fine, broken)).toThrow(
      `${name}: other must be finite, or -Infinity to forbid an element, got NaN in instance 1 at element 0`,
    );
    expect(() => distribution.covarianceProduct(fine, broken)).toThrow(
      `${name}: v must be finite, got NaN in instance 1 at element 0`,
    );
    if (!oracleOf(noState).possible) {
      expect(() => distribution.kl(fine, joined([fine.subarray(0, size), noState]))).toThrow(
        `${name}: instance 1 has no state`,
      );
      expect(() => distribution.crossEntropy(fine, joined([fine.subarray(0, size), noState]))).toThrow(
        `${name}: instance 1 has no state`,
      );
    }
  });

  it('throws where the masks leave no state, and only there', () => {
    check(theta, (scores) => {
      if (oracleOf(scores).possible) distribution.marginals(scores);
      else expect(() => distribution.marginals(scores)).toThrow(`${name}: instance 0 has no state`);
    });
  });

  it('refuses arrays of the wrong length or type, and overlapping arrays', () => {
    const right = new Float64Array(size);
    const twice = new Float64Array(2 * size);
    expect(() => distribution.kl(right, twice)).toThrow(`${name}: other must have as many numbers as theta`);
    expect(() => distribution.logProbability(right, twice)).toThrow(
      `${name}: z must have as many numbers as theta`,
    );
    expect(() => distribution.covarianceProduct(right, twice)).toThrow(
      `${name}: v must have as many numbers as theta`,
    );
    expect(() => distribution.marginals(right, twice)).toThrow(
      `${name}: out must have ${size} elements, got ${2 * size}`,
    );
    expect(() => distribution.marginals(right, right)).toThrow(
      `${name}: out and theta must not share memory`,
    );
    expect(() => distribution.entropy([0] as never)).toThrow(
      `${name}: theta must be a Float32Array or a Float64Array, got Array`,
    );
    if (size > 1) {
      expect(() => distribution.marginals(new Float64Array(size + 1))).toThrow(
        `${name}: theta must have a multiple of size = ${size}`,
      );
    }
  });
}

function isRanked(distribution: Distribution): distribution is RankedDistribution {
  return 'topStates' in distribution;
}

function joined(rows: readonly Float64Array[]): Float64Array {
  return Float64Array.from(rows.flatMap((row) => Array.from(row)));
}

function repeated(state: Uint8Array, rows: number): Float64Array {
  return Float64Array.from({ length: rows * state.length }, (_, i) => state[i % state.length]!);
}

/**
 * How many standard deviations a chi-square statistic is above its mean, by the cube-root approximation of Wilson and
 * Hilferty (1931). States that are expected fewer than five times count as one. Right counts give 5 or more once in some
 * 10^6 keys; an impossible state that is drawn gives Infinity.
 */
function deviation(counts: readonly number[], p: readonly number[], draws: number): number {
  let chiSquare = 0;
  let cells = 0;
  let rareCount = 0;
  let rareExpected = 0;
  counts.forEach((count, s) => {
    const expected = draws * p[s]!;
    if (expected < 5) {
      rareCount += count;
      rareExpected += expected;
      return;
    }
    chiSquare += (count - expected) ** 2 / expected;
    cells++;
  });
  if (rareExpected >= 5) {
    chiSquare += (rareCount - rareExpected) ** 2 / rareExpected;
    cells++;
  } else if (rareCount > rareExpected + 5 * Math.sqrt(rareExpected) + 5) return Infinity;
  if (cells < 2) return 0;
  const spread = 2 / (9 * (cells - 1));
  return (Math.cbrt(chiSquare / (cells - 1)) - (1 - spread)) / Math.sqrt(spread);
}

/** The largest difference between two vectors of logits. */
function farthest(scores: Float64Array, other: Float64Array): number {
  return Math.max(...scores.map((x, i) => (x === other[i] ? 0 : Math.abs(x - other[i]!))));
}
