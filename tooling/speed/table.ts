import { cpus, loadavg, type } from 'node:os';
import { table as markdown } from '../results/tables.js';
import type { Comparison } from './inTurn.js';

const number = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** The comparisons as one table: milliseconds, how many times faster the second is, and the peaks of memory. */
export function comparisonTable(
  [one, other]: readonly [string, string],
  comparisons: readonly Comparison[],
  as: 'text' | 'markdown',
): string {
  const head = ['case', `${one}, ms`, `${other}, ms`, 'ratio', 'range', `${one}, MB`, `${other}, MB`];
  const rows = comparisons.map(({ subject, ms, ratio, range, memory_mb }) => [
    as === 'markdown' ? `\`${subject}\`` : subject,
    ...ms.map(number),
    number(ratio),
    range === null ? '–' : range.map(number).join(' to '),
    ...memory_mb.map(number),
  ]);
  return as === 'markdown' ? markdown(head, rows) : aligned([head, ...rows]);
}

/** Cells in columns, the first to the left and numbers to the right. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  return lines
    .map((cells) =>
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   '),
    )
    .join('\n');
}

/** What everything ran on: the machine, and each contender's engine or version. */
export function surroundings(
  [one, other]: readonly [string, string],
  comparisons: readonly Comparison[],
  rounds: number,
): string {
  const all = cpus();
  const load = loadavg()[0]!.toFixed(1);
  const ran = (side: 0 | 1): string =>
    [...new Set(comparisons.flatMap(({ on }) => on[side] ?? []))].join('; ') || 'nothing';
  return [
    `${one}: ${ran(0)}. ${other}: ${ran(1)}. Node ${process.versions.node}, ${type()}, ${all.length} cores: ${all[0]?.model ?? 'unknown'}; load ${load}.`,
    `Fresh processes in turn, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}; medians; ratio: ${one} / ${other}, and its range over the rounds.`,
  ].join('\n');
}
