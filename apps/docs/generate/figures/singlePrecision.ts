import { foldIn, gumbel, key } from '@aimle/random';
import { categorical } from '@aimle/solvers';
import { solved } from '../drawing.js';
import { axis, type Figure, type Ink, ink } from './figure.js';

const theta = [1, 0, -1];
const draws = 40_000;
const powers = Array.from({ length: 19 }, (_, i) => i / 2);

/** A constant is added to all scores: nothing may change, and in single precision it does. */
export function singlePrecision(): Figure {
  const solver = categorical({ size: 3 });
  const noise = new Float32Array(3 * draws);
  gumbel().fill(foldIn(key(4), 'single precision'), noise);
  const shares = powers.map((power) => {
    const scores = theta.map((score) => Math.fround(score + 10 ** power));
    const noisy = noise.map((epsilon, at) => scores[at % 3]! + epsilon);
    const z = solved(solver, noisy, draws);
    return theta.map((_, item) => {
      let count = 0;
      for (let at = item; at < z.length; at += 3) count += z[at]!;
      return count / draws;
    });
  });
  const weights = theta.map(Math.exp);
  const exact = weights.map((each) => each / weights.reduce((sum, weight) => sum + weight, 0));
  const wrong = powers.find((_, i) => Math.abs(shares[i]![0]! - exact[0]!) > 0.01);
  return {
    name: 'single-precision',
    label:
      'How often each of three items is drawn as a constant is added to all scores: constant at first, then wrong.',
    drawn: {
      x: axis('constant added to all scores', [1, 1e3, 1e6, 1e9], {
        scale: 'log',
        format: (value) => (value < 1e4 ? value.toLocaleString('en-GB') : value === 1e6 ? '10⁶' : '10⁹'),
      }),
      y: axis('fraction of draws', [0, 0.25, 0.5, 0.75, 1]),
      series: theta.map((score, item) => ({
        label: `score ${score}, exactly ${exact[item]!.toFixed(3)}`,
        colour: ink(`c${item + 1}` as Ink),
        mark: 'dot',
        points: powers.map((power, i): [number, number] => [10 ** power, shares[i]![item]!]),
      })),
    },
    caption:
      `One of three under Gumbel noise, ${draws.toLocaleString('en-GB')} draws, in single precision. ` +
      `The frequencies are off by more than 0.01 for constants of ${(10 ** (wrong ?? 0)).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} or more: 24 bits cannot hold noise and scores in addition to it.`,
  };
}
