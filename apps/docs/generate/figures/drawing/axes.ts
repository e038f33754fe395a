import { segment, words } from './svg.js';

/** One axis: what is on it, from where to where, and which values are written. */
export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly logarithmic?: boolean;
  readonly written?: (value: number) => string;
}

/** A rectangle of the figure that values are drawn in. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a value lies between two ends. */
export function placeOn(
  { from, to, logarithmic }: Axis,
  low: number,
  high: number,
): (value: number) => number {
  const scale = logarithmic ? Math.log : (value: number): number => value;
  return (value) => low + ((scale(value) - scale(from)) / (scale(to) - scale(from))) * (high - low);
}

/** Both axes, with faint lines across at the ticks of y. */
export function axes(frame: Frame, x: Axis, y: Axis): string[] {
  const { left, right, top, bottom } = frame;
  const [across, up] = [placeOn(x, left, right), placeOn(y, bottom, top)];
  return [
    ...y.ticks.flatMap((tick) => [
      segment(left, up(tick), right, up(tick), 'line'),
      words(left - 7, up(tick), (y.written ?? plain)(tick), 'end'),
    ]),
    segment(left, bottom, right, bottom, 'muted'),
    ...x.ticks.flatMap((tick) => [
      segment(across(tick), bottom, across(tick), bottom + 4, 'muted'),
      words(across(tick), bottom + 16, (x.written ?? plain)(tick)),
    ]),
    words((left + right) / 2, bottom + 36, x.label, 'middle', 'ink'),
    words(left - 36, top - 20, y.label, 'start', 'ink'),
  ];
}

function plain(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });
}
