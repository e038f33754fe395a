import { type Line, lineChart } from '../canvas/chart.js';
import type { Frame } from '../canvas/surface.js';
import { ticks } from './ticks.js';

export interface CurveOptions {
  readonly title: string;
  /** The ends of the axis that goes up. */
  readonly from: number;
  readonly to: number;
  readonly scale?: 'linear' | 'log';
  readonly upTicks?: readonly number[];
  readonly format?: (value: number) => string;
  readonly lines: readonly Line[];
  /** A level to compare with, drawn dashed across. */
  readonly level?: { readonly value: number; readonly label: string };
}

const TITLE = 20;

/** A quantity against steps, its title above it. */
export function drawCurve(frame: Frame, options: CurveOptions): void {
  const { context, palette, width, height } = frame;
  const { title, from, to, scale = 'linear', lines, level, format = String } = options;
  const last = Math.max(20, ...lines.map(({ points }) => points.at(-1)?.[0] ?? 0));
  context.font = `600 13px ${palette.font}`;
  context.fillStyle = palette.ink;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(title, 0, 0, width);
  const ends = (value: number): (readonly [number, number])[] => [
    [0, value],
    [last, value],
  ];
  const plotted = lineChart(
    frame,
    { x: 0, y: TITLE, width, height: height - TITLE },
    { from: 0, to: last, ticks: ticks(0, last, Math.max(2, Math.floor(width / 110))), title: 'steps' },
    { from, to, scale, ticks: options.upTicks ?? ticks(from, to, 4), format },
    [
      ...(level === undefined
        ? []
        : [{ points: ends(level.value), colour: palette.muted, width: 1, dash: [4, 4] }]),
      ...lines,
    ],
  );
  if (level === undefined) return;
  context.font = `12px ${palette.font}`;
  context.fillStyle = palette.muted;
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillText(level.label, plotted.box.x + plotted.box.width - 4, plotted.y(level.value) - 3);
}
