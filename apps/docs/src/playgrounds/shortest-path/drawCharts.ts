import { lineChart } from '../../canvas/chart.js';
import type { Frame } from '../../canvas/surface.js';
import type { History } from './history.js';
import { kinds } from './terrain.js';

/** Regret and the share of right paths, over the steps. */
export function drawHistory(frame: Frame, history: History): void {
  const { palette, width, height } = frame;
  const steps = Math.max(100, history.steps);
  const stride = 10 ** Math.floor(Math.log10(steps));
  const by = steps / stride < 2.5 ? stride / 2 : steps / stride > 5 ? 2 * stride : stride;
  const ticks = Array.from({ length: Math.floor(steps / by) + 1 }, (_, i) => i * by);
  lineChart(
    frame,
    { x: 0, y: 0, width, height },
    { from: 0, to: steps, ticks, title: 'steps', format: (step) => step.toLocaleString('en') },
    { from: 0, to: 1, ticks: [0, 0.5, 1] },
    [
      { points: history.line('right'), colour: palette.accent, width: 2.5 },
      { points: history.line('regret'), colour: palette.warm, width: 2.5 },
    ],
  );
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
