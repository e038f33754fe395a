import type { Metrics } from '@aimle/training';
import { type Html, html } from './html.js';
import type { ReportedRun } from './reportedRun.js';
import { type Variant, variantsOf } from './variants.js';
import { duration, measured, plain, withError, worded } from './wording.js';

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
<p class="note">${footnote(run)}</p>
${meanings(run, metrics)}`;
}

function comparison(runs: readonly ReportedRun[]): Html {
  const variants = variantsOf(runs);
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(measuredOf(run))))];
  const row = (run: ReportedRun) =>
    html`<tr><th scope="row">${run.name}${testOf(run) === null && ' *'}</th>${metrics.map((metric) => html`<td>${measured(measuredOf(run)[metric])}</td>`)}<td>${plain(stepsOf(run))}</td><td>${duration(secondsOf(run))}</td></tr>`;
  const mean = ({ label, runs: same }: Variant) =>
    same.length === 1
      ? null
      : html`<tr class="headline"><th scope="row">${label}</th>${metrics.map((metric) => html`<td>${spreadText(same.map((run) => measuredOf(run)[metric]))}</td>`)}<td></td><td></td></tr>`;
  const several = variants.some(({ runs: same }) => same.length > 1);
  const untested = runs.some((run) => testOf(run) === null);
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">run</th>${metrics.map((metric) => html`<th scope="col">${worded(metric)}</th>`)}<th scope="col">steps</th><th scope="col">time</th></tr></thead>
<tbody>${variants.flatMap((variant) => [mean(variant), ...variant.runs.map(row)].filter((each) => each !== null))}</tbody>
</table></div>
<p class="note">On test data${untested && '; runs marked * were not tested yet, and show validation metrics'}.${several && ' Bold: mean over the seeds, and its standard error.'}</p>
${meanings(runs[0]!, metrics)}`;
}

/** The metrics that a run is compared by: of its test, else of its last validation. */
function measuredOf(run: ReportedRun): Metrics {
  return testOf(run) ?? run.epochs.findLast((line) => line.validation)?.validation ?? {};
}

/** Formats a mean with its standard error; a dash where a value is missing. */
function spreadText(values: readonly (number | null | undefined)[]): string {
  const known = values.filter((value): value is number => typeof value === 'number');
  if (known.length < values.length) return '–';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  return withError({ mean, error: Math.sqrt(variance / known.length) });
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
  return `Training: mean over the last epoch.${checkpoint ?? ''}`;
}

/** Explains the metrics, where the run says what they are. */
function meanings({ record }: ReportedRun, metrics: readonly string[]): Html | null {
  const known = metrics.filter((metric) => record.meanings?.[metric] !== undefined);
  if (known.length === 0) return null;
  return html`<dl class="meanings">${known.map((metric) => html`<div><dt>${worded(metric)}</dt><dd>${record.meanings![metric]!}</dd></div>`)}</dl>`;
}

export function stepsOf({ steps, epochs }: ReportedRun): number {
  return Math.max(steps.at(-1)?.step ?? 0, epochs.at(-1)?.step ?? 0);
}

export function secondsOf({ steps, epochs, test }: ReportedRun): number {
  return Math.max(0, ...[steps.at(-1), epochs.at(-1), test].map((line) => line?.seconds ?? 0));
}
