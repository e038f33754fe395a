import { dragging } from '../../canvas/dragging.js';
import { cellAt } from './drawTerrain.js';
import { SIDE } from './terrain.js';

export interface BrushOptions {
  /** The start of a drag decides what it does: it paints, or it moves an end of the path. */
  readonly begin: (cell: number) => void;
  readonly over: (cell: number) => void;
  /** The keyboard's cell, or -1 while it is elsewhere. */
  readonly onCursor: (cell: number) => void;
}

/** Paints on a canvas with the pointer, or with arrow keys and the space bar. */
export function brush(stage: HTMLElement, canvas: HTMLCanvasElement, options: BrushOptions): () => void {
  const { begin, over, onCursor } = options;
  const ended = new AbortController();
  const { signal } = ended;
  let last = { x: 0, y: 0 };
  const endDragging = dragging(canvas, {
    grab(place) {
      const cell = cellAt(canvas.clientWidth, place);
      if (cell >= 0) begin(cell);
      last = place;
      return cell >= 0;
    },
    move(place) {
      // A quick hand is seen in leaps.
      const side = canvas.clientWidth / SIDE;
      const parts = Math.ceil((2 * Math.hypot(place.x - last.x, place.y - last.y)) / side) || 1;
      for (let part = 1; part <= parts; part++) {
        const along = (from: number, to: number): number => from + ((to - from) * part) / parts;
        const cell = cellAt(canvas.clientWidth, { x: along(last.x, place.x), y: along(last.y, place.y) });
        if (cell >= 0) over(cell);
      }
      last = place;
    },
  });
  const keys = document.createElement('div');
  keys.tabIndex = 0;
  keys.className = 'aimle-unseen';
  keys.setAttribute('role', 'application');
  keys.setAttribute('aria-label', 'The map: arrow keys move over it, space paints the kind that is chosen');
  stage.append(keys);
  let cursor = 0;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  keys.addEventListener('focus', () => onCursor(cursor), { signal });
  keys.addEventListener('blur', () => onCursor(-1), { signal });
  keys.addEventListener(
    'keydown',
    (event) => {
      const move = moves[event.key];
      if (move === undefined && event.key !== ' ') return;
      event.preventDefault();
      if (move === undefined) {
        begin(cursor);
        over(cursor);
        return;
      }
      const within = (at: number): number => Math.max(0, Math.min(SIDE - 1, at));
      const row = within(Math.floor(cursor / SIDE) + move[0]);
      cursor = row * SIDE + within((cursor % SIDE) + move[1]);
      onCursor(cursor);
    },
    { signal },
  );
  return () => {
    endDragging();
    ended.abort();
    keys.remove();
  };
}
