import { gumbel, key, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  aimle,
  blackBox,
  type EstimatorDecisions,
  type EstimatorSettings,
  estimatorOf,
  estimatorRules,
  fixedLambda,
  imle,
  type Layer,
  noiseScaled,
  officialCode,
  paperAdaptive,
  perturbedOptimiser,
  straightThrough,
} from '../src/index.js';

const solver = topK({ size: 6, k: 2 });
const base: EstimatorSettings = {
  method: 'aimle',
  samples: 2,
  noise: 'sum-of-gamma',
  temperature: 0.5,
  perturbation: 'noise-scaled',
  lambda: 3,
  alphaStep: 0.2,
  changedTarget: 1.5,
};
const noise = sumOfGamma({ kappa: 2 });
const common = { noise, temperature: 0.5 };
const adaptive = { perturbation: paperAdaptive({ step: 0.2, target: 1.5 }) };

/** Gradients of three steps, in which whatever adapts has moved. */
function course(layer: Layer): number[][] {
  const theta = tf.tensor2d([[0.6, -0.9, 0.3, 1.1, -0.2, 0.4]]);
  const loss = (z: tf.Tensor) => z.mul([3, -1, 2, -2, 1, 0.5]).sum(-1);
  const gradients = [0, 1, 2].map((step) => {
    const gradient = tf.grad((x: tf.Tensor) =>
      layer.expectation(x, loss, { key: key(step), samples: 2 }).sum(),
    );
    return [...tf.tidy(() => gradient(theta).dataSync())];
  });
  theta.dispose();
  return gradients;
}

test.each<[Partial<EstimatorSettings>, EstimatorDecisions, () => Layer]>([
  [{}, {}, () => aimle(solver, common)],
  [{ noise: 'gumbel' }, {}, () => aimle(solver, { ...common, noise: gumbel() })],
  [{ difference: 'forward' }, {}, () => aimle(solver, { ...common, difference: 'forward' })],
  [
    {},
    { aimle: { curvatureCorrection: false, draws: 3 }, noiseScaled: { scaleWithBatch: false } },
    () =>
      aimle(solver, {
        ...common,
        curvatureCorrection: false,
        draws: 3,
        perturbation: noiseScaled({ scaleWithBatch: false }),
      }),
  ],
  [{ perturbation: 'fixed' }, {}, () => aimle(solver, { ...common, perturbation: fixedLambda(3) })],
  [{ perturbation: 'paper' }, {}, () => aimle(solver, { ...common, ...adaptive })],
  [
    { perturbation: 'paper' },
    { officialCode: 'on' },
    () => aimle(solver, { ...common, ...adaptive, officialCode }),
  ],
  [{ method: 'imle' }, {}, () => imle(solver, { ...common, lambda: 3 })],
  [
    { method: 'imle', difference: 'central' },
    {},
    () => imle(solver, { ...common, lambda: 3, difference: 'central' }),
  ],
  [{ method: 'straight-through' }, {}, () => straightThrough(solver, common)],
  [{ method: 'black-box' }, {}, () => blackBox(solver, { lambda: 3 })],
  [
    { method: 'perturbed-optimiser', noise: 'normal' },
    {},
    () => perturbedOptimiser(solver, { noise: normal(), sigma: 0.5 }),
  ],
])('%o with %o is the layer built by hand', (change, decisions, byHand) => {
  const settings = { ...base, ...change };
  const built = course(estimatorOf(settings, solver, decisions));
  expect(built).toEqual(course(byHand()));
  expect(built.flat().some((value) => value !== 0)).toBe(true);
});

test('IMLE of the official code divides by the lambda that it perturbs with (D1 concerns AIMLE only)', () => {
  const settings = { ...base, method: 'imle' } as const;
  const official = estimatorOf(settings, solver, { officialCode: 'on' });
  const byHand = imle(solver, {
    ...common,
    lambda: 3,
    officialCode: { ...officialCode, mismatchedLambda: false, leftPoint: 'reused' },
  });
  expect(course(official)).toEqual(course(byHand));
});

test.each([
  [{ noise: 'none' }, 'noise'],
  [{ temperature: 0 }, 'temperature'],
  [{ noise: 'none', temperature: 0, method: 'imle' }, undefined],
  [{ noise: 'none', perturbation: 'fixed' }, undefined],
] as const)('a perturbation in widths of the noise needs some: %o', (change, setting) => {
  expect(estimatorRules.find(({ holds }) => !holds({ ...base, ...change }))?.setting).toBe(setting);
});
