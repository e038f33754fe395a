import type { Box, Frame } from './surface.js';

/** Draws square grey images in the colour of ink: each number in [0, 1] is an opacity. */
export function imageDrawer(
  side: number,
): (frame: Frame, pixels: Float32Array, from: number, box: Box) => void {
  const small = document.createElement('canvas');
  small.width = small.height = side;
  const context = small.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('imageDrawer: this browser gives no 2-D context');
  const data = context.createImageData(side, side);
  return ({ context: target, palette }, pixels, from, { x, y, width, height }) => {
    for (let i = 0; i < side * side; i++) data.data[4 * i + 3] = 255 * pixels[from + i]!;
    context.globalCompositeOperation = 'copy';
    context.putImageData(data, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = palette.ink;
    context.fillRect(0, 0, side, side);
    target.imageSmoothingEnabled = false;
    target.drawImage(small, x, y, width, height);
    target.imageSmoothingEnabled = true;
  };
}

/** A framed image, as large as its canvas. */
export function fittingImage(frame: Frame, draw: ReturnType<typeof imageDrawer>, pixels: Float32Array): void {
  const { context, width, height, palette } = frame;
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  draw(frame, pixels, 0, { x: 0, y: 0, width, height });
}
