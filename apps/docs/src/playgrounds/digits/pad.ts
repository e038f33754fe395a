import type { Place } from '../../canvas/dragging.js';

export const SIDE = 28;

/** The longer side of the ink, in pixels, as the generated digits have it, but for the width of the stroke. */
const EXTENT = 17.5;
const RADIUS = 1.35;

/**
 * Strokes as an image like those the model is trained on, 28 x 28 numbers in [0, 1]: scaled to their size, in
 * the middle, ink falling off with the distance to the stroke. Without strokes, blank.
 */
export function drawn(strokes: readonly (readonly Place[])[]): Float32Array {
  const pixels = new Float32Array(SIDE * SIDE);
  const points = strokes.flat();
  if (points.length === 0) return pixels;
  const place = placing(points);
  for (const stroke of strokes) {
    stroke.forEach((point, i) => {
      line(pixels, place(stroke[Math.max(0, i - 1)]!), place(point));
    });
  }
  return pixels;
}

function placing(points: readonly Place[]): (point: Place) => Place {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const longest = Math.max(right - left, bottom - top);
  const scale = longest > 0 ? EXTENT / longest : 0;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return ({ x, y }) => ({ x: SIDE / 2 + scale * (x - middleX), y: SIDE / 2 + scale * (y - middleY) });
}

/** Leaves ink along a line, where there is not more already. */
function line(pixels: Float32Array, from: Place, to: Place): void {
  const reach = RADIUS + 0.5;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  const within = (at: number): number => Math.min(SIDE - 1, Math.max(0, Math.floor(at)));
  for (
    let row = within(Math.min(from.y, to.y) - reach);
    row <= within(Math.max(from.y, to.y) + reach);
    row++
  ) {
    for (
      let column = within(Math.min(from.x, to.x) - reach);
      column <= within(Math.max(from.x, to.x) + reach);
      column++
    ) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) * perLength));
      const ink = reach - Math.hypot(x - along * dx, y - along * dy);
      const at = row * SIDE + column;
      pixels[at] = Math.max(pixels[at]!, Math.min(1, Math.max(0, ink)));
    }
  }
}
