import { plackettLuce, topK } from '@aimle/distributions';
import { foldIn, key, sumOfGamma } from '@aimle/random';
import { bars } from '../../src/canvas/bars.js';
import { letters, solved } from '../drawing.js';
import { axis, type Figure, ink } from './figure.js';

const theta = Float64Array.of(1.2, 0.6, 0, -0.8);
const draws = 200_000;

/** Three distributions over the same six states. */
export function perturbAndMap(): Figure {
  const gibbs = topK({ size: 4, k: 2 });
  const orders = plackettLuce({ size: 4, k: 2 });
  const states = [...gibbs.states()].map((state) => Float64Array.from(state));
  const names = states.map((z) => letters(z, ' '));
  const exact = states.map((z) => Math.exp(gibbs.logProbability(theta, z)[0]!));
  const gumbel = states.map((z) => Math.exp(orders.subsetLogProbability(theta, z)[0]!));
  const gamma = sampled(states);
  const largest = Math.max(...states.map((_, i) => Math.abs(exact[i]! - gumbel[i]!)));
  return {
    name: 'perturb-and-map',
    label: `Probabilities of the six pairs of four items under three distributions; the largest is ${names[0]}.`,
    drawn: bars(names, axis('probability', [0, 0.2, 0.4, 0.6, 0.8]), [
      { label: 'Gibbs', colour: ink('ink'), values: exact },
      { label: 'Gumbel noise', colour: ink('c1'), values: gumbel },
      { label: 'Sum-of-Gamma noise', colour: ink('c2'), values: gamma },
    ]),
    caption:
      `Two of four items with scores ${[...theta].join(', ')}. Gibbs and Gumbel exactly, Sum-of-Gamma (kappa 2) from ${draws.toLocaleString('en-GB')} draws. ` +
      `Gumbel noise is not Gibbs for a subset: the largest difference here is ${largest.toFixed(3)}.`,
  };
}

function sampled(states: readonly Float64Array[]): number[] {
  const noisy = new Float32Array(4 * draws);
  sumOfGamma({ kappa: 2 }).fill(foldIn(key(1), 'perturb-and-map'), noisy);
  for (let at = 0; at < noisy.length; at++) noisy[at]! += theta[at % 4]!;
  const z = solved(topK({ size: 4, k: 2 }), noisy, draws);
  return states.map((state) => {
    let count = 0;
    for (let row = 0; row < draws; row++) {
      if (state.every((one, item) => one === z[4 * row + item])) count++;
    }
    return count / draws;
  });
}

const places = Array.from({ length: 181 }, (_, i) => -3 + i / 30);
const [start, direction] = [
  [0.4, 0.6, 0, -0.3, 0.2],
  [-0.9, 0.3, 0.8, 1.1, -0.4],
];
const cost = [4, 1, 3, 0.5, 2];

/** A loss of the best state as scores move along a line, and its expectation under noise. */
export function smoothing(): Figure {
  const lossOf = (mu: ArrayLike<number>): number => cost.reduce((sum, each, i) => sum + each * mu[i]!, 0);
  const orders = plackettLuce({ size: 5, k: 2 });
  const best = topK({ size: 5, k: 2 });
  const scoresAt = (t: number): number[] => start!.map((each, i) => each + t * direction![i]!);
  const under = (temperature: number) =>
    places.map((t): [number, number] => {
      if (temperature > 0) {
        return [t, lossOf(orders.marginals(Float64Array.from(scoresAt(t), (each) => each / temperature)))];
      }
      return [t, lossOf(solved(best, scoresAt(t)))];
    });
  const staircase = under(0);
  const steps = staircase.filter(([, loss], i) => i > 0 && loss !== staircase[i - 1]![1]).length;
  return {
    name: 'smoothing',
    label:
      'A loss that is a staircase along a line of scores, and its expectations under noise, which are smooth.',
    drawn: {
      x: axis('place t on the line of scores', [-3, -2, -1, 0, 1, 2, 3]),
      y: axis('loss', [0, 2, 4, 6, 8]),
      series: [
        { label: 'no noise', colour: ink('ink'), points: staircase },
        { label: 'temperature 0.3', colour: ink('c1'), points: under(0.3) },
        { label: 'temperature 1', colour: ink('c2'), points: under(1) },
      ],
    },
    caption: `The loss of the best two of five as their scores move along a line: flat except for ${steps} steps. Under Gumbel noise its expectation, computed exactly, is smooth everywhere.`,
  };
}
