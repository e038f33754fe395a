import { topK } from '@aimle/solvers';
import { letters, solved } from '../drawing.js';
import { type Figure, type Ink, rect, segment, words } from './figure.js';

const inks: readonly Ink[] = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const others = [0.5, -0.6];
const cells = 96;
const side = 384;

/** Columns of the grid with one state, over several rows. */
interface Run {
  readonly name: string;
  readonly ink: Ink;
  readonly from: number;
  readonly to: number;
  readonly row: number;
  end: number;
}

/** The plane of two scores, and which two of four items are the best at each point. */
export function discreteChoice(): Figure {
  const solver = topK({ size: 4, k: 2 });
  const found = new Map<string, { ink: Ink; x: number; y: number; area: number }>();
  const stateAt = (column: number, row: number): string => {
    const score = (at: number): number => -2 + (4 * (at + 0.5)) / cells;
    return letters(solved(solver, [score(column), -score(row), ...others]), ', ');
  };
  const cell = side / cells;
  const runs: Run[] = [];
  for (let row = 0; row < cells; row++) {
    for (let from = 0; from < cells; ) {
      const name = stateAt(from, row);
      let to = from + 1;
      while (to < cells && stateAt(to, row) === name) to++;
      const region = found.get(name) ?? { ink: inks[found.size]!, x: 0, y: 0, area: 0 };
      const area = to - from;
      found.set(name, {
        ink: region.ink,
        x: region.x + (area * (from + to)) / 2,
        y: region.y + area * (row + 0.5),
        area: region.area + area,
      });
      const above = runs.find(
        (run) => run.from === from && run.to === to && run.name === name && run.end === row,
      );
      if (above) above.end++;
      else runs.push({ name, ink: region.ink, from, to, row, end: row + 1 });
      from = to;
    }
  }
  const shapes = runs.map(({ from, to, row, end, ink }) =>
    rect(90 + from * cell, 12 + row * cell, (to - from) * cell, (end - row) * cell, ink, 0.32),
  );
  for (const [name, { x, y, area }] of found) {
    shapes.push(words(90 + (x / area) * cell, 12 + (y / area) * cell, name, 'middle', 'ink'));
  }
  shapes.push(
    segment(90, 12 + side, 90 + side, 12 + side, 'muted'),
    segment(90, 12, 90, 12 + side, 'muted'),
    ...[-2, -1, 0, 1, 2].flatMap((tick) => [
      words(90 + ((tick + 2) / 4) * side, 12 + side + 16, String(tick)),
      words(82, 12 + ((2 - tick) / 4) * side, String(tick), 'end'),
    ]),
    words(90 + side / 2, 12 + side + 38, 'score of a', 'middle', 'ink'),
    words(70, 12 + side / 2 - 24, 'score of b', 'end', 'ink'),
  );
  return {
    name: 'discrete-choice',
    label: `Six regions with straight borders, one for each pair of four items: ${[...found.keys()].join('; ')}.`,
    drawn: { width: 560, height: side + 64, shapes },
    caption:
      `The best two of a, b, c, d, for every score of a and b; c has ${others[0]}, d ${others[1]}. ` +
      `${found.size} of the 6 states occur, each in its own region. Inside a region nothing changes: the gradient of any loss of the state is zero there, and undefined at a border.`,
  };
}
