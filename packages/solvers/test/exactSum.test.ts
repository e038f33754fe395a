import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from '../src/tour/exactSum.js';

/** The sum in units of 2^-149, of which all single-precision numbers are multiples. */
function wholeSum(terms: readonly number[]): bigint {
  return terms.reduce((sum, term) => {
    let exponent = 0;
    let mantissa = term;
    while (!Number.isInteger(mantissa)) {
      mantissa *= 2;
      exponent++;
    }
    return sum + (BigInt(mantissa) << BigInt(149 - exponent));
  }, 0n);
}

describe('the exact sum', () => {
  it('has the sign of the sum in whole numbers, for terms of any size', () => {
    const sum = exactSum();
    const term = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(2 ** 200, -(2 ** 200), 1e9, -1e9, 2 ** -149),
    );
    fc.assert(
      fc.property(fc.array(term, { maxLength: 12 }), fc.boolean(), (terms, cancelled) => {
        const all = cancelled ? [...terms, ...terms.slice(1).map((x) => -x)] : terms;
        sum.clear();
        for (const x of all) sum.add(x);
        const whole = wholeSum(all);
        expect(Math.sign(sum.sign())).toBe(whole > 0n ? 1 : whole < 0n ? -1 : 0);
      }),
      { numRuns: 2000 },
    );
  });
});
