import { foldIn, key, noNoise } from '@aimle/random';
import { bernoulli, ranking, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  type AimleOptions,
  aimle,
  type CurvatureState,
  curvatureCorrection,
  fixedLambda,
  type JsonValue,
  type Layer,
  noiseScaled,
  paperAdaptive,
} from '../src/index.js';

type Loss = (z: tf.Tensor) => tf.Tensor;

const b = [0.1, 0.9, -0.4, 0.3, 1.2, 0.5];
const squares: Loss = (z) => z.sub(b).square().sum(-1);
/** The same numbers on zeros and ones, with the same slope at all of them. */
const line: Loss = (z) => z.mul(b.map((value) => 1 - 2 * value)).sum(-1);

const stateOf = (layer: Layer) =>
  layer.state as { readonly policy: string; readonly state: JsonValue; readonly curvature: CurvatureState };
const curvatureOf = (layer: Layer): number => curvatureCorrection.estimate(stateOf(layer).curvature);

/** What a layer knows that is certain of c. */
function certain(layer: Layer, c: number): Layer {
  layer.state = {
    ...stateOf(layer),
    curvature: { gradient: 1e12 * c, state: 1e12, gradientNoise: 0, stateNoise: 0 },
  };
  return layer;
}

function gradient(layer: Layer, theta: tf.Tensor, loss: Loss, samples: number, pass = 0): number[] {
  const options = { key: foldIn(key(7), pass), samples };
  return tf.tidy(() => [
    ...tf
      .grad((x: tf.Tensor) => layer.expectation(x, loss, options).sum())(theta)
      .dataSync(),
  ]);
}

function train(layer: Layer, theta: tf.Tensor, loss: Loss, samples: number, passes: number): Layer {
  for (let pass = 0; pass < passes; pass++) gradient(layer, theta, loss, samples, pass);
  return layer;
}

const subset = () => topK({ size: 6, k: 3 });
const theta = (batch: number) => tf.randomNormal([batch, 6], 0, 1, 'float32', 3);

describe('what the curvature correction learns', () => {
  // 3 |z - b|^2 has second derivatives 6. Standard errors: 0.1 over samples; 0.3 over the noise.
  test.each([
    { samples: 2, batch: 1, passes: 100, error: 0.3 },
    { samples: 10, batch: 3, passes: 20, error: 0.1 },
    { samples: 1, batch: 1, passes: 400, error: 1.2 },
    { samples: 1, batch: 20, passes: 60, error: 0.6 },
  ])('is the second derivative, at S = $samples and B = $batch', ({ samples, batch, passes, error }) => {
    const layer = train(aimle(subset()), theta(batch), (z) => squares(z).mul(3), samples, passes);
    expect(Math.abs(curvatureOf(layer) - 6)).toBeLessThan(error);
  });

  test('is the same for a minimising solver', () => {
    const minimiser = topK({ size: 6, k: 3, sense: 'minimise' });
    const layer = train(aimle(minimiser), theta(20), (z) => squares(z).mul(4), 1, 60);
    expect(Math.abs(curvatureOf(layer) - 8)).toBeLessThan(1);
  });

  test('is nearly zero where gradients do not depend on the state', () => {
    expect(curvatureOf(train(aimle(subset()), theta(2), line, 4, 20))).toBe(0);
    expect(Math.abs(curvatureOf(train(aimle(subset()), theta(20), line, 1, 60)))).toBeLessThan(0.15);
  });

  test('is zero where states are not zeros and ones, and the estimate is the uncorrected one', () => {
    const places: Loss = (z) => z.square().mul([1, 2, 3, 4, 5, 6]).sum(-1);
    const build = (corrected: boolean) =>
      aimle(ranking({ size: 6 }), { curvatureCorrection: corrected, perturbation: fixedLambda(0.1) });
    const layer = train(build(true), theta(4), places, 3, 5);
    expect(stateOf(layer).curvature).toEqual(curvatureCorrection.init());
    const found = gradient(certain(layer, 2), theta(4), places, 3);
    expect(found).toEqual(gradient(build(false), theta(4), places, 3));
    expect(Math.hypot(...found)).toBeGreaterThan(0);
  });

  test('is zero at S = 1 without noise', () => {
    const layer = aimle(subset(), {
      curvatureCorrection: true,
      perturbation: fixedLambda(1),
      noise: noNoise(),
    });
    expect(stateOf(train(layer, theta(4), squares, 1, 5)).curvature).toEqual(curvatureCorrection.init());
  });
});

describe('the sums of the curvature correction', () => {
  const sums = (gradient: number, state: number, gradientNoise: number, stateNoise: number) => ({
    gradient,
    state,
    gradientNoise,
    stateNoise,
  });

  test('make a ratio that is shrunk by the noise of both, to zero where it may be chance', () => {
    expect(curvatureCorrection.estimate(sums(6, 3, 0, 0))).toBe(2);
    expect(curvatureCorrection.estimate(sums(6, 3, 9, 0))).toBeCloseTo(1.5, 12);
    expect(curvatureCorrection.estimate(sums(6, 3, 0, 3))).toBeCloseTo(1.5, 12);
    expect(curvatureCorrection.estimate(sums(-6, 3, 0, 0))).toBe(-2);
    expect(curvatureCorrection.estimate(sums(6, 3, 36, 0))).toBe(0);
    expect(curvatureCorrection.estimate(curvatureCorrection.init())).toBe(0);
  });

  test('decay, and count as noise what the last ratio did not predict', () => {
    const pass = {
      layout: { batch: 1, samples: 2, events: 1, size: 2 },
      z: Float32Array.of(1, 0, 0, 1),
      gradient: Float32Array.of(1, 0, 0, 1),
      scale: 2,
      epsilon: null,
      noiseMean: 0,
    };
    const first = curvatureCorrection.learn(curvatureCorrection.init(), pass);
    expect(first).toEqual(sums(2, 1, 2, 0.5));
    const second = curvatureCorrection.learn(first, pass);
    expect(second.gradient).toBeCloseTo(0.99 * 2 + 2, 12);
    expect(second.state).toBeCloseTo(1.99, 12);
    expect(second.gradientNoise).toBeCloseTo(0.99 ** 2 * 2 + 2 * (1 - (2 / 3) * 0.5) ** 2, 12);
    expect(second.stateNoise).toBeCloseTo(0.99 ** 2 * 0.5 + 0.5, 12);
  });

  test('separate instances, and use the noise about its mean where there is one sample', () => {
    const z = Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0);
    const gradient = Float32Array.of(5, 1, 9, 4, 2, 3, 7, 8);
    const two = { batch: 2, samples: 2, events: 1, size: 2 };
    const rest = { z, gradient, scale: 1, noiseMean: 0.5 };
    // Instances (1,0), (0,1) and (0,1), (1,0): half of the difference between the gradients.
    expect(
      curvatureCorrection.learn(curvatureCorrection.init(), { ...rest, layout: two, epsilon: null }),
    ).toMatchObject({
      gradient: (5 - 1) / 2 + (4 - 9) / 2 + (3 - 2) / 2 + (7 - 8) / 2,
      state: 2,
    });
    const events = { batch: 1, samples: 2, events: 2, size: 2 };
    expect(
      curvatureCorrection.learn(curvatureCorrection.init(), { ...rest, layout: events, epsilon: null }),
    ).toMatchObject({
      gradient: (5 - 1) / 2 + (3 - 2) / 2 + (4 - 9) / 2 + (7 - 8) / 2,
      state: 2,
    });
    const one = { batch: 4, samples: 1, events: 1, size: 2 };
    const epsilon = Float32Array.of(2.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
    const leant = curvatureCorrection.learn(curvatureCorrection.init(), { ...rest, layout: one, epsilon });
    expect(leant).toMatchObject({ gradient: 2 * (5 - 3), state: 2 });
  });
});

describe('what the curvature correction does', () => {
  test.each([
    ['forward', 'k-subsets', subset()],
    ['central', 'k-subsets', subset()],
    ['central', 'bits', bernoulli({ size: 6 })],
  ] as const)('makes a separable loss a line: %s, %s', (difference, _, solver) => {
    const build = (corrected: boolean) => aimle(solver, { curvatureCorrection: corrected, difference });
    const found = gradient(certain(build(true), 2), theta(5), squares, 4);
    const linear = gradient(build(false), theta(5), line, 4);
    for (const [i, value] of linear.entries()) expect(found[i]).toBeCloseTo(value, 4);
    expect(gradient(build(false), theta(5), squares, 4)).not.toEqual(found);
  });

  test.each([0, 2, 7])('leaves the limit of small lambda as it is, with c = %i', (c) => {
    const rows = 100_000;
    const logits = tf.tile([[0.3, -0.4, 0.1]], [rows, 1]);
    const loss: Loss = (z) => z.sub([0.2, 0.9, -0.5]).square().sum(-1);
    const options: AimleOptions = { curvatureCorrection: true, perturbation: fixedLambda(0.05) };
    const found = tf.tensor2d(
      gradient(certain(aimle(topK({ size: 3, k: 1 }), options), c), logits, loss, 1),
      [rows, 3],
    );
    const { mean, variance } = tf.moments(found, 0);
    const error = variance.div(rows).sqrt().dataSync();
    const p = [0.3, -0.4, 0.1].map(Math.exp);
    const total = p[0]! + p[1]! + p[2]!;
    const slopes = [0.6, -0.8, 2];
    const expected = slopes.reduce((sum, slope, i) => sum + (slope * p[i]!) / total, 0);
    for (const [i, value] of mean.dataSync().entries()) {
      const truth = (p[i]! / total) * (slopes[i]! - expected);
      expect(Math.abs(value - truth)).toBeLessThan(4 * error[i]! + 0.003);
      expect(error[i]!).toBeLessThan(0.03);
    }
  });

  test('waits for the second pass', () => {
    const uncorrected = aimle(subset(), { curvatureCorrection: false });
    const layer = aimle(subset());
    expect(gradient(layer, theta(3), squares, 4)).toEqual(gradient(uncorrected, theta(3), squares, 4));
    expect(gradient(layer, theta(3), squares, 4)).not.toEqual(gradient(uncorrected, theta(3), squares, 4));
  });
});

describe('the state of the curvature correction', () => {
  test('is in the checkpoint, and goes on from there', () => {
    const layer = train(aimle(subset()), theta(3), squares, 2, 5);
    const other = aimle(subset());
    other.state = JSON.parse(JSON.stringify(layer.state));
    expect(other.state).toEqual(layer.state);
    expect(gradient(other, theta(3), squares, 2)).toEqual(gradient(layer, theta(3), squares, 2));
  });

  test('is absent for the policies of the papers', () => {
    for (const perturbation of [paperAdaptive(), fixedLambda(1)]) {
      expect(aimle(subset(), { perturbation }).state).not.toHaveProperty('curvature');
    }
    expect(aimle(subset()).state).toHaveProperty('curvature');
    expect(aimle(subset(), { curvatureCorrection: false }).state).not.toHaveProperty('curvature');
  });

  test('is refused when it is not one', () => {
    const layer = aimle(subset());
    const { init, name } = noiseScaled();
    expect(() => {
      layer.state = { policy: name, state: init() };
    }).toThrow(
      /curvatureCorrection: a saved state must have finite gradient, state, gradientNoise and stateNoise, got null/,
    );
    expect(() => {
      layer.state = { policy: name, state: { size: 1 }, curvature: curvatureCorrection.init() };
    }).toThrow(/noiseScaled: a saved state must have finite size and coordinates, got \{"size":1\}/);
  });
});
