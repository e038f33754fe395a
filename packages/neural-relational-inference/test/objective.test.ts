import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gaussianConstant, gumbelDivergence, negativeLogLikelihood } from '../src/index.js';

test('the likelihood adds up squares over frames, axes and vertices, from the second frame on, for each vertex', () => {
  const motion = tf.tensor4d([9, 9, 9, 9, 1, 2, 3, 4, 0, 0, 0, 0], [1, 3, 2, 2]);
  const predictions = tf.tensor([1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 5, 0, 3, 0, 0], [1, 2, 2, 2, 2]);
  const nll = negativeLogLikelihood(predictions, motion, 0.5);
  expect(nll.shape).toEqual([1, 2]);
  expect([...nll.dataSync()]).toEqual([0, 5]);
});

test('with its constant the likelihood is a density: it integrates to one', () => {
  const variance = 0.04;
  const frames = 2;
  let mass = 0;
  const width = 0.01;
  for (let x = -2; x < 2; x += width) {
    const motion = tf.tensor4d([0, x], [1, 2, 1, 1]);
    const nll = negativeLogLikelihood(tf.zeros([1, 1, 1, 1, 1]), motion, variance).dataSync()[0]!;
    mass += width * Math.exp(-nll - gaussianConstant(frames, 1, variance));
  }
  expect(mass).toBeCloseTo(1, 4);
});

test('the divergence is zero at zero, and that of two Gumbels elsewhere, counted once or twice', () => {
  expect(gumbelDivergence(tf.zeros([1, 3]), 3).dataSync()[0]).toBe(0);
  const theta = 0.7;
  // E log p(g | theta) / p(g | 0) by quadrature.
  const density = (g: number, at: number) => Math.exp(-(g - at) - Math.exp(-(g - at)));
  let divergence = 0;
  for (let g = -6; g < 40; g += 1e-3) {
    const p = density(g, theta);
    if (p > 1e-300) divergence += 1e-3 * p * Math.log(p / density(g, 0));
  }
  const edges = tf.tensor2d([[theta, 0, 0]]);
  expect(gumbelDivergence(edges, 3, 'consistent').dataSync()[0]! * 3).toBeCloseTo(divergence, 3);
  expect(gumbelDivergence(edges, 3, 'official').dataSync()[0]! * 3).toBeCloseTo(2 * divergence, 3);
});
