import type { Contender, Measurement } from './contender.js';

/** What two contenders took for one case. */
export interface Comparison {
  readonly subject: string;
  /** Medians over the rounds, of the two in order; null where a contender does not have the case. */
  readonly ms: readonly [number | null, number | null];
  readonly memory_mb: readonly [number | null, number | null];
  /** How many times faster the second is: the median of the rounds' ratios. */
  readonly ratio: number | null;
  /** The smallest and the largest ratio of a round. */
  readonly range: readonly [number, number] | null;
  readonly on: readonly [string | null, string | null];
}

type Pair = readonly [Measurement | null, Measurement | null];

/** Measures a case by both, round by round. Who is first alternates, so that what a machine does meanwhile hits both. */
export function inTurn(
  subject: string,
  [one, other]: readonly [Contender, Contender],
  rounds: number,
): Comparison {
  const pairs = Array.from({ length: rounds }, (_, round): Pair => {
    if (round % 2 === 0) return [one.measure(subject), other.measure(subject)];
    const second = other.measure(subject);
    return [one.measure(subject), second];
  });
  const ratios = pairs.flatMap(([a, b]) => (a && b ? [a.ms / b.ms] : []));
  const over = (side: 0 | 1, of: (measured: Measurement) => number): number | null =>
    median(pairs.flatMap((pair) => (pair[side] ? [of(pair[side])] : [])));
  const both = <Value>(of: (side: 0 | 1) => Value): readonly [Value, Value] => [of(0), of(1)];
  return {
    subject,
    ms: both((side) => over(side, ({ ms }) => ms)),
    memory_mb: both((side) => over(side, ({ memory_mb }) => memory_mb)),
    ratio: median(ratios),
    range: ratios.length === 0 ? null : [Math.min(...ratios), Math.max(...ratios)],
    on: both((side) => pairs[0]?.[side]?.on ?? null),
  };
}

/** The median, that of an even number being the mean of the two in the middle; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
