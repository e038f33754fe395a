import type { Metrics } from '@aimle/training';
import { type Chart, chartSvg } from './chart/chart.js';
import type { Series } from './chart/series.js';
import { Html, html } from './html.js';
import type { ReportedRun } from './reportedRun.js';
import { variantsOf } from './variants.js';
import { plain, worded } from './wording.js';

/** A run with what its curves share with those of the same settings: six colours, in turn, and one entry in the legend. */
interface Inked {
  readonly run: ReportedRun;
  readonly colour: string;
  readonly label: string;
  readonly listed: boolean;
}

function inked(runs: readonly ReportedRun[]): Inked[] {
  return variantsOf(runs).flatMap(({ label, runs: same }, i) =>
    same.map((run, seed) => ({ run, colour: `var(--ink-${i % 6})`, label, listed: seed === 0 })),
  );
}

/** Marks the points of short curves, so that a single epoch is visible and each value shows on hover. */
const fewMarked = (points: readonly Point[], max: number) =>
  ({ points, mark: points.length > max ? 'none' : 'dot' }) as const;

/** Draws the smoothed training loss of every run by step. */
export function lossFigure(runs: readonly ReportedRun[]): Html | null {
  const drawn = inked(runs)
    .map(({ run, colour, label, listed }): Series => {
      const points = smooth(run.steps.map((line): Point => [line.step, line.loss ?? Number.NaN]));
      return {
        label: runs.length > 1 ? label : 'training loss',
        colour,
        listed,
        ...fewMarked(points, 1),
      };
    })
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return null;
  const ceiling = ceilingOf(drawn);
  const chart = {
    description: `Training loss by training step: ${drawn.map(trend).join('; ')}`,
    x: { label: 'training step', ...steps(drawn) },
    y: { label: 'loss', ceiling },
    series: drawn,
    legend: runs.length > 1,
  };
  const hidden = drawn.some(({ points }) => points.some(([, value]) => value > ceiling));
  const meaning = meaningOf(runs, 'loss');
  return html`<figure>${sized(chart, [460, 300], [360, 270])}
<figcaption><b>Training loss</b>${meaning === null ? '' : `, ${meaning}`}. A running mean over 2 % of the steps.${hidden && ' The start is above the visible range.'}</figcaption></figure>`;
}

/** Draws the task's main metric on held-out data after each epoch: on an axis of its own, for its scale is not the loss's. */
export function metricFigure(runs: readonly ReportedRun[]): Html | null {
  const metric = headline(runs);
  if (metric === null) return null;
  const drawn = inked(runs)
    .map(({ run, colour, label, listed }): Series => {
      const held = run.epochs.map((line): Point => [line.step, heldOut(line)?.[metric] ?? Number.NaN]);
      return {
        label: runs.length > 1 ? label : worded(metric),
        colour,
        listed,
        ...fewMarked(finite(held), 60),
      };
    })
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return null;
  const splits = [...new Set(runs.map(splitOf))].join(' or ');
  const chart = {
    description: `${worded(metric)} on ${splits} data by training step: ${drawn.map(trend).join('; ')}`,
    x: { label: 'training step', ...steps(drawn) },
    y: { label: worded(metric) },
    series: drawn,
    legend: runs.length > 1,
  };
  const meaning = meaningOf(runs, metric);
  return html`<figure>${sized(chart, [460, 300], [360, 270])}
<figcaption><b>${capitalised(worded(metric))}</b> on ${splits} data after each epoch${meaning === null ? '' : `: ${meaning}`}.</figcaption></figure>`;
}

function meaningOf([first]: readonly ReportedRun[], metric: string): string | null {
  return first?.record.meanings?.[metric] ?? null;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Draws the estimator's statistics by step: lambda and the sparsity of its gradient, if it has them. */
export function observationFigures(runs: readonly ReportedRun[]): Html[] {
  return observations.flatMap(({ name, title, caption, yLabel }) => {
    const series = inked(runs)
      .map(({ run, colour, label, listed }): Series => {
        const points = run.steps.map((line): Point => [line.step, numberAt(line, name)]);
        return { label: runs.length > 1 ? label : title, colour, listed, ...fewMarked(smooth(points), 60) };
      })
      .filter(({ points }) => points.length > 0);
    if (series.length === 0) return [];
    const values = series.flatMap(({ points }) => points.map(([, value]) => value));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const isWide = low > 0 && high / low > 20;
    const chart = {
      description: `${title} by training step: ${series.map(trend).join('; ')}`,
      x: { label: 'training step', ...steps(series) },
      y: { label: yLabel, scale: isWide ? 'log' : 'linear' } as const,
      series,
      legend: runs.length > 1,
    };
    return [
      html`<figure>${sized(chart, [460, 270], [360, 250])}
<figcaption><b>${title}.</b> ${caption}</figcaption></figure>`,
    ];
  });
}

const observations = [
  {
    name: 'lambda',
    title: 'Perturbation size',
    yLabel: 'lambda',
    caption:
      'Lambda, how far theta is moved against the gradient of the loss before the second solve; smoothed. Too small, and both ' +
      'solutions are the same, without a gradient; too large, and it points far from theta.',
  },
  {
    name: 'sparsity',
    title: 'Sparsity',
    yLabel: 'share of zeros',
    caption:
      'The share of exact zeros in the estimated gradient of theta; smoothed. At 1 nothing is learned through the choice.',
  },
];

/** Returns the metrics after an epoch: on validation data, or on test data if the run has no validation. */
function heldOut({ validation, test }: ReportedRun['epochs'][number]): Metrics | null {
  return validation ?? test;
}

const splitOf = ({ epochs }: ReportedRun): string =>
  epochs.some((line) => line.validation) ? 'validation' : 'test';

/** Returns the metric of the held-out curve: the first one that the task reports. */
function headline(runs: readonly ReportedRun[]): string | null {
  for (const { epochs, test } of runs) {
    const metrics = epochs.map(heldOut).find((values) => values !== null) ?? test?.test;
    const name = metrics && Object.keys(metrics)[0];
    if (name !== undefined) return name;
  }
  return null;
}

/** Returns a height above nine tenths of every curve, so that a high start does not flatten it. */
function ceilingOf(series: readonly Series[]): number {
  return Math.max(
    ...series.map(({ points }) => {
      const values = points.map(([, value]) => value).sort((a, b) => a - b);
      const [low, high] = [values[0]!, values[Math.floor(0.9 * (values.length - 1))]!];
      return points.length < 4 ? values.at(-1)! : low + 1.6 * (high - low);
    }),
  );
}

/** The x axis starts at step 0, whatever the first point. */
function steps(series: readonly Series[]): { readonly from: number; readonly to: number } {
  return { from: 0, to: Math.max(1, ...series.flatMap(({ points }) => points.map(([step]) => step))) };
}

/** Draws a chart in two sizes; the style shows the one that fits the screen, so that letters keep their size. */
function sized(
  chart: Omit<Chart, 'width' | 'height'>,
  ...sizes: readonly [wide: readonly [number, number], narrow: readonly [number, number]]
): Html {
  const [wide, narrow] = sizes.map(([width, height]) => new Html(chartSvg({ ...chart, width, height }))) as [
    Html,
    Html,
  ];
  return html`<div class="wide">${wide}</div><div class="narrow">${narrow}</div>`;
}

/** Describes a curve in words, for the text alternative. */
function trend({ label, points }: Series): string {
  return `${label} from ${plain(Number(points[0]![1].toPrecision(4)))} to ${plain(Number(points.at(-1)![1].toPrecision(4)))}`;
}

function numberAt(line: { readonly [observation: string]: number | string | null }, name: string): number {
  const value = line[name];
  return typeof value === 'number' ? value : Number.NaN;
}

/** One point of a curve: a training step and the value there. */
type Point = readonly [step: number, value: number];

/** Maximum number of points of a drawn curve; more are not visible on a page. */
const resolution = 240;

/** Keeps the points whose value is finite, so that a NaN loss does not break the page. */
function finite(points: readonly Point[]): Point[] {
  return points.filter(([step, value]) => Number.isFinite(step) && Number.isFinite(value));
}

/** Smooths a curve by a running mean over 2 % of its points, thinned to at most 240; the ends keep their step. */
function smooth(points: readonly Point[]): Point[] {
  const curve = finite(points);
  const reach = Math.floor(curve.length / 100);
  const sums = new Float64Array(curve.length + 1);
  for (let i = 0; i < curve.length; i++) sums[i + 1] = sums[i]! + curve[i]![1];
  const stride = Math.max(1, (curve.length - 1) / (resolution - 1));
  const smoothed: Point[] = [];
  for (let at = 0; Math.round(at) < curve.length; at += stride) {
    const i = Math.round(at);
    // At the start, where a curve is steep, the window stays centred; at the end it only looks back.
    const [from, to] = [i - Math.min(reach, i), Math.min(i + Math.min(reach, i) + 1, curve.length)];
    const mean = (sums[to]! - sums[from]!) / (to - from);
    smoothed.push([curve[i]![0], mean]);
  }
  return smoothed;
}
