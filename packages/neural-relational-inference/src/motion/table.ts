import { FormatError } from '@aimle/datasets';

export interface Row {
  /** Line number in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Parses comma-separated values: the first line names the columns, in any case; empty lines are skipped. */
export function tableOf(text: string, name: string): { columns: readonly string[]; rows: readonly Row[] } {
  const [head, ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line: i + 1, cells: line.split(',').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  if (head === undefined) throw new FormatError(`${name}: the first line must name the columns, got nothing`);
  const uneven = rows.find(({ cells }) => cells.length !== head.cells.length);
  if (uneven !== undefined) {
    throw new FormatError(
      `${name}: line ${uneven.line} must have ${head.cells.length} cells as the first, got ${uneven.cells.length}`,
    );
  }
  return { columns: head.cells.map((cell) => cell.toLowerCase()), rows };
}

export function placeOf(column: string, columns: readonly string[], name: string): number {
  const at = columns.indexOf(column);
  if (at >= 0) return at;
  throw new FormatError(`${name}: columns must have ${column}, got ${columns.join(', ')}`);
}

export function numberIn({ line, cells }: Row, at: number, column: string, name: string): number {
  const value = cells[at] === '' ? Number.NaN : Number(cells[at]);
  if (Number.isFinite(value)) return value;
  throw new FormatError(
    `${name}: line ${line} must have a finite number as ${column}, got ${JSON.stringify(cells[at])}`,
  );
}
