import { basename, dirname } from 'node:path';
import type { Metrics, RunSummary } from '@aimle/training';
import { commandLine } from './invocation.js';
import { taskNamed } from './tasks.js';
import { table } from './terminal/table.js';
import type { Ink } from './terminal/terminal.js';
import { count, duration, short } from './terminal/wording.js';

/**
 * Formats the end of a training: metrics, files, and commands to try next.
 *
 * @param beginSteps Steps before the first that count in its time.
 * @param again Options of the resume commands, each with a space before it.
 */
export function summaryText(
  summary: RunSummary,
  {
    report,
    beginSteps,
    again,
  }: { readonly report: string | null; readonly beginSteps: number; readonly again: string },
  ink: Ink,
): string {
  const { task, run, interrupted } = summary;
  const folder = commandLine([run]);
  const next = interrupted
    ? [`aimle train ${task} --resume ${folder}${again}`, `aimle report ${folder}`]
    : [
        `aimle evaluate ${folder}`,
        `aimle train ${task} --resume ${folder} --epochs ${2 * Math.max(1, summary.epochs)}${again}`,
        `aimle train ${task} --method ${otherMethod(summary)}`,
        ...(basename(dirname(run)) === 'runs' ? [`aimle report ${commandLine([dirname(run)])}/*`] : []),
      ];
  return `
${ink.bold(interrupted ? 'Stopped and saved (exit code 130)' : 'Done')}: ${count(summary.steps, 'step')}${beginSteps === 0 ? '' : ` after ${beginSteps} to find a start`}, ${count(summary.epochs, 'epoch')}, ${duration(summary.seconds)} on ${summary.engine}, seed ${summary.seed}.

${numbersText(summary, ink)}

run      ${run}
report   ${report ?? 'not written'}

${ink.bold('Next')}
${next.map((command) => `  ${command}`).join('\n')}`;
}

/** The first of the task's methods, but for the one that was used, the simplest first. */
function otherMethod({ task, method }: RunSummary): string {
  const { of = [] } = taskNamed(task).rows['method'] as { readonly of?: readonly string[] };
  return ['straight-through', ...of].find((each) => each !== method && of.includes(each)) ?? 'aimle';
}

/** The metrics of every split that was measured, as a table. */
export function numbersText({ metrics, checkpoint }: RunSummary, ink: Ink): string {
  // Of training, only the loss; the report page has the rest.
  const { loss } = metrics.train ?? {};
  const shown = { ...metrics, train: loss === undefined ? null : { loss } };
  const splits = Object.entries(shown).filter((entry): entry is [string, Metrics] => entry[1] !== null);
  if (splits.length === 0) return 'No numbers yet.';
  const names = [...new Set(splits.toReversed().flatMap(([, values]) => Object.keys(values)))];
  const rows = [
    ['', ...splits.map(([split]) => split)],
    ...names.map((name) => [
      name.replace(/[_/]/g, ' '),
      ...splits.map(([, values]) => (name in values ? short(values[name]) : '')),
    ]),
  ];
  const numbers = table(rows, { heading: ink.dim, right: splits.map((_, i) => i + 1) });
  return metrics.test === null ? numbers : `${numbers}\n${ink.dim(`tested: the ${checkpoint} checkpoint`)}`;
}

/** Returns the summary as scripts get it: the metric `official/elbo` becomes `official.elbo`. */
export function summaryJson(summary: RunSummary): object {
  const metrics = Object.entries(summary.metrics).map(([split, values]) => [split, values && nested(values)]);
  return { ...summary, metrics: Object.fromEntries(metrics) };
}

function nested(values: Metrics): object {
  const groups: Record<string, Record<string, unknown>> = {};
  const single = Object.entries(values).filter(([path, value]) => {
    const [group, name] = path.split('/');
    if (name === undefined) return true;
    groups[group!] = { ...groups[group!], [name]: value };
    return false;
  });
  return { ...Object.fromEntries(single), ...groups };
}
