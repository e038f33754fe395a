import type { StudyFigure, StudyPanel } from './study.js';

/** The numbers of a panel, in rows and columns. */
export interface StudyTable {
  /** Title of the first column. */
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (StudyFigure | null)[] }[];
}

/** From this many values of x on, each is a row instead of a column. */
const MANY = 7;

/**
 * Makes a table of the curves of a panel: a row per curve and a column per value of x, or the other way round if x has many
 * values. Levels have no x and are not included.
 *
 * @example
 * ```ts
 * import { studyTable } from '@aimle/report';
 *
 * const point = { x: 1, mean: 0.5, error: 0.1, known: null, difference: null };
 * const panel = {
 *   title: 'A', caption: '', xLabel: 'S', yLabel: 'cosine', xScale: 'log', yRange: [0, 1], levels: [],
 *   curves: [{ label: 'IMLE', difference: 'forward', points: [point] }],
 * } as const;
 * const { corner, columns, rows } = studyTable(panel);
 * [corner, columns.join(), rows[0]!.label]; // => ['S', '1', 'IMLE, forward']
 * ```
 */
export function studyTable(panel: StudyPanel): StudyTable {
  const { curves, xLabel, tabled } = panel;
  const drawn = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))];
  const xs = drawn.filter((x) => tabled?.includes(x) ?? true).sort((a, b) => a - b);
  const cell = (curve: (typeof curves)[number], x: number) =>
    curve.points.find((point) => point.x === x) ?? null;
  const names = xs.map((x) => x.toLocaleString('en'));
  if (xs.length < MANY) {
    return {
      corner: xLabel,
      columns: names,
      rows: curves.map((curve) => ({ label: nameOf(curve), cells: xs.map((x) => cell(curve, x)) })),
    };
  }
  return {
    corner: xLabel,
    columns: curves.map(nameOf),
    rows: xs.map((x, at) => ({ label: names[at]!, cells: curves.map((curve) => cell(curve, x)) })),
  };
}

export function nameOf({ label, difference }: StudyPanel['curves'][number]): string {
  return difference === null ? label : `${label}, ${difference}`;
}

/**
 * Formats the known value of a figure, and our difference from it in standard errors; null without a known value.
 *
 * @example
 * ```ts
 * import { besideKnown } from '@aimle/report';
 *
 * besideKnown({ known: { value: 0.21 }, difference: -0.42 }); // => 'known 0.21, −0.4'
 * ```
 */
export function besideKnown({ known, difference }: Pick<StudyFigure, 'known' | 'difference'>): string | null {
  if (known === null) return null;
  if (difference === null) return `known ${known.value}`;
  const size = Math.abs(difference).toFixed(1);
  const sign = size === '0.0' ? '' : difference < 0 ? '−' : '+';
  return `known ${known.value}, ${sign}${size}`;
}
