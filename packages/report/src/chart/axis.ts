import { plain } from '../wording.js';

/** One axis of a chart. By default, its ends and ticks are round numbers around the values. */
export interface Axis {
  readonly label?: string;
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log';
  readonly from?: number;
  readonly to?: number;
  /** Larger values do not stretch the axis, so that a high start does not flatten the rest. */
  readonly ceiling?: number;
  readonly ticks?: readonly number[];
  readonly format?: (value: number) => string;
}

/** An axis with its ends and ticks, and the place of a value between the ends, from 0 to 1. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  share(value: number): number;
}

/** Makes the scale of an axis for values, with about `count` ticks. */
export function scaleOf(axis: Axis, values: readonly number[], count: number): Scale {
  const isLog = axis.scale === 'log';
  const [low, max] = extent(values);
  const high = Math.max(low, Math.min(max, axis.ceiling ?? max));
  const step = stepOf(axis.from ?? low, axis.to ?? high, count);
  const rounded = (value: number, round: (value: number) => number): number =>
    isLog ? 10 ** round(Math.log10(value)) : round(value / step) * step;
  const from = axis.from ?? rounded(low, (value) => Math.floor(value + 1e-9));
  const to = axis.to ?? rounded(high, (value) => Math.ceil(value - 1e-9));
  const place = isLog ? Math.log : Number;
  const length = place(to) - place(from) || 1;
  return {
    from,
    to,
    ticks: axis.ticks ?? (isLog ? decades(from, to, count) : multiples(from, to, step)),
    format: axis.format ?? plain,
    share: (value) => (place(value) - place(from)) / length,
  };
}

/** Finds the smallest interval with all values; widened when they are all equal, [0, 1] when there are none. */
function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low === high) return low === 0 ? [0, 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
  return [low, high];
}

/** Finds a step of 1, 2 or 5 times a power of ten, about `count` of which fill an interval. */
function stepOf(from: number, to: number, count: number): number {
  const rough = (to - from) / Math.max(1, count) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9))!;
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Lists powers of ten: fewer where there are many; also 2 and 5 times them where there are few. */
function decades(from: number, to: number, count: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / Math.max(count, 3)));
  const ticks: number[] = [];
  for (let power = first - 1; power <= last; power += every) {
    for (const digit of last - first < 2 ? [1, 2, 5] : [1]) {
      const tick = Number(`${digit}e${power}`);
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}
