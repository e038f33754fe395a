import { encode } from 'fast-png';
import { CELL_PIXELS } from './network.js';

/** A map of height * width cells and the paths on it. */
export interface DrawnMap {
  readonly height: number;
  readonly width: number;
  /** Red, green and blue, 0 to 255: [height * 8, width * 8, 3]. */
  readonly picture: Uint8Array;
  /** Cells of the predicted path, as 1: [height, width]. */
  readonly path: Uint8Array;
  /** Cells of the true path; null where it is not known. */
  readonly truth: Uint8Array | null;
}

/**
 * Draws paths on the picture of a map: the predicted one as a line, the true one as a dashed line over it.
 *
 * @returns a whole SVG document, with the picture in it.
 * @example
 * ```ts
 * import { drawMap } from '@aimle/shortest-paths';
 *
 * const picture = new Uint8Array(16 * 16 * 3).fill(120);
 * const svg = drawMap({ height: 2, width: 2, picture, path: Uint8Array.of(1, 0, 0, 1), truth: null });
 * svg.includes('points="4,4 12,12"'); // => true
 * ```
 */
export function drawMap({ height, width, picture, path, truth }: DrawnMap): string {
  const [rows, columns] = [height * CELL_PIXELS, width * CELL_PIXELS];
  const png = encode({ width: columns, height: rows, data: picture, channels: 3, depth: 8 });
  let bytes = '';
  for (const byte of png) bytes += String.fromCharCode(byte);
  const line = (cells: Uint8Array, style: string): string => {
    const centres = cellsAlong(cells, width).map(([row, column]) =>
      [column, row].map((cell) => (cell + 0.5) * CELL_PIXELS),
    );
    return `<polyline points="${centres.map((centre) => centre.join()).join(' ')}" ${style}/>`;
  };
  const predicted =
    line(path, 'stroke="#fff" stroke-width="4"') + line(path, 'stroke="#d4145a" stroke-width="2.4"');
  const dashes = truth && line(truth, 'stroke="#111" stroke-width="1.2" stroke-dasharray="2.5 2.5"');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${columns} ${rows}"><image width="${columns}" height="${rows}" ` +
    `style="image-rendering: pixelated" href="data:image/png;base64,${btoa(bytes)}"/>` +
    `<g fill="none" stroke-linejoin="round" stroke-linecap="round">${predicted}${dashes ?? ''}</g></svg>`
  );
}

/**
 * The cells of a shortest path in the order of its steps, from top left. Such a path never comes near itself again, as it
 * would have taken the short cut: of the cells around, only one is the next.
 *
 * @param path - zeros and ones, [height, width].
 * @returns row and column of each cell.
 * @example
 * ```ts
 * import { cellsAlong } from '@aimle/shortest-paths';
 *
 * cellsAlong(Uint8Array.of(1, 0, 0, 1), 2); // => [[0, 0], [1, 1]]
 * ```
 */
export function cellsAlong(path: Uint8Array, width: number): [row: number, column: number][] {
  const left = [...path.keys()].filter((cell) => path[cell] === 1);
  const cells: [row: number, column: number][] = [];
  for (let place = 0; place >= 0; ) {
    const [cell] = left.splice(place, 1) as [number];
    const [row, column] = [Math.floor(cell / width), cell % width];
    cells.push([row, column]);
    place = left.findIndex(
      (next) => Math.abs(Math.floor(next / width) - row) <= 1 && Math.abs((next % width) - column) <= 1,
    );
  }
  return cells;
}
