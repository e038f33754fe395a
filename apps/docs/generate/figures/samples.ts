import { useEngine } from '@aimle/engine';
import { comparedStructures, compareEstimators } from '@aimle/gradient-study';
import { key } from '@aimle/random';
import { chart } from './drawing/chart.js';
import type { Figure } from './drawing/svg.js';

const seeds = 16;
const samples = [2, 5, 10, 20, 50, 100, 200, 500];

/** Estimators over the number of samples. */
export async function overSamples(): Promise<Figure> {
  await useEngine('cpu', { report: () => {} });
  const { rows } = await compareEstimators({
    structure: comparedStructures['subset']!,
    methods: ['simple', 'aimle', 'straight-through', 'score-function-plain', 'score-function-leave-one-out'],
    samples,
    seeds,
    key: key(11),
  });
  const line = (name: string): [number, number][] =>
    rows.filter(({ method }) => method === name).map((row) => [row.samples, row.cosine.mean]);
  const plain = line('score-function-plain');
  const baseline = line('score-function-leave-one-out');
  return {
    name: 'over-samples',
    label: 'The cosine of five estimators with the exact gradient, over the number of samples.',
    ...chart(
      { label: 'samples S', from: 2, to: 500, ticks: [2, 5, 10, 20, 50, 100, 200, 500], logarithmic: true },
      { label: 'cosine', from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
      [
        { name: 'SIMPLE', ink: 'c3', marked: true, points: line('simple') },
        { name: 'AIMLE', ink: 'c1', marked: true, points: line('aimle') },
        { name: 'straight-through', ink: 'c4', marked: true, points: line('straight-through') },
        { name: 'score function, leave one out', ink: 'c2', marked: true, points: baseline },
        { name: 'score function, no baseline', ink: 'c2', dashed: true, marked: true, points: plain },
      ],
    ),
    caption: `Five of ten, the loss |z − b|², against the Gibbs gradient, mean over ${seeds} problems. At 100 samples the score function has a cosine of ${at(plain, 100)} without a baseline and ${at(baseline, 100)} with one.`,
  };
}

function at(points: readonly (readonly [number, number])[], size: number): string {
  return points.find(([each]) => each === size)?.[1].toFixed(2) ?? '';
}
