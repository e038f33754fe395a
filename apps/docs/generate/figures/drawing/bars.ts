import { type Axis, axes, type Frame, placeOn } from './axes.js';
import { legend } from './chart.js';
import { type Ink, rect, segment, words } from './svg.js';

/** One value for each group, in an ink of its own. */
export interface BarSeries {
  readonly name: string;
  readonly ink: Ink;
  readonly values: readonly number[];
}

const width = 460;

/** Bars side by side in groups, the names of the series above. */
export function bars(
  groups: readonly string[],
  y: Axis,
  series: readonly BarSeries[],
): { width: number; height: number; shapes: string[] } {
  const names = legend(series);
  const frame: Frame = { left: 56, right: width - 8, top: names.height + 50, bottom: names.height + 244 };
  const up = placeOn(y, frame.bottom, frame.top);
  const step = (frame.right - frame.left) / groups.length;
  const bar = (step * 0.76) / series.length;
  const drawn = groups.flatMap((group, g) => {
    const start = frame.left + g * step + step * 0.12;
    const each = series.map(({ ink, values }, s) => {
      const [top, bottom] = [Math.min(up(values[g]!), up(0)), Math.max(up(values[g]!), up(0))];
      return rect(start + s * bar, top, bar - 1.5, bottom - top, ink);
    });
    return [...each, words(frame.left + (g + 0.5) * step, frame.bottom + 16, group)];
  });
  const empty: Axis = { label: '', from: 0, to: 1, ticks: [] };
  const zero = segment(frame.left, up(0), frame.right, up(0), 'muted');
  return {
    width,
    height: frame.bottom + 30,
    shapes: [...names.shapes, ...axes(frame, empty, y), ...drawn, zero],
  };
}
