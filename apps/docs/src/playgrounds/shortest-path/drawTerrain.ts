import type { Place } from '../../canvas/dragging.js';
import { type Spot, stroke, vertex } from '../../canvas/shapes.js';
import type { Frame } from '../../canvas/surface.js';
import { CELLS, SIDE } from './terrain.js';

export interface TerrainScene {
  readonly colours: Float32Array;
  /** What each cell is taken to cost, or null before anything is known. */
  readonly costs: Float32Array | null;
  /** Cells on the two paths: 1, and 0 elsewhere. */
  readonly truePath: Float32Array;
  readonly foundPath: Float32Array | null;
  readonly from: number;
  readonly to: number;
  /** The cell under the keyboard's brush, or -1. */
  readonly cursor: number;
}

/** The cell at a place of a map that is `width` wide, or -1. */
export function cellAt(width: number, { x, y }: Place): number {
  const column = Math.floor((x / width) * SIDE);
  const row = Math.floor((y / width) * SIDE);
  return column >= 0 && column < SIDE && row >= 0 && row < SIDE ? row * SIDE + column : -1;
}

const gap = 1;

export function drawGround(frame: Frame, scene: TerrainScene): void {
  const { context, width } = frame;
  const side = width / SIDE;
  for (let cell = 0; cell < CELLS; cell++) {
    const shade = (i: number): number => Math.round(255 * scene.colours[3 * cell + i]!);
    context.fillStyle = `rgb(${shade(0)} ${shade(1)} ${shade(2)})`;
    square(context, cell, side);
  }
  drawPaths(frame, scene, '#ffffff');
}

/** What the model believes: the darker a cell, the more a step on it costs. */
export function drawBelief(frame: Frame, scene: TerrainScene): void {
  const { context, width, palette } = frame;
  const side = width / SIDE;
  const largest = scene.costs === null ? 1 : Math.max(...scene.costs);
  for (let cell = 0; cell < CELLS; cell++) {
    context.fillStyle = palette.line;
    context.globalAlpha = 0.4;
    square(context, cell, side);
    if (scene.costs === null) continue;
    context.fillStyle = palette.warm;
    context.globalAlpha = scene.costs[cell]! / largest;
    square(context, cell, side);
  }
  context.globalAlpha = 1;
  drawPaths(frame, scene, palette.paper);
}

function square(context: CanvasRenderingContext2D, cell: number, side: number): void {
  const x = (cell % SIDE) * side;
  const y = Math.floor(cell / SIDE) * side;
  context.fillRect(x + gap / 2, y + gap / 2, side - gap, side - gap);
}

function drawPaths(frame: Frame, scene: TerrainScene, halo: string): void {
  const { context, width, palette } = frame;
  const side = width / SIDE;
  const middle = (cell: number): Spot => [
    ((cell % SIDE) + 0.5) * side,
    (Math.floor(cell / SIDE) + 0.5) * side,
  ];
  const line = (path: Float32Array, colour: string, thickness: number): void => {
    context.lineJoin = context.lineCap = 'round';
    context.strokeStyle = halo;
    context.lineWidth = thickness + 3;
    stroke(context, ...ordered(path, scene.from).map(middle));
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.stroke();
  };
  // On the map the halo is white in both themes, and so the truth is dark in both. It is the wider: both stay in sight.
  const painted = halo === '#ffffff';
  line(scene.truePath, painted ? '#1b2530' : palette.truth, 12);
  if (scene.foundPath) line(scene.foundPath, painted ? '#0b6e7c' : palette.accent, 4);
  const radius = Math.max(10, side * 0.42);
  vertex(frame, middle(scene.from), radius, 'A');
  vertex(frame, middle(scene.to), radius, 'B');
  if (scene.cursor >= 0) {
    const [x, y] = middle(scene.cursor);
    for (const [colour, thickness] of [
      [halo, 5],
      [palette.accent, 3],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = thickness;
      context.strokeRect(x - side / 2, y - side / 2, side, side);
    }
  }
}

/** The cells of a path one after the other, from its start. A cheapest path touches itself nowhere else. */
function ordered(path: Float32Array, from: number): number[] {
  const left = new Set<number>();
  path.forEach((one, cell) => {
    if (one === 1) left.add(cell);
  });
  const walked: number[] = [];
  for (let at: number | undefined = from; at !== undefined; ) {
    walked.push(at);
    left.delete(at);
    const [row, column]: Spot = [Math.floor(at / SIDE), at % SIDE];
    at = [...left].find(
      (cell) => Math.max(Math.abs(Math.floor(cell / SIDE) - row), Math.abs((cell % SIDE) - column)) === 1,
    );
  }
  return walked;
}
