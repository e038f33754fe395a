import { kSubset, type LambdaPoint, lambdaCurve } from '@aimle/gradient-study';
import { foldIn, key } from '@aimle/random';
import { axis, type Figure, ink, valueAt } from './figure.js';

const seeds = 24;
const lambdas = Array.from({ length: 17 }, (_, i) => 10 ** (-2 + i / 4));
const size = axis('λ', [0.01, 0.1, 1, 10, 100], { scale: 'log' });
const share = axis('cosine, or fraction', [0, 0.25, 0.5, 0.75, 1]);

function curve(samples: number): readonly LambdaPoint[] {
  const structure = kSubset(10, 5);
  const own = foldIn(key(7), samples);
  return lambdaCurve({ structure, lambdas, seeds, samples, baselineSamples: [], key: own }).points;
}

const few = curve(10);
const many = curve(1000);

function line(
  points: readonly LambdaPoint[],
  mode: 'forward' | 'central',
  value: (point: LambdaPoint) => number,
): [number, number][] {
  return points.filter((point) => point.mode === mode).map((point) => [point.lambda, value(point)]);
}

const cosineOf = ({ cosine }: LambdaPoint): number => cosine.mean;

function best(points: readonly (readonly [number, number])[]): readonly [number, number] {
  return points.reduce((best, point) => (point[1] > best[1] ? point : best));
}

const formatted = (value: number): string => value.toLocaleString('en-GB', { maximumSignificantDigits: 2 });

/** Sparsity against bias as lambda grows. */
export function sparsityAndBias(): Figure {
  const [ten, thousand] = [line(few, 'forward', cosineOf), line(many, 'forward', cosineOf)];
  const zeros = line(many, 'forward', ({ zerosOfSample }) => zerosOfSample.mean);
  return {
    name: 'sparsity-and-bias',
    label:
      'Over lambda, the fraction of zeros falls, and the cosine with the exact gradient rises to a peak and falls; the peak is further left with more samples.',
    drawn: {
      x: size,
      y: share,
      series: [
        { label: 'zeros of one sample', colour: ink('muted'), line: 'dashed', points: zeros },
        { label: 'cosine, S = 10', colour: ink('c2'), points: ten },
        { label: 'cosine, S = 1,000', colour: ink('c1'), points: thousand },
      ],
    },
    caption:
      `Five of ten, forward difference, Gumbel noise, mean over ${seeds} problems of the paper's study. ` +
      `The best λ is ${formatted(best(ten)[0])} for 10 samples (cosine ${best(ten)[1].toFixed(2)}) and ${formatted(best(thousand)[0])} for 1,000 (${best(thousand)[1].toFixed(2)}).`,
  };
}

/** Forward against central differences. */
export function forwardAndCentral(): Figure {
  const forward = line(many, 'forward', cosineOf);
  const central = line(many, 'central', cosineOf);
  return {
    name: 'forward-and-central',
    label: 'The cosine of forward and central differences over lambda: central stays higher as lambda grows.',
    drawn: {
      x: size,
      y: { ...share, label: 'cosine' },
      series: [
        { label: 'forward, two solves per step', colour: ink('c2'), points: forward },
        { label: 'central, three solves per step', colour: ink('c1'), points: central },
      ],
    },
    caption:
      `Five of ten, 1,000 samples, mean over ${seeds} problems. At λ = 10 the cosine is ${valueAt(forward, 10).toFixed(2)} forward and ${valueAt(central, 10).toFixed(2)} central; ` +
      `at the best λ ${best(forward)[1].toFixed(3)} and ${best(central)[1].toFixed(3)}.`,
  };
}
