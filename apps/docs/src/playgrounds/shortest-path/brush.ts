import { dragging } from '../../canvas/dragging.js';
import type { Surface } from '../../canvas/surface.js';
import { arrowKeys, element } from '../../controls/element.js';
import { cellAt } from './drawTerrain.js';
import { SIDE } from './terrain.js';

export interface BrushOptions {
  /** A finger scrolls the page over the map unless the reader wants to paint with it; it always moves an end. */
  readonly mayPaint: (byTouch: boolean) => boolean;
  readonly ends: () => readonly number[];
  /** The start of a drag decides what it does: it paints, or it moves an end of the path. */
  readonly begin: (cell: number) => void;
  readonly over: (cell: number) => void;
  /** The keyboard's cell, or -1 while it is elsewhere. */
  readonly onCursor: (cell: number) => void;
}

/** Paints on a drawing with the pointer, or with arrow keys and the space bar. */
export function brush(
  { element: stage, canvas }: Surface,
  { mayPaint, ends, begin, over, onCursor }: BrushOptions,
): () => void {
  let last = { x: 0, y: 0 };
  const end = dragging(canvas, {
    grab(place, byTouch) {
      const cell = cellAt(canvas.clientWidth, place);
      if (cell < 0 || !(mayPaint(byTouch) || ends().includes(cell))) return false;
      begin(cell);
      last = place;
      return true;
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
  let cursor = 0;
  const keys = element('div', {
    tabIndex: 0,
    className: 'aimle-unseen',
    role: 'application',
    ariaLabel: 'The map: arrow keys move over it, space paints the kind that is chosen',
    onfocus: () => onCursor(cursor),
    onblur: () => onCursor(-1),
    onkeydown(event) {
      const move = arrowKeys[event.key];
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
  });
  stage.append(keys);
  return end;
}
