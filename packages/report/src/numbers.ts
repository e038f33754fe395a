import type { Metrics } from '@aimle/training';
import { type Html, html } from './html.js';
import type { ReportedRun } from './reportedRun.js';
import { duration, measured, plain, worded } from './wording.js';

export function numbersTable(runs: readonly ReportedRun[]): Html {
  return runs.length === 1 ? splits(runs[0]!) : comparison(runs);
}

function splits(run: ReportedRun): Html {
  const columns = (
    [
      ['training', trained(run)],
      ['validation', validationOf(run)],
      ['test', testOf(run)],
    ] as const
  ).filter((column): column is readonly [(typeof column)[0], Metrics] => column[1] !== null);
  if (columns.length === 0) {
    return html`<p class="note">No numbers yet: the run has not finished an epoch.</p>`;
  }
  const metrics = [...new Set(columns.toReversed().flatMap(([, values]) => Object.keys(values)))];
  return html`<div class="scroll"><table>
<thead><tr><th scope="col"></th>${columns.map(([name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${metrics.map(
    (metric, i) =>
      html`<tr class="${i === 0 ? 'headline' : ''}"><th scope="row">${worded(metric)}</th>${columns.map(([, values]) => html`<td>${metric in values ? measured(values[metric]) : ''}</td>`)}</tr>`,
  )}</tbody>
</table></div>
<p class="note">${footnote(run)}</p>`;
}

function comparison(runs: readonly ReportedRun[]): Html {
  const tested = runs.map(
    (run) => run.test?.test ?? run.epochs.findLast((line) => line.validation)?.validation ?? {},
  );
  const metrics = [...new Set(tested.flatMap((values) => Object.keys(values)))];
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">run</th>${metrics.map((metric) => html`<th scope="col">${worded(metric)}</th>`)}<th scope="col">steps</th><th scope="col">time</th></tr></thead>
<tbody>${runs.map((run, i) => {
    const cells = metrics.map((metric) => html`<td>${measured(tested[i]![metric])}</td>`);
    return html`<tr><th scope="row">${run.name}${testOf(run) === null && ' *'}</th>${cells}<td>${plain(stepsOf(run))}</td><td>${duration(secondsOf(run))}</td></tr>`;
  })}</tbody>
</table></div>
<p class="note">On test data${runs.some((run) => testOf(run) === null) && '; runs marked * were not tested yet, and show validation metrics'}. ${meanings(metrics)}</p>`;
}

/** Returns the latest test metrics: of the end of the run, or of an epoch if the run monitors the test split. */
function testOf({ test, epochs }: ReportedRun): Metrics | null {
  return test?.test ?? epochs.findLast((line) => line.test !== null)?.test ?? null;
}

/** Returns the validation metrics of the checkpoint that was tested, so that both columns are of one; else the latest. */
function validationOf({ epochs, test }: ReportedRun): Metrics | null {
  const validated = epochs.filter((line) => line.validation !== null);
  const line = validated.findLast(({ step }) => step === test?.step) ?? validated.at(-1);
  return line?.validation ?? null;
}

/** Returns the mean loss over the last epoch; the charts show the rest. */
function trained(run: ReportedRun): Metrics | null {
  const train = run.epochs.at(-1)?.train ?? null;
  if (train === null || !('loss' in train)) return null;
  return { loss: train['loss']! };
}

function footnote(run: ReportedRun): string {
  const checkpoint =
    run.test && ` Test: the ${run.test.checkpoint} checkpoint, step ${plain(run.test.step)}.`;
  const metrics = Object.keys(testOf(run) ?? validationOf(run) ?? {});
  return `Training: mean over the last epoch.${checkpoint ?? ''} ${meanings(metrics)}`.trim();
}

/** Explains metrics whose names do not. */
function meanings(metrics: readonly string[]): string {
  return metrics.includes('official_loss')
    ? 'In nats per image; lower is better. The negative ELBO is BCE + KL; the official loss is BCE + KL / S, the ' +
        'convention of the official code, and comparable only between runs with the same number of samples S.'
    : '';
}

export function stepsOf({ steps, epochs }: ReportedRun): number {
  return Math.max(steps.at(-1)?.step ?? 0, epochs.at(-1)?.step ?? 0);
}

export function secondsOf({ steps, epochs, test }: ReportedRun): number {
  return Math.max(0, ...[steps.at(-1), epochs.at(-1), test].map((line) => line?.seconds ?? 0));
}
