import { type Html, html } from '../html.js';
import { plain, withError } from '../wording.js';

/** A point of a chart, with the standard error of y, drawn as a bar each way. */
export type Point = readonly [x: number, y: number, error?: number];

/** What is drawn in one colour under one label. */
export interface Series {
  readonly label: string;
  /** The line has a gap where a value is not a number. */
  readonly points: readonly Point[];
  /** A CSS colour; default: the page's `--ink-0` to `--ink-5` in turn, one for each label. */
  readonly colour?: string;
  /** Default `solid`. */
  readonly line?: 'solid' | 'dashed' | 'dotted' | 'none';
  /** Width of the line; default 2.2. */
  readonly width?: number;
  /** What stands at each point; default `none`. Bars of several series stand side by side. */
  readonly mark?: 'dot' | 'diamond' | 'bar' | 'none';
  /** Whether the legend names it; default true. */
  readonly listed?: boolean;
}

/** The coordinates of a plot in pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(value: number): number;
  y(value: number): number;
}

const dashes = { solid: null, dashed: '6 5', dotted: '1.5 5', none: null };

/** Rounds to a tenth of a pixel; finer is not visible. */
export const round = (value: number): number => Math.round(value * 10) / 10;

/** Returns the attributes of a series' line, for the plot and the legend. */
export function stroke({ line = 'solid', width = 2.2 }: Series): Html {
  return html` fill="none" stroke-width="${width}"${dashes[line] && html` stroke-dasharray="${dashes[line]}"`}`;
}

/** Draws a series with its marks. A mark shows its value on hover. */
export function drawSeries(series: Series, colour: string, plot: Plot, xLabel: string, bars: BarPlace): Html {
  const { label, points, line = 'solid' } = series;
  const d = line === 'none' || series.mark === 'bar' ? '' : path(points, plot);
  return html`<g data-series="${label}" stroke="${colour}" fill="${colour}">${d !== '' && html`<path${stroke(series)} d="${d}"/>`}${points.map(
    (point) => marked(series, point, plot, xLabel, bars),
  )}</g>`;
}

/** Start of a series' bars relative to the middle of their group, and their width. */
export interface BarPlace {
  readonly offset: number;
  readonly width: number;
}

function marked(series: Series, point: Point, plot: Plot, xLabel: string, bars: BarPlace): Html {
  const { label, mark = 'none' } = series;
  const [value, mean, error = 0] = point;
  const [x, y] = [round(plot.x(value)), round(plot.y(mean))];
  if (mark === 'none' || !Number.isFinite(x + y)) return html``;
  const title = html`<title>${label}, ${xLabel} ${plain(value)}: ${error > 0 ? withError({ mean, error }) : plain(mean)}</title>`;
  if (mark === 'diamond')
    return html`<path fill="none" stroke-width="1.2" opacity=".75" d="M${x - 5} ${y}l5 -5l5 5l-5 5z">${title}</path>`;
  if (mark === 'bar') {
    const zero = plot.y(0);
    const [top, height] = [Math.min(y, zero), Math.abs(y - zero)];
    return html`<rect stroke="none" x="${round(x + bars.offset)}" y="${round(top)}" width="${round(bars.width)}" height="${round(height)}">${title}</rect>`;
  }
  const bar =
    error > 0 &&
    html`<path stroke-width="1.3" d="M${x} ${round(plot.y(mean - error))}V${round(plot.y(mean + error))}"/>`;
  return html`${bar}<circle cx="${x}" cy="${y}" r="3.1" stroke="var(--paper)" stroke-width="1.5">${title}</circle>`;
}

function path(points: readonly Point[], plot: Plot): string {
  let isDown = false;
  let d = '';
  for (const [x, y] of points) {
    const isThere = Number.isFinite(x) && Number.isFinite(y);
    if (isThere) d += `${isDown ? 'L' : 'M'}${round(plot.x(x))} ${round(plot.y(y))}`;
    isDown = isThere;
  }
  return d;
}
