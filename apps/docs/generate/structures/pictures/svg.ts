import { rounded as at, escaped } from '../../drawing.js';

/** What every picture is drawn with: two inks, one for what is chosen, that hold on light and on dark pages. */
export function svg(width: number, height: number, label: string, shapes: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    '<style>',
    'text { font: 12px system-ui, sans-serif; fill: #57606a; text-anchor: middle; dominant-baseline: central }',
    '.line { stroke: #afb8c1; stroke-width: 1.25; fill: none }',
    '.chosen.line { stroke: #c2410c; stroke-width: 3 }',
    '.area { fill: #d0d7de }',
    '.chosen.area { fill: #ea7a3c }',
    '.dot { fill: #fff; stroke: #57606a; stroke-width: 1.5 }',
    '.chosen.dot { fill: #ea7a3c; stroke: #c2410c }',
    '.head { fill: #afb8c1 }',
    '.chosen.head { fill: #c2410c }',
    '@media (prefers-color-scheme: dark) {',
    'text { fill: #9ea7b3 } .line { stroke: #4a535f } .area { fill: #3a424d } .dot { fill: #1c2128; stroke: #9ea7b3 } .head { fill: #4a535f }',
    '.chosen.line { stroke: #f0883e } .chosen.area { fill: #d2691e } .chosen.dot { fill: #d2691e; stroke: #f0883e } .chosen.head { fill: #f0883e }',
    '}',
    '</style>',
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
}

export type Point = readonly [x: number, y: number];

const kind = (name: string, chosen: boolean): string => `class="${chosen ? 'chosen ' : ''}${name}"`;

export function line([x1, y1]: Point, [x2, y2]: Point, chosen: boolean): string {
  return `<line ${kind('line', chosen)} x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
}

/** A line that ends in a head, `short` of its end, where the dot of a vertex is. */
export function arrow(from: Point, to: Point, chosen: boolean, short: number): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const tip: Point = [to[0] - ux * short, to[1] - uy * short];
  const size = chosen ? 9 : 6;
  const base: Point = [tip[0] - ux * size, tip[1] - uy * size];
  const half = size / 2.2;
  const corners = [
    tip,
    [base[0] - uy * half, base[1] + ux * half],
    [base[0] + uy * half, base[1] - ux * half],
  ];
  const points = corners.map(([x, y]) => `${at(x!)},${at(y!)}`).join(' ');
  return `${line(from, base, chosen)}<polygon ${kind('head', chosen)} points="${points}"/>`;
}

/** A bow over a line of words, from one x to another. */
export function bow(fromX: number, toX: number, y: number, rise: number, chosen: boolean): string {
  const d = `M${at(fromX)} ${at(y)} C${at(fromX)} ${at(y - rise)} ${at(toX)} ${at(y - rise)} ${at(toX)} ${at(y)}`;
  const size = chosen ? 5 : 4;
  const head = `${at(toX - size)},${at(y - 2 * size)} ${at(toX + size)},${at(y - 2 * size)} ${at(toX)},${at(y)}`;
  return `<path ${kind('line', chosen)} d="${d}"/><polygon ${kind('head', chosen)} points="${head}"/>`;
}

export function box(x: number, y: number, width: number, height: number, chosen: boolean): string {
  return `<rect ${kind('area', chosen)} x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="2"/>`;
}

export function dot([x, y]: Point, radius: number, chosen: boolean): string {
  return `<circle ${kind('dot', chosen)} cx="${at(x)}" cy="${at(y)}" r="${radius}"/>`;
}

export function text([x, y]: Point, words: string): string {
  return `<text x="${at(x)}" y="${at(y)}">${escaped(words)}</text>`;
}

/** Unchosen shapes first, so that the chosen ones lie on top. */
export function layered<T>(
  items: readonly T[],
  chosen: (item: T) => boolean,
  draw: (item: T) => string,
): string[] {
  return [...items.filter((item) => !chosen(item)), ...items.filter(chosen)].map(draw);
}
