import { type Box, lineChart, type Plotted } from '../../canvas/chart.js';
import type { Frame } from '../../canvas/surface.js';
import { type ChartPoint, chartLambdas, LAMBDA_FROM, LAMBDA_TO } from './protocol.js';
import type { Quality } from './quality.js';
import type { Lambdas } from './walk.js';

export interface ChartScene {
  /** By their place in `chartLambdas`; what is not measured yet is left out. */
  readonly points: readonly (ChartPoint['quality'] | undefined)[];
  readonly lambda: number;
  readonly walk: Lambdas | null;
}

/** What is drawn of a quality, and the colour's token. */
export const chartLines = [
  { of: 'zeros', token: 'c1', label: 'share of estimates that are zero' },
  { of: 'bias', token: 'true', label: 'bias of the mean' },
  { of: 'error', token: 'accent', label: 'error of one estimate' },
] as const;

/** The chart fills its canvas. */
export function drawChart(frame: Frame, { points, lambda, walk }: ChartScene): Plotted {
  const { context, palette, width, height } = frame;
  const box: Box = { x: 0, y: 0, width, height };
  const line = (method: 'aimle' | 'imle', of: keyof Quality & ('zeros' | 'bias' | 'error')) =>
    points.flatMap((point, i) => {
      const value = point?.[method][of];
      return value === undefined || Number.isNaN(value) ? [] : [[chartLambdas[i]!, value] as const];
    });
  const plotted = lineChart(
    frame,
    box,
    {
      from: LAMBDA_FROM,
      to: LAMBDA_TO,
      scale: 'log',
      ticks: [0.05, 0.2, 1, 5, 20, 50],
      title: 'λ, how far the estimators perturb',
    },
    { from: 0, to: 1, ticks: [0, 0.5, 1] },
    chartLines.flatMap(({ of, token }) => {
      const colour = { c1: palette.categories[0]!, true: palette.truth, accent: palette.accent }[token];
      return [
        { points: line('imle', of), colour, width: 1.5, dash: [4, 4] },
        { points: line('aimle', of), colour, width: 2.5 },
      ];
    }),
  );
  const { top, bottom } = { top: plotted.box.y, bottom: plotted.box.y + plotted.box.height };
  const marker = (value: number, colour: string, label: string, row: number): void => {
    const x = plotted.x(Math.max(LAMBDA_FROM, Math.min(LAMBDA_TO, value)));
    const y = bottom - 14 - 20 * row;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = palette.paper;
    context.lineWidth = 1.5;
    context.stroke();
    context.font = `600 12px ${palette.font}`;
    context.textBaseline = 'middle';
    const right = x < width * 0.6;
    context.textAlign = right ? 'left' : 'right';
    context.lineWidth = 4;
    context.strokeText(label, x + (right ? 11 : -11), y);
    context.fillText(label, x + (right ? 11 : -11), y);
  };
  const x = plotted.x(lambda);
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, top - 4);
  context.lineTo(x, bottom);
  context.stroke();
  context.fillStyle = palette.ink;
  context.beginPath();
  context.arc(x, top - 3, 6, 0, 2 * Math.PI);
  context.fill();
  if (walk !== null) {
    marker(walk.noiseScaled, palette.accent, 'default', 1);
    marker(walk.paper, palette.warm, 'paper’s controller', 0);
  }
  return plotted;
}
