/**
 * Prints what `aimle reproduce NAME --json` answered as Markdown tables: what apps/docs/pages/results/estimators.md is made with.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/results/study.ts FILE
 */
import { readFileSync } from 'node:fs';
import type { Reproduction } from '@aimle/gradient-study';
import { besideKnown, studyTable, withError } from '@aimle/report';
import { table } from './tables.js';

const { panels, truth, preset, settings } = JSON.parse(
  readFileSync(process.argv[2]!, 'utf8'),
) as Reproduction;
type Cell = Parameters<typeof withError>[0] & Parameters<typeof besideKnown>[0];

const cellOf = (cell: Cell | null): string => {
  if (cell === null) return '';
  const known = besideKnown(cell);
  return known === null ? withError(cell) : `${withError(cell)} (${known})`;
};

process.stdout.write(`Truth: ${truth}. Preset ${preset}: ${JSON.stringify(settings)}\n`);
for (const panel of panels) {
  const { corner, columns, rows } = studyTable(panel);
  const curves = rows.map(({ label, cells }) => [label, ...cells.map(cellOf)]);
  process.stdout.write(`\n### ${panel.title}: ${panel.yLabel}\n\n${table([corner, ...columns], curves)}\n`);
  const levels = panel.levels.map((level) => [level.label, cellOf(level)]);
  if (levels.length > 0) process.stdout.write(`\n${table(['without lambda', panel.yLabel], levels)}\n`);
}
