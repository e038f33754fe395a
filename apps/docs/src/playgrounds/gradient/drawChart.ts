import type { Chart, Plot } from '@aimle/report/chart';
import { chartLambdas, LAMBDA_FROM, LAMBDA_TO } from './protocol.js';
import type { State } from './state.js';

/** What is drawn of a quality, and the colour's token. */
export const chartLines = [
  { of: 'zeros', token: 'c1', label: 'fraction of estimates that are zero' },
  { of: 'bias', token: 'true', label: 'bias of the mean' },
  { of: 'error', token: 'accent', label: 'error of one estimate' },
] as const;

/** Quality over lambda, with the lambda that is set and those that the rules have found. */
export function lambdaChart(
  { points, setting, walk }: State,
  onPlot: (plot: Plot) => void,
): Omit<Chart, 'width' | 'height'> {
  const line = (method: 'aimle' | 'imle', of: 'zeros' | 'bias' | 'error') =>
    points.map((point, i) => [chartLambdas[i]!, point?.[method][of] ?? Number.NaN] as const);
  return {
    description: 'Fraction of zero estimates, bias and error of AIMLE and IMLE against lambda',
    x: {
      from: LAMBDA_FROM,
      to: LAMBDA_TO,
      scale: 'log',
      ticks: [0.05, 0.2, 1, 5, 20, 50],
      label: 'λ, how far the estimators perturb',
    },
    y: { from: 0, to: 1, ticks: [0, 0.5, 1] },
    series: chartLines.flatMap(({ of, token, label }) => {
      const colour = `var(--aimle-${token})`;
      return [
        { label: `${label}, IMLE`, colour, points: line('imle', of), line: 'dashed' as const, width: 1.5 },
        { label, colour, points: line('aimle', of), width: 2.5 },
      ];
    }),
    legend: false,
    overlay(plot) {
      onPlot(plot);
      const x = plot.x(setting.lambda);
      const set = `<path stroke="var(--ink)" stroke-width="2" d="M${x} ${plot.top - 4}V${plot.bottom}"/><circle fill="var(--ink)" cx="${x}" cy="${plot.top - 3}" r="6"/>`;
      if (walk === null) return set;
      const ours = marker(plot, walk.noiseScaled, 'accent', 'default', 1);
      return set + ours + marker(plot, walk.paper, 'warm', 'paper’s controller', 0);
    },
  };
}

function marker(plot: Plot, value: number, token: string, label: string, row: number): string {
  const x = plot.x(Math.max(LAMBDA_FROM, Math.min(LAMBDA_TO, value)));
  const y = plot.bottom - 14 - 20 * row;
  const isRight = x < plot.left + 0.6 * (plot.right - plot.left);
  const [at, anchor] = isRight ? [x + 11, 'start'] : [x - 11, 'end'];
  return `<g fill="var(--aimle-${token})" stroke="var(--paper)"><circle cx="${x}" cy="${y}" r="6" stroke-width="1.5"/><text x="${at}" y="${y}" dy="0.35em" text-anchor="${anchor}" font-weight="600" stroke-width="4" paint-order="stroke">${label}</text></g>`;
}
