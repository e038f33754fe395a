/**
 * Prints what `aimle reproduce NAME --json` answered as Markdown tables: what apps/docs/pages/results/estimators.md is made with.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/results/study.ts FILE
 */
import { readFileSync } from 'node:fs';
import type { Reproduction } from '@aimle/gradient-study';
import { besideKnown, studyTable, withError } from '@aimle/report';

const { panels, truth, preset, settings } = JSON.parse(
  readFileSync(process.argv[2]!, 'utf8'),
) as Reproduction;
type Cell = Parameters<typeof withError>[0] & Parameters<typeof besideKnown>[0];

const cellOf = (cell: Cell | null): string => {
  if (cell === null) return '';
  const known = besideKnown(cell);
  return known === null ? withError(cell) : `${withError(cell)} (${known})`;
};
const print = (cells: readonly string[]): boolean => process.stdout.write(`| ${cells.join(' | ')} |\n`);

process.stdout.write(`Truth: ${truth}. Preset ${preset}: ${JSON.stringify(settings)}\n`);
for (const panel of panels) {
  const { corner, columns, rows } = studyTable(panel);
  process.stdout.write(`\n### ${panel.title}: ${panel.yLabel}\n\n`);
  print([corner, ...columns]);
  print(['---', ...columns.map(() => '---:')]);
  for (const { label, cells } of rows) print([label, ...cells.map(cellOf)]);
  if (panel.levels.length === 0) continue;
  process.stdout.write('\n');
  print(['without lambda', panel.yLabel]);
  print(['---', '---:']);
  for (const level of panel.levels) print([level.label, cellOf(level)]);
}
