import { type Axis, type Chart, chartSvg } from '@aimle/report/chart';
import { rounded as at, escaped } from '../drawing.js';

/** The inks of a figure, by the names of the design's values: light and dark follow the page. */
export type Ink = 'ink' | 'muted' | 'line' | 'accent' | 'warm' | 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6';

/** A picture, and the words under it, which hold the figures that it shows. */
export interface Figure {
  readonly name: string;
  /** What a reader who does not see it needs to know. */
  readonly label: string;
  readonly drawn:
    | Pick<Chart, 'x' | 'y' | 'series'>
    | { readonly width: number; readonly height: number; readonly shapes: readonly string[] };
  readonly caption: string;
}

/** The HTML of a figure: without an empty line, which would end it in Markdown. */
export function htmlOf({ label, drawn, caption }: Figure): string {
  const svg =
    'series' in drawn
      ? chartSvg({ ...drawn, description: label, width: 480, height: 310 })
      : `<svg viewBox="0 0 ${drawn.width} ${drawn.height}" role="img" aria-label="${inTemplate(label)}">\n${drawn.shapes.join('\n')}\n</svg>`;
  return `<figure class="figure">\n${svg}\n<figcaption>${inTemplate(caption)}</figcaption>\n</figure>\n`;
}

export const ink = (name: Ink): string => `var(--aimle-${name})`;

/** An axis from its first tick to its last. */
export function axis(label: string, ticks: readonly number[], more: Partial<Axis> = {}): Axis {
  return { label, from: ticks[0]!, to: ticks.at(-1)!, ticks, ...more };
}

/** What a line has at x. */
export function valueAt(points: readonly (readonly [x: number, y: number])[], x: number): number {
  const found = points.find(([each]) => Math.abs(each / x - 1) < 1e-6);
  if (!found) throw new Error(`figures: ${x} was not measured`);
  return found[1];
}

export function polyline(points: readonly (readonly [number, number])[], ink: Ink, dash = ''): string {
  const places = points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ');
  return `<polyline class="stroke ${ink}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`} points="${places}"/>`;
}

export function segment(x1: number, y1: number, x2: number, y2: number, ink: Ink, width = 1): string {
  return `<line class="stroke ${ink}" style="stroke-width:${at(width)}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
}

export function rect(x: number, y: number, width: number, height: number, ink: Ink, opacity = 1): string {
  const faint = opacity < 1 ? ` fill-opacity="${opacity}"` : '';
  return `<rect class="area ${ink}"${faint} x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;
}

export function disc(x: number, y: number, radius: number, ink: Ink, opacity = 1): string {
  const faint = opacity < 1 ? ` fill-opacity="${opacity}"` : '';
  return `<circle class="area ${ink}"${faint} cx="${at(x)}" cy="${at(y)}" r="${at(radius)}"/>`;
}

export function words(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'middle',
  ink: Ink = 'muted',
): string {
  return `<text class="words ${ink}" x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${inTemplate(text)}</text>`;
}

/** A page is a template too. */
function inTemplate(text: string): string {
  return escaped(text).replaceAll('{', '&#123;');
}
