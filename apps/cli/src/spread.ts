import type { RunSummary } from '@aimle/training';
import { table } from './terminal/table.js';
import type { Ink } from './terminal/terminal.js';
import { short } from './terminal/wording.js';

/** Averages each test metric, with the standard error of the mean, over the runs that have a number for it; metrics with fewer than two are left out. */
export function spreadOf(summaries: readonly RunSummary[]) {
  const names = [...new Set(summaries.flatMap(({ metrics }) => Object.keys(metrics.test ?? {})))];
  const spreads = names.flatMap((name) => {
    const values = summaries
      .map(({ metrics }) => metrics.test?.[name])
      .filter((value): value is number => typeof value === 'number');
    if (values.length < 2) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const standardError = Math.sqrt(squares / (values.length - 1) / values.length);
    return [[name, { mean, standardError, runs: values.length }] as const];
  });
  return Object.fromEntries(spreads);
}

/** Formats the test metrics as a table: a column per run, then the mean and its standard error. */
export function spreadText(summaries: readonly RunSummary[], ink: Ink): string {
  const spreads = spreadOf(summaries);
  const rows = [
    ['test', ...summaries.map(({ seed }) => `seed ${seed}`), 'mean'],
    ...Object.entries(spreads).map(([name, { mean, standardError }]) => [
      name.replaceAll('_', ' '),
      ...summaries.map(({ metrics }) => short(metrics.test?.[name] ?? null)),
      `${short(mean)} ± ${short(standardError)}`,
    ]),
  ];
  const numbers = table(rows, { heading: ink.dim, right: rows[0]!.map((_, i) => i).slice(1) });
  return `${numbers}\n${ink.dim(`mean of ${summaries.length} runs, ± its standard error`)}`;
}
