import { box, svg, text } from './svg.js';

/** Scores as bars over their items; the chosen ones are filled. */
export function items(
  label: string,
  theta: ArrayLike<number>,
  z: ArrayLike<number>,
  names?: readonly string[],
): string {
  const pitch = 36;
  const tall = 90;
  const scores = Array.from(theta);
  const smallest = Math.min(0, ...scores);
  const scale = tall / (Math.max(...scores) - smallest);
  const shapes = scores.flatMap((score, i) => {
    const x = 12 + i * pitch;
    const [top, bottom] = [Math.max(score, 0), Math.min(score, 0)].map(
      (s) => 12 + tall - (s - smallest) * scale,
    );
    return [
      box(x, top!, pitch - 8, Math.max(2, bottom! - top!), z[i]! > 0),
      text([x + (pitch - 8) / 2, tall + 28], names?.[i] ?? String(i)),
    ];
  });
  return svg(16 + scores.length * pitch, tall + 44, label, shapes);
}

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
