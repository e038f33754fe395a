import { element } from '../controls/element.js';
import { type Palette, readPalette } from './palette.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a drawing is made with: units are CSS pixels, whatever the screen's density. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

export interface SurfaceOptions {
  /** A description for screen readers. */
  readonly label: string;
  readonly height: (width: number) => number;
  readonly draw: (frame: Frame) => void;
}

export interface Surface {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Draws once before the next frame, however often it is called. */
  invalidate(): void;
  /** Draws immediately, for animations, which have their own frame. */
  paint(): void;
  /** Replaces the description for screen readers. */
  describe(label: string): void;
  dispose(): void;
}

/** A canvas as wide as its place and as sharp as the screen, redrawn when its size or the theme changes. */
export function surface({ label, height, draw }: SurfaceOptions): Surface {
  const canvas = element('canvas', { className: 'aimle-canvas', role: 'img', ariaLabel: label });
  const stage = element('div', { className: 'aimle-stage' }, canvas);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('surface: this browser gives no 2-D context');
  let palette: Palette | null = null;
  let width = 0;
  let tall = 0;
  let asked = 0;

  const paint = (): void => {
    if (width <= 0) return;
    // Not before: an element that is not in a page yet has no colours.
    palette ??= readPalette(canvas);
    const density = canvas.width / width;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, tall);
    draw({ context, width, height: tall, palette });
  };
  const invalidate = (): void => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      paint();
    });
  };
  const measure = (): void => {
    const next = Math.floor(stage.clientWidth);
    const density = Math.min(window.devicePixelRatio || 1, 3);
    if (next <= 0 || (next === width && canvas.width === Math.round(next * density))) return;
    width = next;
    tall = Math.round(height(width));
    canvas.style.height = `${tall}px`;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(tall * density);
    paint();
  };
  const resized = new ResizeObserver(measure);
  resized.observe(stage);
  const themed = new MutationObserver(() => {
    palette = null;
    invalidate();
  });
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
  return {
    element: stage,
    canvas,
    invalidate,
    paint,
    describe(text) {
      canvas.ariaLabel = text;
    },
    dispose() {
      cancelAnimationFrame(asked);
      resized.disconnect();
      themed.disconnect();
    },
  };
}
