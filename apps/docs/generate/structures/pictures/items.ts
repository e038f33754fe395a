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
