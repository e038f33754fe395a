import { foldIn, gumbel, type Key, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { solved } from '../drawing.js';
import { axis, type Figure, ink, valueAt } from './figure.js';

const n = 10;
const draws = 20_000;
const theta = Float32Array.from({ length: n }, (_, i) => Math.sin(3 * i));
const gradient = Float32Array.from({ length: n }, (_, i) => Math.cos(2 * i));
const lambdas = Array.from({ length: 13 }, (_, i) => 10 ** (-2 + i / 4));
const solver = topK({ size: n, k: 5 });

function statesUnder(noise: Float32Array, lambda: number): Float32Array {
  const scores = noise.map((epsilon, at) => theta[at % n]! - lambda * gradient[at % n]! + epsilon);
  return solved(solver, scores, draws);
}

function drawn(from: Key): Float32Array {
  const noise = new Float32Array(n * draws);
  gumbel().fill(from, noise);
  return noise;
}

/** The root mean square, over coordinates, of the standard deviation of a difference over lambda. */
function spread(first: Float32Array, second: Float32Array, lambda: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    let [sum, squares] = [0, 0];
    for (let at = i; at < first.length; at += n) {
      const difference = (first[at]! - second[at]!) / lambda;
      sum += difference;
      squares += difference * difference;
    }
    total += squares / draws - (sum / draws) ** 2;
  }
  return Math.sqrt(total / n);
}

/** What it is worth to solve both problems under the same noise. */
export function commonNoise(): Figure {
  const [one, other] = [drawn(foldIn(key(5), 'one')), drawn(foldIn(key(5), 'other'))];
  const z = statesUnder(one, 0);
  const line = (noise: Float32Array) =>
    lambdas.map((lambda): [number, number] => [lambda, spread(z, statesUnder(noise, lambda), lambda)]);
  const [same, fresh] = [line(one), line(other)];
  const [deviation, ofNew] = [valueAt(same, 0.1), valueAt(fresh, 0.1)];
  return {
    name: 'common-noise',
    label:
      'The standard deviation of one sample over lambda: with new noise it grows faster as lambda falls.',
    drawn: {
      x: axis('λ', [0.01, 0.1, 1, 10], { scale: 'log' }),
      y: axis('standard deviation of one sample', [0.1, 1, 10, 100], { from: 0.05, scale: 'log' }),
      series: [
        { label: 'new noise in the second solve', colour: ink('c2'), points: fresh },
        { label: 'the same noise in both', colour: ink('c1'), points: same },
      ],
    },
    caption:
      `Five of ten, forward difference, Gumbel noise, ${draws.toLocaleString('en-GB')} draws. At λ = 0.1 the same noise has a standard deviation of ${deviation.toFixed(2)}, new noise ${ofNew.toFixed(2)}: ` +
      `new noise needs ${((ofNew / deviation) ** 2).toFixed(0)} times as many samples for the same error.`,
  };
}
