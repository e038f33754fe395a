import type { Chart } from '@aimle/report/chart';
import type { Frame } from '../../canvas/surface.js';
import type { History } from '../../live/history.js';
import { kinds } from './terrain.js';

/** Regret and the share of right paths, over the steps. */
export function historyChart(right: History, regret: History): Omit<Chart, 'width' | 'height'> {
  return {
    description: 'Fraction of right paths and regret over the steps',
    x: { label: 'steps', from: 0, to: Math.max(100, right.points.at(-1)?.[0] ?? 0) },
    y: { from: 0, to: 1, ticks: [0, 0.5, 1] },
    series: [
      { label: 'right paths', colour: 'var(--aimle-accent)', points: right.points },
      { label: 'regret', colour: 'var(--aimle-warm)', points: regret.points },
    ],
    legend: false,
  };
}

/** What each kind is taken to cost, beside what it does. */
export function drawKinds(
  { context, width, height, palette }: Frame,
  believed: readonly number[] | null,
): void {
  const bottom = height - 34;
  const column = width / kinds.length;
  const highest = Math.max(...kinds.map(({ cost }) => cost)) * 1.25;
  const tall = (cost: number): number => Math.min(1, cost / highest) * (bottom - 8);
  context.font = `12px ${palette.font}`;
  context.textAlign = 'center';
  kinds.forEach(({ name, cost, colour }, kind) => {
    const x = (kind + 0.5) * column;
    const bar = Math.min(34, column * 0.6);
    const value = believed?.[kind] ?? Number.NaN;
    context.fillStyle = `rgb(${colour.map((c) => Math.round(255 * c)).join(' ')})`;
    if (!Number.isNaN(value)) {
      context.beginPath();
      context.roundRect(x - bar / 2, bottom - tall(value), bar, tall(value), [4, 4, 0, 0]);
      context.fill();
    }
    context.fillStyle = palette.truth;
    context.fillRect(x - bar / 2 - 4, bottom - tall(cost) - 1.5, bar + 8, 3);
    context.fillStyle = palette.ink;
    context.textBaseline = 'top';
    context.fillText(name, x, bottom + 5);
    context.fillStyle = palette.muted;
    context.fillText(Number.isNaN(value) ? '–' : `${value.toFixed(1)} of ${cost}`, x, bottom + 19);
  });
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, bottom);
  context.lineTo(width, bottom);
  context.stroke();
}
