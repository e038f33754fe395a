import type { Series } from './protocol.js';

const [width, height] = [560, 200];
const [left, right, top, bottom] = [56, 548, 12, 172];
const svg = 'http://www.w3.org/2000/svg';

/** A chart of lines over their index, with its range written at its axes, and its numbers said for those who cannot see it. */
export function chart(series: readonly Series[]): HTMLElement {
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const longest = Math.max(...series.map(({ values }) => values.length));
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
    const points = values.flatMap((value, i) => (Number.isFinite(value) ? [`${x(i)},${y(value)}`] : []));
    const style = `stroke: var(--aimle-c${(at % 6) + 1})`;
    picture.append(element('polyline', { class: 'line', points: points.join(' '), style }));
  }
  const figure = document.createElement('figure');
  figure.className = 'runnable-chart';
  figure.append(picture, legend(series));
  return figure;
}

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
