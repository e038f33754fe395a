import { useEngine } from '@aimle/engine';
import { comparedStructures, compareEstimators } from '@aimle/gradient-study';
import { key } from '@aimle/random';
import { axis, type Figure, ink, valueAt } from './figure.js';

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
    drawn: {
      x: axis('samples S', samples, { scale: 'log' }),
      y: axis('cosine', [0, 0.25, 0.5, 0.75, 1]),
      series: [
        { label: 'SIMPLE', colour: ink('c3'), mark: 'dot', points: line('simple') },
        { label: 'AIMLE', colour: ink('c1'), mark: 'dot', points: line('aimle') },
        { label: 'straight-through', colour: ink('c4'), mark: 'dot', points: line('straight-through') },
        { label: 'score function, leave-one-out', colour: ink('c2'), mark: 'dot', points: baseline },
        {
          label: 'score function, no baseline',
          colour: ink('c2'),
          line: 'dashed',
          mark: 'dot',
          points: plain,
        },
      ],
    },
    caption: `Five of ten, the loss |z − b|², against the Gibbs gradient, mean over ${seeds} problems. At 100 samples the score function has a cosine of ${valueAt(plain, 100).toFixed(2)} without a baseline and ${valueAt(baseline, 100).toFixed(2)} with one.`,
  };
}
