import { topK } from '@aimle/distributions';
import { bars } from '../../src/canvas/bars.js';
import { axis, type Figure, ink } from './figure.js';

const theta = Float64Array.of(1, 0.5, 0, -0.5, -1);
const gradient = Float64Array.of(2, 0, -1, -2, 1);
const lambda = 0.5;

const distribution = topK({ size: 5, k: 2 });
const target = theta.map((score, i) => score - lambda * gradient[i]!);
const [now, then] = [distribution.marginals(theta), distribution.marginals(target)];
const items = ['a', 'b', 'c', 'd', 'e'];

/** The marginals of a distribution, and of its target. */
export function targetMarginals(): Figure {
  return {
    name: 'target-marginals',
    label: 'Marginals of five items before and after a step of the scores against the gradient of the loss.',
    drawn: bars(items, axis('marginal', [0, 0.2, 0.4, 0.6, 0.8]), [
      { label: 'at theta', colour: ink('ink'), values: [...now] },
      { label: 'at the target theta − λ g', colour: ink('accent'), values: [...then] },
    ]),
    caption: `Two of five items, g = (${[...gradient].join(', ')}), λ = ${lambda}. Where g is positive an item raises the loss, and its target marginal is lower.`,
  };
}

/** Their difference over lambda, beside the exact gradient. */
export function implicitGradient(): Figure {
  const estimate = now.map((mu, i) => (mu - then[i]!) / lambda);
  const exact = distribution.covarianceProduct(theta, gradient);
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const cosine = dot(estimate, exact) / Math.sqrt(dot(estimate, estimate) * dot(exact, exact));
  return {
    name: 'implicit-gradient',
    label: 'The difference of the two marginals over lambda beside the exact gradient: nearly the same bars.',
    drawn: bars(items, { label: 'gradient in theta', from: -0.75, to: 0.75, ticks: [-0.5, 0, 0.5] }, [
      { label: 'exact', colour: ink('ink'), values: [...exact] },
      { label: '(marginals − target marginals) / λ', colour: ink('accent'), values: [...estimate] },
    ]),
    caption: `The exact gradient of the expected loss is Cov[z] g. The difference over λ has a cosine of ${cosine.toFixed(3)} with it, and needs only two sets of marginals.`,
  };
}
