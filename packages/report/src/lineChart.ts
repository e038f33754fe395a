import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Point } from './curve.js';
import { type Html, html } from './html.js';
import { plain } from './wording.js';

/** One line of a chart. `ink` is a class of the page's style: a colour that is right on light and on dark paper. */
export interface Series {
  readonly label: string;
  readonly ink: string;
  readonly weight: 'fine' | 'strong';
  readonly points: readonly Point[];
}

/** What a chart shows, apart from its size. */
export interface Chart {
  /** What a reader who does not see the chart is told. */
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly scale: 'linear' | 'log';
  /** Values above are not drawn: a wild start must not flatten the rest. */
  readonly ceiling?: number;
  readonly series: readonly Series[];
}

const margin = { top: 26, right: 14, bottom: 40, left: 50 };

/** A line chart as inline SVG of a fixed size; colours and fonts come from the page's style. */
export function lineChart(chart: Chart, width: number, height: number): Html {
  const points = chart.series.flatMap((series) => series.points);
  const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
  const x = scaleLinear([0, Math.max(1, ...points.map(([step]) => step))], [left, right]);
  const [low, high] = extent(points.map(([, value]) => value));
  const domain = [low, Math.min(high, chart.ceiling ?? high)];
  const y =
    chart.scale === 'log'
      ? scaleLog(domain, [bottom, top]).nice()
      : scaleLinear(domain, [bottom, top]).nice(5);
  const yTicks = chart.scale === 'log' ? decades(y.domain()) : y.ticks(5);
  const clip = `plot-${identifier(chart.description)}-${width}`;
  const path = line<Point>(
    ([step]) => round(x(step)),
    ([, value]) => round(y(value)),
  );

  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${chart.description}">
<clipPath id="${clip}"><rect x="${left - 4}" y="${top - 4}" width="${right - left + 8}" height="${bottom - top + 8}"/></clipPath>
<g class="grid">${yTicks.map((tick) => html`<line x1="${left}" x2="${right}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>`)}</g>
<g class="axis">${yTicks.map((tick) => html`<text x="${left - 8}" y="${round(y(tick))}" dy="0.32em" text-anchor="end">${plain(tick)}</text>`)}
${x.ticks(Math.max(3, Math.floor(width / 110))).map((tick) => html`<text x="${round(x(tick))}" y="${bottom + 17}" text-anchor="middle">${plain(tick)}</text>`)}
<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/></g>
<g class="axis-label"><text x="2" y="11">${chart.yLabel}</text><text x="${right}" y="${height - 6}" text-anchor="end">${chart.xLabel}</text></g>
<g clip-path="url(#${clip})">${chart.series.map((series) => html`<path class="line ${series.weight} ${series.ink}" d="${path(series.points) ?? ''}"/>${dots(series, x, y)}`)}</g>
</svg>`;
}

/** Few points are marked, so that one epoch is visible at all and each can be hovered for its value. */
function dots(series: Series, x: (value: number) => number, y: (value: number) => number): Html[] {
  if (series.points.length > (series.weight === 'fine' ? 1 : 60)) return [];
  return series.points.map(
    ([step, value]) =>
      html`<circle class="dot ${series.ink}" cx="${round(x(step))}" cy="${round(y(value))}" r="3.2"><title>${series.label}, step ${plain(step)}: ${plain(value)}</title></circle>`,
  );
}

/** The smallest interval that holds all values; widened when they are all equal, [0, 1] when there are none. */
function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low === high) return low === 0 ? [0, 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
  return [low, high];
}

/** Powers of ten within a domain, every other one or rarer where there are many; 2 and 5 besides where there are few. */
function decades([low, high]: readonly number[]): number[] {
  const [first, last] = [Math.ceil(Math.log10(low!) - 1e-9), Math.floor(Math.log10(high!) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const within: number[] = [];
  for (let power = first - 1; power <= last; power += every) {
    for (const digit of last - first < 2 ? [1, 2, 5] : [1]) {
      const tick = digit * 10 ** power;
      if (tick >= low! * (1 - 1e-9) && tick <= high! * (1 + 1e-9)) within.push(tick);
    }
  }
  return within;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const identifier = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
