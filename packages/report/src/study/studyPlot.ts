import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { type Html, html } from '../html.js';
import { plain } from '../wording.js';
import type { StudyFigure, StudyPanel } from './study.js';
import { nameOf, withError } from './studyTable.js';

const margin = { top: 26, right: 16, bottom: 44, left: 48 };

/** Colours there are. */
const INKS = 6;

/** Height of a line of the legend, and about how wide a letter of it is. */
const LEGEND = { line: 20, letter: 6.4, mark: 44 };

interface Entry {
  readonly label: string;
  readonly style: string;
}

/**
 * A panel as inline SVG: curves with bars of one standard error each way, diamonds for known figures, levels as dotted
 * lines, and the legend below. Colours and fonts come from the page's style.
 */
export function studyPlot(panel: StudyPanel, width: number, height: number): Html {
  const { curves, levels, xScale, yRange } = panel;
  const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
  const xs = curves.flatMap(({ points }) => points.map((point) => point.x));
  const domain = [Math.min(...xs), Math.max(...xs)] as const;
  const x =
    xScale === 'log'
      ? scaleLog(domain, [left + 10, right - 10])
      : scaleLinear([0, domain[1]], [left + 4, right - 10]);
  const y = scaleLinear(yRange, [bottom, top]);
  const labels = [...new Set([...curves.map(({ label }) => label), ...levels.map(({ label }) => label)])];
  const inkOf = (label: string): string => `ink-${labels.indexOf(label) % INKS}`;
  const styleOf = (label: string, difference: string | null): string =>
    `${inkOf(label)}${difference === 'forward' ? ' dashed' : ''}`;
  const entries: Entry[] = [
    ...curves.map((curve) => ({ label: nameOf(curve), style: styleOf(curve.label, curve.difference) })),
    ...levels.map(({ label }) => ({ label, style: `${inkOf(label)} dotted` })),
  ];
  const rows = flow(entries, width - left);
  const whole = height + rows.length * LEGEND.line;
  const clip = `study-${panel.title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${width}`;
  const xTicks = xScale === 'log' ? powersOfTen(domain) : x.ticks(6);
  const path = line<{ readonly x: number; readonly mean: number }>(
    (point) => round(x(point.x)),
    (point) => round(y(point.mean)),
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" role="img" aria-label="${describe(panel)}">
<clipPath id="${clip}"><rect x="${left}" y="${top - 6}" width="${right - left}" height="${bottom - top + 12}"/></clipPath>
<g class="grid">${y.ticks(5).map((tick) => html`<line x1="${left}" x2="${right}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>`)}</g>
<g class="axis">${y.ticks(5).map((tick) => html`<text x="${left - 8}" y="${round(y(tick))}" dy="0.32em" text-anchor="end">${plain(tick)}</text>`)}
${xTicks.map((tick) => html`<line x1="${round(x(tick))}" x2="${round(x(tick))}" y1="${bottom}" y2="${bottom + 4}"/><text x="${round(x(tick))}" y="${bottom + 18}" text-anchor="middle">${plain(tick)}</text>`)}
<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/></g>
<g class="axis-label"><text x="2" y="11">${panel.yLabel}</text><text x="${right}" y="${bottom + 36}" text-anchor="end">${panel.xLabel}</text></g>
<g clip-path="url(#${clip})">${levels.map(
    (level) =>
      html`<path class="line strong dotted ${inkOf(level.label)}" d="M${left} ${round(y(level.mean))}H${right}"><title>${level.label}: ${withError(level)}</title></path>`,
  )}
${curves.map(({ label, difference, points }) => html`<path class="line strong ${styleOf(label, difference)}" d="${path(points) ?? ''}"/>`)}
${curves.map(({ label, difference, points }) => {
  const name = nameOf({ label, difference, points });
  return html`<g>${points.map((point) => marked(point, name, inkOf(label)))}</g>`;
})}</g>
<g>${rows.map((row, at) => legendRow(row, left, height + at * LEGEND.line + 8))}</g>
</svg>`;

  function marked(point: StudyFigure & { readonly x: number }, name: string, ink: string): Html {
    const [at, mean] = [round(x(point.x)), round(y(point.mean))];
    const told = `${name}, ${panel.xLabel} ${plain(point.x)}: ${withError(point)}`;
    const diamond = point.known && round(y(point.known.value));
    return html`<line class="line fine ${ink}" x1="${at}" x2="${at}" y1="${round(y(point.mean - point.error))}" y2="${round(y(point.mean + point.error))}"/><circle class="dot ${ink}" cx="${at}" cy="${mean}" r="3"><title>${told}</title></circle>${diamond !== null && html`<path class="line known ${ink}" d="M${at - 5} ${diamond}l5 -5l5 5l-5 5z"><title>known: ${point.known!.value}</title></path>`}`;
  }
}

/** Entries in as many rows as they need. */
function flow(entries: readonly Entry[], width: number): Entry[][] {
  const rows: Entry[][] = [];
  let left = 0;
  for (const entry of entries) {
    const needed = LEGEND.mark + entry.label.length * LEGEND.letter;
    if (rows.length === 0 || needed > left) {
      rows.push([]);
      left = width;
    }
    rows.at(-1)!.push(entry);
    left -= needed;
  }
  return rows;
}

function legendRow(row: readonly Entry[], left: number, top: number): Html {
  let at = left;
  return html`${row.map(({ label, style }) => {
    const from = at;
    at += LEGEND.mark + label.length * LEGEND.letter;
    return html`<path class="line strong ${style}" d="M${round(from)} ${top}h22"/><text class="entry" x="${round(from + 28)}" y="${top}" dy="0.35em">${label}</text>`;
  })}`;
}

/** All powers of ten within, every other one or rarer where there are many. */
function powersOfTen([low, high]: readonly [number, number]): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const ticks: number[] = [];
  for (let power = first; power <= last; power++) ticks.push(Number(`1e${power}`));
  return ticks;
}

/** What a reader who does not see the plot is told. */
function describe({ title, xLabel, yLabel, curves }: StudyPanel): string {
  const ends = curves.map((curve) => {
    const [first, last] = [curve.points[0]!, curve.points.at(-1)!];
    return `${nameOf(curve)} from ${first.mean.toFixed(3)} to ${last.mean.toFixed(3)}`;
  });
  return `${title}: ${yLabel} over ${xLabel}; ${ends.join('; ')}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
