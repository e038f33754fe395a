import type { Frame } from './surface.js';

/** A rectangle on the canvas. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log';
  readonly ticks: readonly number[];
  readonly format?: (value: number) => string;
  readonly title?: string;
}

export interface Line {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** Where values are on the canvas. */
export interface Plotted {
  readonly box: Box;
  x(value: number): number;
  y(value: number): number;
}

const MARGIN = { left: 40, right: 8, top: 10, bottom: 34 };

/** Axes and lines in a box; what lies outside the axes is cut off. Says where values are, for what is drawn on top. */
export function lineChart(frame: Frame, outer: Box, across: Axis, up: Axis, lines: readonly Line[]): Plotted {
  const { context, palette } = frame;
  const box: Box = {
    x: outer.x + MARGIN.left,
    y: outer.y + MARGIN.top,
    width: outer.width - MARGIN.left - MARGIN.right,
    height: outer.height - MARGIN.top - MARGIN.bottom,
  };
  const x = (value: number): number => box.x + box.width * share(across, value);
  const y = (value: number): number => box.y + box.height * (1 - share(up, value));

  context.save();
  context.font = `12px ${palette.font}`;
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of up.ticks) {
    stroke(context, [box.x, y(tick), box.x + box.width, y(tick)]);
    context.fillText((up.format ?? String)(tick), box.x - 6, y(tick));
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of across.ticks) {
    stroke(context, [x(tick), box.y + box.height, x(tick), box.y + box.height + 4]);
    centred(context, (across.format ?? String)(tick), x(tick), box.y + box.height + 6, outer);
  }
  if (across.title) centred(context, across.title, box.x + box.width / 2, box.y + box.height + 20, outer);

  context.beginPath();
  context.rect(box.x, box.y - 2, box.width, box.height + 4);
  context.clip();
  context.lineJoin = 'round';
  for (const { points, colour, width = 2, dash = [] } of lines) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    for (const [at, value] of points) context.lineTo(x(at), y(value));
    context.stroke();
  }
  context.restore();
  return { box, x, y };
}

/** Text around a place, or as near to it as it is not cut off. */
function centred(context: CanvasRenderingContext2D, text: string, x: number, y: number, outer: Box): void {
  const half = Math.min(context.measureText(text).width, outer.width) / 2;
  const nearest = Math.min(Math.max(x, outer.x + half), outer.x + outer.width - half);
  context.fillText(text, nearest, y, outer.width);
}

function share({ from, to, scale = 'linear' }: Axis, value: number): number {
  const place = scale === 'log' ? Math.log : Number;
  return (place(value) - place(from)) / (place(to) - place(from));
}

function stroke(
  context: CanvasRenderingContext2D,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
