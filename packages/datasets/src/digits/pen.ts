import { SIDE } from '../image/imageSet.js';

/** Draws lines on 28 by 28 pixels. Ink decreases with the distance to the nearest line, and blurs a little. */
export interface Pen {
  /**
   * @param lines - four numbers per line, in pixels; pixel (0, 0) covers [0, 1] by [0, 1].
   * @param count - the number of lines.
   * @param radius - half the width of the stroke, in pixels.
   * @param bleed - the part of a pixel's ink that goes to each of its four neighbours.
   * @param out - 784 grey values, overwritten.
   */
  draw(lines: Float64Array, count: number, radius: number, bleed: number, out: Uint8Array): void;
}

export function pen(): Pen {
  const distances = new Float64Array(SIDE * SIDE);
  // With a margin of one pixel, the blur needs no tests at the border.
  const margined = SIDE + 2;
  const ink = new Float64Array(margined * margined);

  /** Computes squared distances to the nearest line, within reach of the pen. */
  function measure(lines: Float64Array, count: number, reach: number): void {
    distances.fill(Infinity);
    for (let line = 0; line < 4 * count; line += 4) {
      const x0 = lines[line]!;
      const y0 = lines[line + 1]!;
      const dx = lines[line + 2]! - x0;
      const dy = lines[line + 3]! - y0;
      const perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
      const left = pixelAt(Math.min(x0, x0 + dx) - reach);
      const right = pixelAt(Math.max(x0, x0 + dx) + reach);
      const bottom = pixelAt(Math.max(y0, y0 + dy) + reach);
      for (let row = pixelAt(Math.min(y0, y0 + dy) - reach); row <= bottom; row++) {
        const y = row + 0.5 - y0;
        for (let column = left; column <= right; column++) {
          const x = column + 0.5 - x0;
          const t = Math.min(1, Math.max(0, (x * dx + y * dy) * perLength));
          const distance = (x - t * dx) ** 2 + (y - t * dy) ** 2;
          const pixel = row * SIDE + column;
          if (distance < distances[pixel]!) distances[pixel] = distance;
        }
      }
    }
  }

  return {
    draw(lines, count, radius, bleed, out) {
      const reach = radius + 0.5;
      measure(lines, count, reach);
      for (let row = 0; row < SIDE; row++) {
        for (let column = 0; column < SIDE; column++) {
          const covered = reach - Math.sqrt(distances[row * SIDE + column]!);
          ink[(row + 1) * margined + column + 1] = Math.min(1, Math.max(0, covered));
        }
      }
      for (let row = 0; row < SIDE; row++) {
        for (let column = 0; column < SIDE; column++) {
          const at = (row + 1) * margined + column + 1;
          const around = ink[at - 1]! + ink[at + 1]! + ink[at - margined]! + ink[at + margined]!;
          out[row * SIDE + column] = Math.round(255 * ((1 - 4 * bleed) * ink[at]! + bleed * around));
        }
      }
    },
  };
}

function pixelAt(coordinate: number): number {
  return Math.min(SIDE - 1, Math.max(0, Math.floor(coordinate)));
}
