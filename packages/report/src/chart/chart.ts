import { Html, html } from '../html.js';
import { type Axis, scaleOf } from './axis.js';
import { drawSeries, type Plot, round, type Series, stroke } from './series.js';

interface Tick {
  readonly at: number;
  readonly text: string;
}

/** What a chart shows, and its size in pixels. */
export interface Chart {
  /** Text alternative, for readers who cannot see the chart. */
  readonly description: string;
  readonly width: number;
  /** Height without the legend, which is added below. */
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Horizontal dotted lines, for values that do not depend on x. */
  readonly levels?: readonly { readonly label: string; readonly value: number; readonly colour?: string }[];
  /** Default: if there is more than one name. */
  readonly legend?: boolean;
  /** More SVG, drawn on top in the plot's coordinates. */
  readonly overlay?: (plot: Plot) => string;
}

/** Sizes of the legend: height of a line, approximate width of a letter, width of a mark. */
const LEGEND = { line: 20, letter: 6.6, mark: 44 };

/**
 * Draws a chart as SVG: axes, lines with marks and error bars, grouped bars, levels, and a legend.
 *
 * It needs neither a document nor Node, so a page, a worker and a script draw the same chart. Colours are CSS variables of
 * the page, so the chart follows light and dark: `--ink` and `--soft` (text), `--rule` (grid), `--paper`, `--ink-0` to
 * `--ink-5` (series) and `--sans` (font).
 *
 * @example
 * ```ts
 * import { chartSvg } from '@aimle/report/chart';
 *
 * const svg = chartSvg({
 *   description: 'Two points', width: 320, height: 200,
 *   x: { label: 'samples', scale: 'log' }, y: { label: 'cosine', from: 0, to: 1 },
 *   series: [{ label: 'IMLE', mark: 'dot', points: [[1, 0.3, 0.02], [10, 0.7, 0.01]] }],
 * });
 * svg.includes('IMLE, samples 10: 0.700 ± 0.010'); // => true
 * ```
 */
export function chartSvg(chart: Chart): string {
  const { description, width, height, x, y, levels = [] } = chart;
  const { plot, xTicks, yTicks } = plotted(chart);
  const { left, right, top, bottom } = plot;
  const dotted = levels.map(
    ({ value, ...level }): Series => ({ ...level, line: 'dotted', points: [[0, value]] }),
  );
  const all = [...chart.series, ...dotted];
  const labels = [...new Set(all.map(({ label }) => label))];
  const colourOf = ({ label, colour }: Series): string => colour ?? `var(--ink-${labels.indexOf(label) % 6})`;
  const listed = all.filter((series) => series.listed !== false);
  const rows = (chart.legend ?? listed.length > 1) ? flow(listed, width - left) : [];
  const whole = height + rows.length * LEGEND.line;
  const clip = `plot-${description
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)}-${width}`;
  const grouped = chart.series.filter(({ mark }) => mark === 'bar');
  const slot = (0.76 * Math.abs(plot.x(1) - plot.x(0))) / Math.max(1, grouped.length);
  const barsOf = (series: Series) => ({
    offset: (grouped.indexOf(series) - grouped.length / 2) * slot,
    width: slot - 1.5,
  });

  return html`<svg class="chart" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" role="img" aria-label="${description}" font-family="var(--sans)" font-size="12">
<clipPath id="${clip}"><rect x="${left - 5}" y="${top - 5}" width="${right - left + 10}" height="${bottom - top + 10}"/></clipPath>
<g stroke="var(--rule)">${yTicks.map(({ at }) => html`<path d="M${left} ${at}H${right}"/>`)}</g>
<g fill="var(--soft)">${yTicks.map(({ at, text }) => html`<text x="${left - 8}" y="${at}" dy="0.32em" text-anchor="end">${text}</text>`)}${xTicks.map(({ at, text }) => html`<text x="${at}" y="${bottom + 18}" text-anchor="middle">${text}</text>`)}</g>
<g stroke="var(--soft)">${xTicks.map(({ at }) => html`<path d="M${at} ${bottom}v4"/>`)}<path d="M${left} ${bottom}H${right}"/>${grouped.length > 0 && html`<path d="M${left} ${round(plot.y(0))}H${right}"/>`}</g>
<g fill="var(--ink)" font-size="12.5">${y.label && html`<text x="2" y="11">${y.label}</text>`}${x.label && html`<text x="${right}" y="${bottom + 36}" text-anchor="end">${x.label}</text>`}</g>
<g clip-path="url(#${clip})" stroke-linejoin="round" stroke-linecap="round">${dotted.map(
    (level) =>
      html`<g data-series="${level.label}" stroke="${colourOf(level)}"><path${stroke(level)} d="M${left} ${round(plot.y(level.points[0]![1]))}H${right}"/></g>`,
  )}${chart.series.map((series) => drawSeries(series, colourOf(series), plot, x.label ?? '', barsOf(series)))}</g>
${rows.map((row, at) => legendRow(row, left, height + at * LEGEND.line + 8, colourOf))}${new Html(chart.overlay?.(plot) ?? '')}</svg>`
    .text;
}

/** Computes the plot's margins from the texts of the axes, and those texts. */
function plotted({ width, height, x, y, series, levels = [] }: Chart): {
  plot: Plot;
  xTicks: Tick[];
  yTicks: Tick[];
} {
  const points = series.flatMap((each) => each.points);
  const across = scaleOf(
    x,
    points.map(([value]) => value),
    Math.max(3, Math.floor(width / 110)),
  );
  const up = scaleOf(y, [...points.map(([, value]) => value), ...levels.map(({ value }) => value)], 5);
  const longest = Math.max(...up.ticks.map((tick) => up.format(tick).length), 2);
  const [left, right] = [18 + 6.5 * longest, width - 16];
  const [top, bottom] = [y.label ? 26 : 10, height - (x.label ? 44 : 26)];
  // Keeps marks at the ends whole.
  const inset = series.some(({ mark = 'none' }) => mark !== 'none' && mark !== 'bar') ? 8 : 0;
  const plot: Plot = {
    left,
    right,
    top,
    bottom,
    x: (value) => left + inset + across.share(value) * (right - left - 2 * inset),
    y: (value) => bottom - up.share(value) * (bottom - top),
  };
  const ticks = (scale: typeof up, place: (value: number) => number): Tick[] =>
    scale.ticks.map((tick) => ({ at: round(place(tick)), text: scale.format(tick) }));
  return { plot, xTicks: ticks(across, plot.x), yTicks: ticks(up, plot.y) };
}

const entryWidth = ({ label }: Series): number => LEGEND.mark + label.length * LEGEND.letter;

function flow(entries: readonly Series[], width: number): Series[][] {
  const rows: Series[][] = [];
  let left = 0;
  for (const entry of entries) {
    if (rows.length === 0 || entryWidth(entry) > left) {
      rows.push([]);
      left = width;
    }
    rows.at(-1)!.push(entry);
    left -= entryWidth(entry);
  }
  return rows;
}

function legendRow(
  row: readonly Series[],
  left: number,
  y: number,
  colourOf: (series: Series) => string,
): Html {
  let from = left;
  return html`${row.map((series) => {
    const x = round(from);
    from += entryWidth(series);
    const colour = colourOf(series);
    const sample =
      series.mark === 'bar'
        ? html`<rect fill="${colour}" x="${x}" y="${y - 5}" width="22" height="10"/>`
        : html`<path stroke="${colour}" stroke-linecap="round"${stroke(series)} d="M${x} ${y}h22"/>`;
    return html`${sample}<text fill="var(--ink)" font-size="12.5" x="${x + 28}" y="${y}" dy="0.35em">${series.label}</text>`;
  })}`;
}
