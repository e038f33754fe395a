import type { Series } from './protocol.js';

const [width, height] = [560, 200];
const [left, right, top, bottom] = [56, 548, 12, 172];
/** More groups of values than this are not told apart in a chart. */
const finest = 1_000;
const svg = 'http://www.w3.org/2000/svg';

/** A chart of lines over their index, with its range written at its axes, and its numbers said for those who cannot see it. */
export function chart(series: readonly Series[]): HTMLElement {
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = [finite.reduce(lesser, Infinity), finite.reduce(greater, -Infinity)];
  const longest = series.map(({ values }) => values.length).reduce(greater, 0);
  const x = (i: number) => left + (i * (right - left)) / Math.max(1, longest - 1);
  const y = (value: number) => bottom - ((value - low) * (bottom - top)) / (high - low || 1);
  const picture = element('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': said(series),
  });
  picture.append(
    element('path', { class: 'axis', d: `M${left} ${top}V${bottom}H${right}` }),
    label(left - 6, top + 5, short(high), 'end'),
    label(left - 6, bottom, short(low), 'end'),
    label(right, bottom + 18, `${longest - 1}`, 'end'),
    label(left, bottom + 18, '0', 'start'),
  );
  for (const [at, { values }] of series.entries()) {
    const points = drawn(values).map((i) => `${x(i)},${y(values[i] as number)}`);
    const style = `stroke: var(--aimle-c${(at % 6) + 1})`;
    picture.append(element('polyline', { class: 'line', points: points.join(' '), style }));
  }
  const figure = document.createElement('figure');
  figure.className = 'runnable-chart';
  figure.append(picture, legend(series));
  return figure;
}

/** The places of a line that are drawn: of more than a screen can tell apart, the lowest and the highest of each group. */
function drawn(values: readonly number[]): number[] {
  const group = Math.max(1, Math.ceil(values.length / finest));
  const places: number[] = [];
  for (let from = 0; from < values.length; from += group) {
    let [lowest, highest] = [-1, -1];
    for (let i = from; i < Math.min(from + group, values.length); i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      if (lowest < 0 || value < (values[lowest] as number)) lowest = i;
      if (highest < 0 || value > (values[highest] as number)) highest = i;
    }
    if (lowest >= 0) places.push(Math.min(lowest, highest));
    if (highest !== lowest) places.push(Math.max(lowest, highest));
  }
  return places;
}

// Math.min(...values) has no room on the stack for a hundred thousand values.
const lesser = (a: number, b: number) => Math.min(a, b);
const greater = (a: number, b: number) => Math.max(a, b);

function said(series: readonly Series[]): string {
  const parts = series.map(({ name, values }) => {
    const [first, last] = [values.at(0) ?? Number.NaN, values.at(-1) ?? Number.NaN];
    return `${name} from ${short(first)} to ${short(last)} over ${values.length} points`;
  });
  return `Line chart: ${parts.join('; ')}`;
}

function legend(series: readonly Series[]): HTMLElement {
  const caption = document.createElement('figcaption');
  for (const [at, { name }] of series.entries()) {
    const entry = document.createElement('span');
    const swatch = document.createElement('i');
    swatch.style.background = `var(--aimle-c${(at % 6) + 1})`;
    entry.append(swatch, name);
    caption.append(entry);
  }
  return caption;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function label(x: number, y: number, words: string, anchor: string): SVGElement {
  const text = element('text', { x: String(x), y: String(y), 'text-anchor': anchor });
  text.textContent = words;
  return text;
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
