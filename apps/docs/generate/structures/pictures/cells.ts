import { box, svg, text } from './svg.js';

/** A table of cells, row by row: a grid of terrain, or who is assigned to whom. */
export function cells(
  label: string,
  z: ArrayLike<number>,
  rows: number,
  columns: number,
  words?: (row: number, column: number) => string,
): string {
  const pitch = columns > 10 ? 20 : 34;
  const shapes: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [12 + column * pitch, 12 + row * pitch];
      shapes.push(box(x, y, pitch - 3, pitch - 3, z[row * columns + column]! > 0));
      if (words) shapes.push(text([x + pitch / 2 - 1.5, y + pitch / 2 - 1.5], words(row, column)));
    }
  }
  return svg(24 + columns * pitch, 24 + rows * pitch, label, shapes);
}
