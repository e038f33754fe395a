import type { Spot } from '../../canvas/shapes.js';
import { disc, stroke } from '../../canvas/shapes.js';
import type { Box, Frame } from '../../canvas/surface.js';
import { type Guess, nearest } from './guess.js';
import { FRAMES, type Recording } from './model.js';

export interface Scene {
  readonly recordings: readonly Recording[];
  readonly vertices: number;
  /** From 0 to FRAMES - 1, between frames as well. */
  readonly time: number;
  readonly showTruth: boolean;
  readonly guess: Guess;
}

const GAP = 10;
const LABEL = 18;
const TRAIL = 3;

function columnsOf(width: number): number {
  return width < 430 ? 2 : 3;
}

export function sceneHeight(width: number, count: number): number {
  const columns = columnsOf(width);
  return Math.ceil(count / columns) * (cellOf(width) + LABEL + GAP);
}

/** Where each vertex is at a time between frames: x and y one after the other, in [-1, 1]. */
export function positionsAt({ positions }: Recording, vertices: number, time: number): Float64Array {
  const before = Math.min(FRAMES - 1, Math.max(0, Math.floor(time)));
  const after = Math.min(FRAMES - 1, before + 1);
  const share = Math.min(1, Math.max(0, time - before));
  const at = (frame: number, axis: number, v: number): number =>
    positions[(2 * frame + axis) * vertices + v]!;
  const out = new Float64Array(2 * vertices);
  for (let v = 0; v < vertices; v++) {
    for (let axis = 0; axis < 2; axis++) {
      out[2 * v + axis] = (1 - share) * at(before, axis, v) + share * at(after, axis, v);
    }
  }
  return out;
}

export function drawTrees(frame: Frame, scene: Scene): void {
  const { width } = frame;
  scene.recordings.forEach((_, i) => {
    drawRecording(frame, boxOf(width, i), i, scene);
  });
}

function boxOf(width: number, recording: number): Box {
  const [columns, side] = [columnsOf(width), cellOf(width)];
  const x = (recording % columns) * (side + GAP);
  const y = Math.floor(recording / columns) * (side + LABEL + GAP);
  return { x, y, width: side, height: side };
}

function placesIn(box: Box, recording: Recording, vertices: number, time: number): Spot[] {
  const scale = box.width / 2 - box.width * 0.09;
  const all = positionsAt(recording, vertices, time);
  return Array.from({ length: vertices }, (_, v) => [
    box.x + box.width / 2 + scale * all[2 * v]!,
    box.y + box.height / 2 + scale * all[2 * v + 1]!,
  ]);
}

/** The vertex at a place of the drawing, and its recording; null where there is none. */
export function vertexAt(width: number, place: Spot, { recordings, vertices, time }: Scene) {
  for (const [recording, shown] of recordings.entries()) {
    const vertex = nearest(placesIn(boxOf(width, recording), shown, vertices, time), place, 18);
    if (vertex >= 0) return { recording, vertex };
  }
  return null;
}

function drawRecording(frame: Frame, box: Box, at: number, scene: Scene): void {
  const { context, palette } = frame;
  const { vertices, time, showTruth, guess } = scene;
  const recording = scene.recordings[at]!;
  const placesAt = (when: number): Spot[] => placesIn(box, recording, vertices, when);
  const places = placesAt(time);
  context.save();
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 8);
  context.stroke();
  context.lineCap = 'round';

  const edges = pairs(vertices);
  edges.forEach(([i, j], e) => {
    const marginal = recording.marginals[e]!;
    if (marginal < 0.02) return;
    context.strokeStyle = recording.truth[e] === 1 || !showTruth ? palette.accent : palette.warm;
    context.globalAlpha = 0.25 + 0.5 * marginal;
    context.lineWidth = 11 * marginal;
    stroke(context, places[i]!, places[j]!);
  });
  context.globalAlpha = 1;
  if (showTruth) {
    context.strokeStyle = palette.truth;
    context.lineWidth = 1.5;
    edges.forEach(([i, j], e) => {
      if (recording.truth[e] === 1) stroke(context, places[i]!, places[j]!);
    });
  }

  const guessed = guess.edges[at] ?? new Set<number>();
  context.strokeStyle = palette.categories[3]!;
  context.lineWidth = 2.5;
  context.setLineDash([5, 4]);
  edges.forEach(([i, j], e) => {
    if (guessed.has(e)) stroke(context, places[i]!, places[j]!);
  });
  context.setLineDash([]);

  for (let back = TRAIL; back >= 1; back--) {
    context.globalAlpha = 0.3 - 0.08 * back;
    for (const spot of placesAt(Math.max(0, time - 0.4 * back))) disc(context, spot, 3.5, palette.muted);
  }
  context.globalAlpha = 1;
  for (const spot of places) disc(context, spot, 4.5, palette.ink);
  if (guess.from?.recording === at) disc(context, places[guess.from.vertex]!, 7, palette.categories[3]!);

  const right = recording.best.reduce((sum, edge, e) => sum + edge * recording.truth[e]!, 0);
  const own = [...guessed].filter((e) => recording.truth[e] === 1).length;
  const model = `model ${right} of ${vertices - 1}`;
  const verdict = guessed.size > 0 ? `${model}, you ${own} of ${vertices - 1}` : `${model} right`;
  const words = showTruth ? verdict : `${guessed.size} of ${vertices - 1} guessed`;
  context.fillStyle = palette.muted;
  context.font = `12px ${palette.font}`;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(words, box.x + 2, box.y + box.height + 4);
  context.restore();
}

function pairs(vertices: number): [number, number][] {
  return Array.from({ length: vertices }, (_, i) =>
    Array.from({ length: vertices - 1 - i }, (_, d): [number, number] => [i, i + 1 + d]),
  ).flat();
}

function cellOf(width: number): number {
  const columns = columnsOf(width);
  return Math.floor((width - (columns - 1) * GAP) / columns);
}
