import { useEngine } from '@aimle/engine';
import { aimle, noiseScaled, type PerturbationPolicy, paperAdaptive } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { axis, type Figure, ink } from './figure.js';

const steps = 600;

/** Trains scores towards the first five of ten, and keeps what each step did. */
function trained(perturbation: PerturbationPolicy) {
  const layer = aimle(topK({ size: 10, k: 5 }), { perturbation });
  const target = tf.tensor1d([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  const theta = tf.variable(tf.linspace(-1, 1, 10).reshape([1, 10]));
  const optimiser = tf.train.sgd(0.02);
  const [lambdas, changed]: [number[], number[]] = [[], []];
  for (let step = 0; step < steps; step++) {
    optimiser.minimize(() => {
      const z = layer.sample(theta, { key: foldIn(key(3), step), samples: 20 });
      return z.sub(target).square().sum(-1).mean<tf.Scalar>();
    });
    lambdas.push(layer.lastStep!.lambda!);
    changed.push(layer.lastStep!.changedShare!);
  }
  tf.dispose([target, theta]);
  return { lambdas, changed };
}

/** How soon a perturbation is large enough to change anything. */
export async function adaptation(): Promise<Figure> {
  await useEngine('cpu', { report: () => {} });
  const [ours, paper] = [trained(noiseScaled()), trained(paperAdaptive())];
  const smoothed = (values: readonly number[]): [number, number][] =>
    values.flatMap((_, end): [number, number][] => {
      const window = values.slice(Math.max(0, end - 9), end + 1);
      return end % 5 === 4 ? [[end + 1, window.reduce((sum, each) => sum + each, 0) / window.length]] : [];
    });
  return {
    name: 'adaptation',
    label: 'The fraction of samples that a perturbation changes, over the steps of training, for two rules.',
    drawn: {
      x: axis('step', [0, 150, 300, 450, steps]),
      y: axis('fraction of samples that change', [0, 0.25, 0.5, 0.75, 1]),
      series: [
        { label: 'noise-scaled, the default', colour: ink('c1'), points: smoothed(ours.changed) },
        { label: "the paper's controller", colour: ink('c2'), points: smoothed(paper.changed) },
      ],
    },
    caption:
      `Five of ten, S = 20, plain gradient steps; means of ten steps. λ of the default: ${ours.lambdas[0]!.toFixed(2)} in the first step, ${ours.lambdas.at(-1)!.toFixed(2)} in the last. ` +
      `The controller starts from 0 and moves its α by 0.001 per step: λ ${paper.lambdas[1]!.toFixed(4)} in the second step, ${paper.lambdas.at(-1)!.toFixed(2)} in the last.`,
  };
}
