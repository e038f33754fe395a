/**
 * Prints the lines of `aimle bench --cases solver/ --json` as a Markdown table: what apps/docs/pages/results/solvers.md is made with.
 *
 * usage: node --import tsx tooling/results/growth.ts FILE
 */
import { readFileSync } from 'node:fs';

interface Line {
  readonly case: string;
  readonly sizes: readonly number[];
  readonly ms_by_size: readonly number[];
  readonly exponent: number;
  readonly textbook_exponent: number | null;
  readonly memory_mb: number;
}

const lines = readFileSync(process.argv[2]!, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line) as Line);
const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const rows = lines.map(({ case: name, sizes, ms_by_size, exponent, textbook_exponent, memory_mb }) => {
  const cells = [
    `\`${name.replace('solver/', '')}\``,
    sizes.map(number).join(', '),
    ms_by_size.map(number).join(', '),
    exponent.toFixed(2),
    textbook_exponent?.toFixed(1) ?? 'none',
    String(memory_mb),
  ];
  return `| ${cells.join(' | ')} |`;
});
const head = '| solver | elements of theta | milliseconds an instance | exponent | textbook | MB, process |';
process.stdout.write(`${[head, '| --- | --- | --- | ---: | ---: | ---: |', ...rows].join('\n')}\n`);
