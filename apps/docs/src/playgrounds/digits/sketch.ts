import { dragging, type Place } from '../../canvas/dragging.js';
import { fittingImage, imageDrawer } from '../../canvas/image.js';
import { stroke } from '../../canvas/shapes.js';
import { surface } from '../../canvas/surface.js';
import { drawn, SIDE } from './pad.js';

/** A sheet to draw one digit on. It shows the pen's line while drawing, then the image that the model sees. */
export function sketch(onChange: () => void) {
  const draw = imageDrawer(SIDE);
  let strokes: Place[][] = [];
  let pixels = drawn([]);
  const sheet = surface({
    label: 'A sheet to draw a digit on',
    height: (width) => width,
    draw(frame) {
      fittingImage(frame, draw, strokes.length === 0 ? pixels : drawn([]));
      const { context, width, palette } = frame;
      context.strokeStyle = palette.ink;
      context.lineWidth = width / 11;
      context.lineCap = context.lineJoin = 'round';
      for (const points of strokes) {
        // A single point is a dot.
        const [first, ...rest] = points.map(({ x, y }) => [x * width, y * width] as const);
        if (first !== undefined) stroke(context, first, ...(rest.length > 0 ? rest : [first]));
      }
    },
  });
  const show = (next: Float32Array): void => {
    pixels = next;
    sheet.invalidate();
    onChange();
  };
  let fresh = true;
  const endDragging = dragging(sheet.canvas, {
    grab() {
      if (fresh) strokes = [];
      fresh = false;
      strokes.push([]);
      return true;
    },
    move({ x, y }) {
      const width = sheet.canvas.clientWidth || 1;
      strokes.at(-1)?.push({ x: x / width, y: y / width });
      show(drawn(strokes));
    },
  });
  const take = (next: Float32Array): void => {
    strokes = [];
    fresh = true;
    show(next);
  };
  return {
    element: sheet.element,
    /** What the model is shown: 28 x 28 numbers in [0, 1]. */
    get pixels() {
      return pixels;
    },
    /** Shows an image in place of strokes. */
    take,
    clear: () => take(drawn([])),
    dispose() {
      endDragging();
      sheet.dispose();
    },
  };
}
