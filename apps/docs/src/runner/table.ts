import { describe } from './describe.js';

const maxRows = 100;
/** The column of rows that are not objects, as in the consoles of browsers. */
const valueColumn = '(value)';

/** A list or a record of rows as a table of text, as console.table prints it; any other value as it is described. */
export function table(values: unknown): string {
  if (values === null || typeof values !== 'object') return describe(values);
  const entries = values instanceof Map ? [...values] : Object.entries(values);
  const shown = entries.slice(0, maxRows).map(([name, row]) => [String(name), cellsOf(row)] as const);
  const columns = [...new Set(shown.flatMap(([, cells]) => [...cells.keys()]))];
  const lines = [
    ['', ...columns],
    ...shown.map(([name, cells]) => [name, ...columns.map((column) => cells.get(column) ?? '')]),
  ];
  const widths = ['', ...columns].map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const more = entries.length - shown.length;
  return [...text, ...(more > 0 ? [`... ${more} more`] : [])].join('\n');
}

function cellsOf(row: unknown): Map<string, string> {
  const isRow = row !== null && typeof row === 'object' && !('dtype' in row);
  if (!isRow) return new Map([[valueColumn, describe(row)]]);
  return new Map(Object.entries(row).map(([name, value]) => [name, describe(value)]));
}
