import { dragging } from '../../canvas/dragging.js';
import { imageDrawer } from '../../canvas/image.js';
import { surface } from '../../canvas/surface.js';
import { drawn, SIDE, type Stroke, type StrokePoint } from './pad.js';

export interface Sketch {
  /** What the model is shown: 28 x 28 numbers in [0, 1]. */
  readonly pixels: Float32Array;
  /** Shows an image in place of strokes. */
  take(pixels: Float32Array): void;
  clear(): void;
  dispose(): void;
}

/** A sheet to draw one digit on. It shows the pen's line while drawing, then the image that the model sees. */
export function sketch(parent: HTMLElement, onChange: (pixels: Float32Array) => void): Sketch {
  const draw = imageDrawer(SIDE);
  let strokes: StrokePoint[][] = [];
  let pixels = drawn([]);
  const sheet = surface(parent, {
    label: 'A sheet to draw a digit on',
    height: (width) => width,
    draw(frame) {
      const { context, width, height, palette } = frame;
      context.strokeStyle = palette.line;
      context.strokeRect(0.5, 0.5, width - 1, height - 1);
      if (strokes.length === 0) {
        draw(frame, pixels, 0, { x: 0, y: 0, width, height });
        return;
      }
      context.strokeStyle = palette.ink;
      context.lineWidth = width / 11;
      context.lineCap = context.lineJoin = 'round';
      for (const stroke of strokes) line(context, stroke, width);
    },
  });
  const show = (next: Float32Array): void => {
    pixels = next;
    sheet.invalidate();
    onChange(next);
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
      show(drawn(strokes as readonly Stroke[]));
    },
  });
  const replace = (next: Float32Array): void => {
    strokes = [];
    fresh = true;
    show(next);
  };
  return {
    get pixels() {
      return pixels;
    },
    take: replace,
    clear: () => replace(drawn([])),
    dispose() {
      endDragging();
      sheet.dispose();
    },
  };
}

function line(context: CanvasRenderingContext2D, stroke: Stroke, width: number): void {
  context.beginPath();
  for (const { x, y } of stroke) context.lineTo(x * width, y * width);
  const [first] = stroke;
  // A single point is a dot.
  if (first !== undefined && stroke.length === 1) context.lineTo(first.x * width + 0.1, first.y * width);
  context.stroke();
}
