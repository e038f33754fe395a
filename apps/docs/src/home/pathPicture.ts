import { key } from '@aimle/random';
import { kinds, SIDE, terrainOf } from '../playgrounds/shortest-path/terrain.js';
import { cheapest, map, type Pathfinder } from './pathfinder.js';

/** The size of the picture; a cell of the map is 30 wide. */
export const [width, height] = [360, 460];
const cell = width / SIDE;
const [dearest, row] = [10, 22];

/** The picture of a step as SVG, without its outermost element. Colours of lines come from the page. */
export function pathPicture(finder: Pathfinder): string {
  return still() + moving(finder);
}

/** What every step shares: the map and the cheapest path. */
export function still(): string {
  return ground + line('cheapest', cheapest);
}

/** What differs from step to step: the path that was found, and the costs that it was found with. */
export function moving({ path, costs }: Pathfinder): string {
  return line('found', path) + end(0, 'A') + end(SIDE * SIDE - 1, 'B') + bars(costs);
}

/** What the picture shows, in words. */
export function said({ step, regret }: Pathfinder): string {
  const percent = Math.round(100 * regret);
  return percent > 0
    ? `Step ${step}: the network’s path costs ${percent}% more than the cheapest one.`
    : `Step ${step}: the network’s path is the cheapest one.`;
}

const { colours } = terrainOf(map, key(9));
const shades = Array.from(map, (_, at) =>
  [0, 1, 2]
    .map((i) =>
      Math.round(255 * colours[3 * at + i]!)
        .toString(16)
        .padStart(2, '0'),
    )
    .join(''),
);

/** One path for each shade is shorter than a rectangle for each cell. */
const ground = shades
  .map(
    (shade, at) =>
      `<path fill="#${shade}" d="M${left(at)} ${top(at)}h${cell - 1}v${cell - 1}h${1 - cell}z"/>`,
  )
  .join('');

function left(at: number): number {
  return (at % SIDE) * cell;
}

function top(at: number): number {
  return Math.floor(at / SIDE) * cell;
}

function line(name: string, path: Float32Array): string {
  const points = walk(path)
    .map((at) => `${left(at) + cell / 2},${top(at) + cell / 2}`)
    .join(' ');
  return `<polyline class="halo ${name}" points="${points}"/><polyline class="${name}" points="${points}"/>`;
}

/** The cells of a path from the first corner on: each next one touches the one before it. */
function walk(path: Float32Array): number[] {
  const rest = new Set(Array.from(path.keys()).filter((at) => path[at] === 1));
  const walked: number[] = [];
  const touches = (a: number, b: number): boolean =>
    Math.abs((a % SIDE) - (b % SIDE)) <= 1 && Math.abs(Math.floor(a / SIDE) - Math.floor(b / SIDE)) <= 1;
  for (
    let at: number | undefined = 0;
    at !== undefined;
    at = [...rest].find((next) => touches(next, walked.at(-1)!))
  ) {
    walked.push(at);
    rest.delete(at);
  }
  return walked;
}

function end(at: number, letter: string): string {
  const [x, y] = [left(at) + cell / 2, top(at) + cell / 2];
  return `<circle class="end" cx="${x}" cy="${y}" r="12"/><text class="letter" x="${x}" y="${y + 5}">${letter}</text>`;
}

/** What each kind is taken to cost, and a mark at what it costs; costs are scaled to fit, as paths tell them up to a factor. */
function bars(costs: readonly number[]): string {
  const across = kinds.reduce((sum, { cost }, kind) => sum + cost * costs[kind]!, 0);
  const scale = across / costs.reduce((sum, cost) => sum + cost * cost, 0);
  const at = (cost: number): number => 88 + (cost / dearest) * (width - 96);
  return kinds
    .map(({ name, cost, colour }, kind) => {
      const y = width + 14 + kind * row;
      const fill = `rgb(${colour.map((part) => Math.round(255 * part)).join(' ')})`;
      const length = Math.round(at(scale * costs[kind]!) - at(0));
      return (
        `<rect x="0" y="${y}" width="14" height="14" rx="2" fill="${fill}"/><text x="22" y="${y + 12}">${name}</text>` +
        `<rect class="bar" x="${at(0)}" y="${y + 1}" width="${length}" height="12" rx="2"/>` +
        `<path class="true" d="M${at(cost)} ${y - 2}v18"/>`
      );
    })
    .join('');
}
