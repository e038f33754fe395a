import { FormatError } from '../format/formatError.js';
import { type Line, linesOf } from '../reviews/lines.js';

/** A row of a table. */
export interface CsvRow {
  /** The line where the row begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Streams the rows of a CSV file by RFC 4180, packed or not, the names of the columns first. Empty lines are left out. In a
 * file named `.tsv`, tabs stand between cells.
 *
 * A quote out of place would take the following rows along. So of a bad row only the first line is refused, and the
 * lines after it are read again. Each line is read twice at most: a quoted cell ends at the next line with an odd number
 * of quotes, and no line between opens a cell.
 *
 * @param refuse - is told each bad row.
 */
export async function* csvRows(
  path: string,
  refuse: (line: number, reason: string) => void,
): AsyncGenerator<CsvRow> {
  const lines = linesOf(path);
  let again: readonly Line[] = [];
  let next = 0;
  const take = async (): Promise<Line | undefined> => {
    if (next < again.length) return again[next++];
    const { done, value } = await lines.next();
    return done ? undefined : value;
  };
  const separator = /\.tsv(\.gz)?$/i.test(path) ? '\t' : ',';
  let columns = 0;
  for (let first = await take(); first !== undefined; first = await take()) {
    if (first.text?.trim() === '') continue;
    const row = new RowInProgress(separator);
    const taken: Line[] = [];
    for (let line: Line | undefined = first; line !== undefined; ) {
      taken.push(line);
      row.add(line.text);
      line = row.isOpen ? await take() : undefined;
    }
    const { cells } = row;
    const isHead = columns === 0;
    const uneven = !isHead && cells.length !== columns;
    const problem =
      row.problem ??
      (row.isOpen ? 'a quote is not closed' : null) ??
      (uneven ? `must have ${columns} cells as the first, got ${cells.length}` : null);
    if (problem === null) {
      columns = cells.length;
      yield { line: first.number, cells: isHead ? columnsIn(cells, path) : cells };
      continue;
    }
    if (isHead) throw new FormatError(`${path}: line ${first.number}: ${problem}`);
    refuse(first.number, problem);
    if (taken.length > 1) {
      again = [...taken.slice(1), ...again.slice(next)];
      next = 0;
    }
  }
  if (columns === 0) throw new FormatError(`${path}: the first line must name the columns, got nothing`);
}

/** Checks that each column has a name of its own, so that none is taken for another or for a coordinate. */
function columnsIn(cells: readonly string[], path: string): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const nameless = columns.indexOf('');
  if (nameless >= 0) {
    throw new FormatError(
      `${path}: every column must have a name, got none for column ${nameless + 1}; name or remove it (pandas: index=False)`,
    );
  }
  const inOneCase = new Set<string>();
  const again = columns.find((column) => inOneCase.size === inOneCase.add(column.toLowerCase()).size);
  if (again === undefined) return columns;
  throw new FormatError(
    `${path}: columns must have different names, in any case, got ${again} twice; rename or remove one`,
  );
}

/** The cells of a row, of which not all lines may have been read. */
class RowInProgress {
  readonly cells: string[] = [];
  problem: string | null = null;
  /** A quoted cell whose closing quote is still to come. */
  private quoted: string | null = null;
  private readonly separator: string;

  constructor(separator: string) {
    this.separator = separator;
  }

  get isOpen(): boolean {
    return this.problem === null && this.quoted !== null;
  }

  add(text: string | null): void {
    this.problem = text === null ? 'not UTF-8' : this.problemIn(text);
  }

  /** Splits the next line into cells; returns what is wrong with it, or null. */
  private problemIn(text: string): string | null {
    if (this.quoted !== null) this.quoted += '\n';
    for (let at = 0; ; at++) {
      if (this.quoted === null && text[at] === '"') {
        this.quoted = '';
        at++;
      }
      if (this.quoted === null) {
        const end = text.indexOf(this.separator, at);
        const cell = text.slice(at, end < 0 ? text.length : end);
        if (cell.includes('"')) return 'a cell with quotes must be in quotes, and each quote in it doubled';
        this.cells.push(cell);
        at += cell.length;
      } else {
        const quote = text.indexOf('"', at);
        this.quoted += quote < 0 ? text.slice(at) : text.slice(at, quote);
        if (quote < 0) return null;
        at = quote + 1;
        if (text[at] === '"') {
          this.quoted += '"';
          continue;
        }
        if (at < text.length && text[at] !== this.separator) return 'a quote within quotes must be doubled';
        this.cells.push(this.quoted);
        this.quoted = null;
      }
      if (at === text.length) return null;
    }
  }
}
