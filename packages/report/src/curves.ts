import type { Metrics } from '@aimle/training';
import { finite, type Point, smooth } from './curve.js';
import { type Html, html } from './html.js';
import { type Chart, lineChart, type Series } from './lineChart.js';
import type { ReportedRun } from './reportedRun.js';
import { plain, worded } from './wording.js';

/** The colours there are; runs beyond them begin again, told apart by their names in the tooltips. */
const inks = 6;

const inkOf = (run: number): string => `ink-${run % inks}`;

/** The loss of every run: training by step, smoothed, and what was measured on held-out data after each epoch. */
export function lossFigure(runs: readonly ReportedRun[]): Html | null {
  const several = runs.length > 1;
  const metric = headline(runs);
  const series = runs.flatMap((run, i): Series[] => {
    const training = smooth(run.steps.map((line): Point => [line.step, line.loss ?? Number.NaN]));
    const held = run.epochs.map((line): Point => [line.step, heldOut(line)?.[metric ?? ''] ?? Number.NaN]);
    const of = several ? `${run.name}, ` : '';
    return [
      { label: `${of}training loss`, ink: inkOf(i), weight: 'fine', points: training },
      {
        label: `${of}${splitOf(run)} ${worded(metric ?? '')}`,
        ink: several ? inkOf(i) : 'ink-1',
        weight: 'strong',
        points: finite(held),
      },
    ];
  });
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return null;

  const ceiling = ceilingOf(drawn);
  const chart: Chart = {
    description: `Loss by training step: ${drawn.map(trend).join('; ')}`,
    xLabel: 'training step',
    yLabel: 'loss',
    scale: 'linear',
    ceiling,
    series: drawn,
  };
  const measured = drawn.some(({ weight }) => weight === 'strong');
  const hidden = drawn.some(({ points }) => points.some(([, value]) => value > ceiling));
  return html`<figure>${several ? runLegend(runs) : legend(drawn)}
${sized(chart, [960, 380], [360, 270])}
<figcaption><b>Loss.</b> Thin: the loss of each training step, a running mean over 2 % of them.${measured && ` Thick: ${worded(metric!)} on held-out data, after each epoch.`}${hidden && ' The start lies above the picture.'}</figcaption></figure>`;
}

/** What the estimator reported by step: lambda and the sparsity of its gradient, where it has them. */
export function observationFigures(runs: readonly ReportedRun[]): Html[] {
  return observations.flatMap(({ name, title, caption, yLabel }) => {
    const series = runs
      .map((run, i): Series => {
        const points = run.steps.map((line): Point => [line.step, numberAt(line, name)]);
        return {
          label: runs.length > 1 ? run.name : title,
          ink: inkOf(i),
          weight: 'strong',
          points: smooth(points),
        };
      })
      .filter(({ points }) => points.length > 0);
    if (series.length === 0) return [];
    const values = series.flatMap(({ points }) => points.map(([, value]) => value));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const chart: Chart = {
      description: `${title} by training step: ${series.map(trend).join('; ')}`,
      xLabel: 'training step',
      yLabel,
      scale: low > 0 && high / low > 20 ? 'log' : 'linear',
      series,
    };
    return [
      html`<figure>${runs.length > 1 && legend(series)}${sized(chart, [460, 270], [360, 250])}
<figcaption><b>${title}.</b> ${caption}</figcaption></figure>`,
    ];
  });
}

const observations = [
  {
    name: 'lambda',
    title: 'Perturbation size',
    yLabel: 'lambda',
    caption: 'Lambda, how far theta is moved against the gradient before the second solve; smoothed.',
  },
  {
    name: 'sparsity',
    title: 'Sparsity',
    yLabel: 'share of zeros',
    caption: 'The share of exact zeros in the estimated gradient; smoothed.',
  },
];

/** What was measured after an epoch: on validation data, or on test data where a run sets none aside. */
function heldOut({ validation, test }: ReportedRun['epochs'][number]): Metrics | null {
  return validation ?? test;
}

const splitOf = ({ epochs }: ReportedRun): string =>
  epochs.some((line) => line.validation) ? 'validation' : 'test';

/** The metric that the curve of held-out data shows: the first one that the task reports. */
function headline(runs: readonly ReportedRun[]): string | null {
  for (const { epochs, test } of runs) {
    const metrics = epochs.map(heldOut).find((values) => values !== null) ?? test?.test;
    const name = metrics && Object.keys(metrics)[0];
    if (name !== undefined) return name;
  }
  return null;
}

/** High enough for nine tenths of every curve and then some, and for every dot but the first few. */
function ceilingOf(series: readonly Series[]): number {
  return Math.max(
    ...series.map(({ points }) => {
      const values = points.map(([, value]) => value).sort((a, b) => a - b);
      const [low, most] = [values[0]!, values[Math.floor(0.9 * (values.length - 1))]!];
      return points.length < 4 ? values.at(-1)! : low + 1.6 * (most - low);
    }),
  );
}

/** Two drawings, of which the style shows the one that fits the screen: letters keep their size on a phone. */
function sized(chart: Chart, wide: readonly [number, number], narrow: readonly [number, number]): Html {
  return html`<div class="wide">${lineChart(chart, ...wide)}</div><div class="narrow">${lineChart(chart, ...narrow)}</div>`;
}

/** One entry a run: its colour. */
function runLegend(runs: readonly ReportedRun[]): Html {
  return legend(runs.map((run, i) => ({ label: run.name, ink: inkOf(i), weight: 'strong' })));
}

function legend(entries: readonly Omit<Series, 'points'>[]): Html {
  return html`<ul class="legend">${entries.map(
    ({ label, ink, weight }) =>
      html`<li><svg viewBox="0 0 24 10" aria-hidden="true"><path class="line ${weight} ${ink}" d="M1 5H23"/>${weight !== 'fine' && html`<circle class="dot ${ink}" cx="12" cy="5" r="3.2"/>`}</svg>${label}</li>`,
  )}</ul>`;
}

/** A curve in words, for readers who do not see it. */
function trend({ label, points }: Series): string {
  return `${label} from ${plain(Number(points[0]![1].toPrecision(4)))} to ${plain(Number(points.at(-1)![1].toPrecision(4)))}`;
}

function numberAt(line: { readonly [observation: string]: number | string | null }, name: string): number {
  const value = line[name];
  return typeof value === 'number' ? value : Number.NaN;
}
