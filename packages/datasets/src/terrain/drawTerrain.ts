import { fillNormal, fillUniform, foldIn, type Key } from '@aimle/random';
import { terrainKinds } from './terrainKinds.js';
import { CELL_PIXELS } from './terrainMaps.js';

/** How far the border of a cell strays into its neighbours, in pixels. */
const STRAY = 1.2;

/** The standard deviation of what a camera adds to each pixel, in grey levels. */
const GRAIN = 9;

/** Draws kinds of cells into `out`, [height * 8, width * 8, 3]: texture, ragged borders, light and grain. */
export function drawTerrain(
  key: Key,
  kinds: Uint8Array,
  { height, width, out }: { readonly height: number; readonly width: number; readonly out: Uint8Array },
): void {
  const [rows, columns] = [height * CELL_PIXELS, width * CELL_PIXELS];
  const light = lightOf(foldIn(key, 'light'));
  const stray = new Float32Array(2 * rows * columns);
  fillUniform(foldIn(key, 'borders'), stray);
  const grain = new Float32Array(out.length);
  fillNormal(foldIn(key, 'grain'), grain);
  for (let y = 0, pixel = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, pixel++) {
      const row = cellOf(y + STRAY * (2 * stray[2 * pixel]! - 1), height);
      const column = cellOf(x + STRAY * (2 * stray[2 * pixel + 1]! - 1), width);
      const { colour, texture } = terrainKinds[kinds[row * width + column]!]!;
      const brightness = 1 + texture(x, y);
      for (let channel = 0; channel < 3; channel++) {
        const at = 3 * pixel + channel;
        const level = colour[channel]! * brightness * light[channel]! + GRAIN * grain[at]!;
        out[at] = Math.max(0, Math.min(255, Math.round(level)));
      }
    }
  }
}

/** Factors of red, green and blue: bright or dull, warm or cold. */
function lightOf(key: Key): [number, number, number] {
  const random = new Float32Array(2);
  fillUniform(key, random);
  const brightness = 0.75 + 0.45 * random[0]!;
  const warmth = 0.12 * (2 * random[1]! - 1);
  return [brightness * (1 + warmth), brightness, brightness * (1 - warmth)];
}

function cellOf(position: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.floor(position / CELL_PIXELS)));
}
