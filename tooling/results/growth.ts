/**
 * Prints the lines of `aimle bench --cases solver/ --json` as a Markdown table: what apps/docs/pages/results/solvers.md is made with.
 *
 * usage: node --import tsx tooling/results/growth.ts FILE
 */
import { runsIn, table } from './tables.js';

interface Line {
  readonly case: string;
  readonly sizes: readonly number[];
  readonly ms_by_size: readonly number[];
  readonly exponent: number;
  readonly textbook_exponent: number | null;
  readonly memory_mb: number;
}

const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const rows = runsIn<Line>(process.argv[2]!).map(
  ({ case: name, sizes, ms_by_size, exponent, textbook_exponent, memory_mb }) => {
    return [
      `\`${name.replace('solver/', '')}\``,
      sizes.map(number).join(', '),
      ms_by_size.map(number).join(', '),
      exponent.toFixed(2),
      textbook_exponent?.toFixed(1) ?? 'none',
      String(memory_mb),
    ];
  },
);
const head = [
  'solver',
  'elements of theta',
  'milliseconds an instance',
  'exponent',
  'textbook',
  'MB, process',
];
process.stdout.write(`${table(head, rows)}\n`);
