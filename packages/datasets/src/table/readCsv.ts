import { FormatError } from '../format/formatError.js';
import { type CsvRow, csvRows } from './csvRows.js';

/** A table of a CSV file. */
export interface CsvTable {
  /** The names of the columns, trimmed. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a CSV file by RFC 4180 in which every row is good: UTF-8, packed by gzip or not, with a first line that gives
 * each column a name of its own, in any case. Empty lines are skipped. Cells of a file named `.tsv` are separated by tabs.
 * Node only.
 *
 * @throws FormatError that names the first bad line and what is wrong with it; any error from opening the file.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readCsv } from '@aimle/datasets';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'table-')), 'a.csv');
 * await writeFile(path, 'name,value\n"Smith, J.",1\n');
 * const { columns, rows } = await readCsv(path);
 * columns; // => ['name', 'value']
 * rows; // => [{ line: 2, cells: ['Smith, J.', '1'] }]
 * ```
 */
export async function readCsv(path: string): Promise<CsvTable> {
  const found: CsvRow[] = [];
  const rows = csvRows(path, (line, reason) => {
    throw new FormatError(`${path}: line ${line}: ${reason}`);
  });
  for await (const row of rows) found.push(row);
  return { columns: found[0]!.cells, rows: found.slice(1) };
}

/**
 * Finds the place of a column, from 0.
 *
 * @param file - its name in error messages.
 * @throws FormatError that lists the columns, if there is none of this name.
 * @example
 * ```ts
 * import { columnIn } from '@aimle/datasets';
 *
 * columnIn(['text', 'score'], 'score', 'a.csv'); // => 1
 * ```
 */
export function columnIn(columns: readonly string[], column: string, file: string): number {
  const at = columns.indexOf(column);
  if (at >= 0) return at;
  throw new FormatError(`${file}: columns must have ${column}, got ${columns.join(', ')}`);
}
