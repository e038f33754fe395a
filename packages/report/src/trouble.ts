import type { ReportedRun } from './reportedRun.js';
import { measured, plain } from './wording.js';

/** Share of the steps that count as the first, and as the last. */
const WINDOW = 0.05;
/** Fewer steps say nothing about a trend. */
const ENOUGH = 100;

/** Says in a sentence that a run ended by an error, or that its loss rose or is no number; null if all is well. */
export function troubleOf({ failure, steps }: ReportedRun): string | null {
  if (failure !== null) {
    const message = failure.message.split('\n')[0]!.slice(0, 400).replace(/\.$/, '');
    return `This run ended by an error after step ${plain(failure.step)}: ${message}.`;
  }
  const broken = steps.find(({ loss }) => loss === null);
  if (broken !== undefined)
    return `This run diverged: its loss is not a number at step ${plain(broken.step)}.`;
  const size = Math.ceil(WINDOW * steps.length);
  if (steps.length < ENOUGH) return null;
  const [first, last] = [spreadOf(steps.slice(0, size)), spreadOf(steps.slice(-size))];
  if (last.mean - first.mean <= 3 * Math.hypot(first.error, last.error)) return null;
  return (
    `This run diverged: its loss rose from ${measured(first.mean)} to ${measured(last.mean)} (means over the first and ` +
    `the last ${plain(size)} steps). Try a smaller learning rate.`
  );
}

function spreadOf(lines: readonly { readonly loss: number | null }[]): { mean: number; error: number } {
  const values = lines.map(({ loss }) => loss ?? Number.NaN);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
