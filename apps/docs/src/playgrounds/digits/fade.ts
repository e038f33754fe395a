import { lessMotion } from '../../canvas/animation.js';

const SECONDS = 0.18;

/** An image that fades from one state to the next, frame by frame. */
export function fade(size: number, onFrame: () => void) {
  const pixels = new Float32Array(size);
  let target: Float32Array = pixels.slice();
  let origin = pixels.slice();
  let asked = 0;
  let begun = 0;
  const frame = (now: number): void => {
    begun ||= now;
    const share = lessMotion() ? 1 : Math.min(1, (now - begun) / (1000 * SECONDS));
    for (let i = 0; i < size; i++) pixels[i] = origin[i]! + share * (target[i]! - origin[i]!);
    onFrame();
    asked = share < 1 ? requestAnimationFrame(frame) : 0;
  };
  return {
    pixels,
    to(next: Float32Array) {
      target = next;
      origin = pixels.slice();
      begun = 0;
      asked ||= requestAnimationFrame(frame);
    },
    dispose: () => cancelAnimationFrame(asked),
  };
}
