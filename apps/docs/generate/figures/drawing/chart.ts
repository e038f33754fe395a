import { type Axis, axes, type Frame, placeOn } from './axes.js';
import { disc, type Ink, polyline, words } from './svg.js';

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly ink: Ink;
  readonly dashed?: boolean;
  /** Whether every point is marked: points are few, and what lies between them is not known. */
  readonly marked?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const width = 460;

/** A chart of lines, the names of the lines above it. */
export function chart(
  x: Axis,
  y: Axis,
  series: readonly Series[],
): { width: number; height: number; shapes: string[] } {
  const names = legend(series);
  const frame: Frame = { left: 56, right: width - 16, top: names.height + 50, bottom: names.height + 264 };
  const [across, up] = [placeOn(x, frame.left, frame.right), placeOn(y, frame.bottom, frame.top)];
  const lines = series.flatMap(({ ink, dashed, marked, points }) => {
    const places = points.map(([h, v]): [number, number] => [across(h), up(v)]);
    const marks = marked ? places.map(([h, v]) => disc(h, v, 3, ink)) : [];
    return [polyline(places, ink, dashed ? '6 5' : ''), ...marks];
  });
  return { width, height: frame.bottom + 48, shapes: [...names.shapes, ...axes(frame, x, y), ...lines] };
}

/** Names beside short pieces of their lines, in as many rows as they need. */
export function legend(
  series: readonly { readonly name: string; readonly ink: Ink; readonly dashed?: boolean }[],
): { height: number; shapes: string[] } {
  const shapes: string[] = [];
  let [x, y] = [8, 14];
  for (const { name, ink, dashed } of series) {
    const needed = 48 + 7.2 * name.length;
    if (x > 8 && x + needed > width) [x, y] = [8, y + 22];
    shapes.push(
      polyline(
        [
          [x, y],
          [x + 24, y],
        ],
        ink,
        dashed ? '6 5' : '',
      ),
      words(x + 30, y, name, 'start', 'ink'),
    );
    x += needed;
  }
  return { height: y, shapes };
}
