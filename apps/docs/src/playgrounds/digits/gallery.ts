import type { imageDrawer } from '../../canvas/image.js';
import type { Frame } from '../../canvas/surface.js';
import { SIDE } from './pad.js';

const LABEL = 18;
const GAP = 4;

export function galleryHeight(width: number): number {
  return 2 * (LABEL + columnOf(width)) + GAP;
}

/** Ten digits that are never trained on, and below each what its code decodes to. */
export function drawGallery(
  frame: Frame,
  draw: ReturnType<typeof imageDrawer>,
  rows: readonly { readonly title: string; readonly pixels: Float32Array }[],
): void {
  const { context, palette, width } = frame;
  const side = columnOf(width);
  rows.forEach(({ title, pixels }, row) => {
    const top = row * (LABEL + side + GAP);
    context.font = `12px ${palette.font}`;
    context.fillStyle = palette.muted;
    context.textBaseline = 'top';
    context.textAlign = 'left';
    context.fillText(title, 0, top);
    for (let digit = 0; digit < 10; digit++) {
      const box = { x: digit * (side + GAP), y: top + LABEL, width: side, height: side };
      draw(frame, pixels, digit * SIDE * SIDE, box);
    }
  });
}

function columnOf(width: number): number {
  return Math.min(64, (width - 9 * GAP) / 10);
}
