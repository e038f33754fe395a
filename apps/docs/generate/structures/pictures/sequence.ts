import { bow, box, dot, layered, line, type Point, svg, text } from './svg.js';

/** Positions from left to right, labels from top to bottom, and the one path through them. */
export function trellis(label: string, length: number, labels: number, path: readonly number[]): string {
  const place = (t: number, s: number): Point => [28 + t * 62, 28 + s * 44];
  const steps = Array.from({ length: length - 1 }, (_, t) => t).flatMap((t) =>
    Array.from({ length: labels * labels }, (_, pair) => ({
      t,
      from: Math.floor(pair / labels),
      to: pair % labels,
    })),
  );
  const lines = layered(
    steps,
    ({ t, from, to }) => path[t] === from && path[t + 1] === to,
    ({ t, from, to }) => line(place(t, from), place(t + 1, to), path[t] === from && path[t + 1] === to),
  );
  const dots = Array.from({ length: length * labels }, (_, i) => {
    const [t, s] = [Math.floor(i / labels), i % labels];
    return dot(place(t, s), 11, path[t] === s) + text(place(t, s), String(s));
  });
  return svg(56 + (length - 1) * 62, 56 + (labels - 1) * 44, label, [...lines, ...dots]);
}

/** Positions, and the spans that cover them, each in the row of its label. */
export function spans(
  label: string,
  length: number,
  labels: number,
  chosen: readonly Readonly<Record<'start' | 'length' | 'label', number>>[],
): string {
  const pitch = 44;
  const shapes: string[] = [];
  for (let s = 0; s < labels; s++) {
    for (let t = 0; t < length; t++) shapes.push(box(12 + t * pitch, 14 + s * 34, pitch - 4, 6, false));
  }
  for (const span of chosen) {
    const [x, y] = [12 + span.start * pitch, 6 + span.label * 34];
    shapes.push(box(x, y, span.length * pitch - 4, 22, true));
  }
  for (let t = 0; t < length; t++) {
    shapes.push(text([12 + t * pitch + pitch / 2 - 2, 18 + labels * 34], String(t)));
  }
  return svg(20 + length * pitch, 34 + labels * 34, label, shapes);
}

/** Words in a line, and an arc from each head to its modifier. Word 0 is the root symbol. */
export function dependencies(label: string, words: readonly string[], heads: readonly number[]): string {
  const x = (word: number): number => 46 + word * 84;
  const floor = 34 + 24 * (words.length - 1);
  const arcs = heads.flatMap((head, i) => {
    const modifier = i + 1;
    const side = head < modifier ? 6 : -6;
    return [bow(x(head) + side, x(modifier) - side, floor, 26 + 22 * Math.abs(head - modifier), true)];
  });
  const names = words.map((word, i) => text([x(i), floor + 14], word));
  return svg(92 + (words.length - 1) * 84, floor + 32, label, [...arcs, ...names]);
}
