import { plackettLuce } from '@aimle/distributions';
import { axis, type Figure, type Ink, ink } from './figure.js';

const theta = [2, 1, 0.8, 0, -1];
const temperatures = Array.from({ length: 61 }, (_, i) => 10 ** (-2 + i / 15));

/** How often each item is chosen, as noise grows from nothing to everything. */
export function temperature(): Figure {
  const distribution = plackettLuce({ size: 5, k: 2 });
  const mu = temperatures.map((sigma) =>
    distribution.marginals(Float64Array.from(theta, (score) => score / sigma)),
  );
  return {
    name: 'temperature',
    label:
      'Marginals of five items over the temperature of the noise: from 0 or 1 at the left to 0.4 at the right.',
    drawn: {
      x: axis('temperature of the noise', [0.01, 0.1, 1, 10, 100], { scale: 'log' }),
      y: axis('fraction of draws with the item', [0, 0.2, 0.4, 0.6, 0.8, 1]),
      series: theta.map((score, item) => ({
        label: `score ${score}`,
        colour: ink(`c${item + 1}` as Ink),
        points: temperatures.map((sigma, i): [number, number] => [sigma, mu[i]![item]!]),
      })),
    },
    caption:
      'Two of five under Gumbel noise, computed exactly. At a low temperature the best two are drawn; at a high one the scores do not matter, and every item has a marginal of 2/5.',
  };
}
