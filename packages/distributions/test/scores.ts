import fc from 'fast-check';

/** Multiples of 2^-24 below 2^14 in single precision: any sum of a hundred of them is exact in double precision. */
function dyadic(x: number): number {
  return Math.fround(Math.round(x * 2 ** 24) / 2 ** 24);
}

const spreads = [1e-6, 1e-3, 1, 30, 1e3, 1e4] as const;

/** Instances of one spread; of several that tie; of scores from 1e-6 to 1e4 in a mixture; a share of them masked. */
export function instance(size: number, maxSpread: number, masks: boolean): fc.Arbitrary<Float64Array> {
  const within = spreads.filter((spread) => spread <= maxSpread);
  const unit = fc.double({ min: -0.5, max: 0.5, noNaN: true });
  const row = (score: fc.Arbitrary<number>) =>
    fc.array(
      masks
        ? fc.oneof({ weight: 7, arbitrary: score }, { weight: 1, arbitrary: fc.constant(-Infinity) })
        : score,
      {
        minLength: size,
        maxLength: size,
      },
    );
  return fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(...within).chain((spread) => row(unit.map((x) => dyadic(x * spread)))),
      },
      { weight: 1, arbitrary: row(fc.integer({ min: -1, max: 1 })) },
      {
        weight: 1,
        arbitrary: row(fc.tuple(unit, fc.constantFrom(...within)).map(([x, spread]) => dyadic(x * spread))),
      },
    )
    .map((scores) => Float64Array.from(scores));
}
