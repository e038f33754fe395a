import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { exactExpectation, learnedBaseline, scoreFunction } from '../src/index.js';
import { average, expectClose, loss, pairs, step, textbook, theta } from './scoreStep.js';

describe('a learned baseline', () => {
  /** One number for all instances, and one for each. */
  const level = tf.variable(tf.scalar(2));
  const predict = (x: tf.Tensor): tf.Tensor => tf.add(x.sum(-1).mul(0.5), level);
  const predictions = [...predict(theta).dataSync()];

  test('is subtracted after the moving average of the losses', () => {
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(predict, { decay: 0 }) });
    const first = step(estimator, 2, 1);
    expectClose(
      first.gradient,
      textbook(
        first.losses.map((x, row) => x - predictions[row >> 1]!),
        first.states,
        2,
      ),
    );
    const second = step(estimator, 2, 2);
    const centre = average(first.losses);
    const signal = second.losses.map((x, row) => x - centre - predictions[row >> 1]!);
    expectClose(second.gradient, textbook(signal, second.states, 2));
  });

  test('is not centred, or is divided by the spread of the step before, on request', () => {
    const options = { centred: false, normalised: true, decay: 0 };
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(predict, options) });
    const first = step(estimator, 2, 1);
    const signal = ({ losses }: typeof first) => losses.map((x, row) => x - predictions[row >> 1]!);
    expectClose(first.gradient, textbook(signal(first), first.states, 2));
    const spread = Math.sqrt(average(signal(first).map((x) => (x - average(signal(first))) ** 2)));
    expect(spread).toBeGreaterThan(1);
    const second = step(estimator, 2, 2);
    expectClose(
      second.gradient,
      textbook(
        signal(second).map((x) => x / spread),
        second.states,
        2,
      ),
    );
  });

  test('learns by the squared error of its prediction, which the value does not show', () => {
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(predict) });
    const { losses } = step(scoreFunction(pairs, { baseline: 'none' }), 3);
    let value: number[] = [];
    const slope = tf.variableGrads(() => {
      const expected = estimator.expectation(theta, loss, { key: key(4), samples: 3 });
      value = [...expected.dataSync()];
      return expected.sum();
    }, [level]);
    expectClose(value, [average(losses.slice(0, 3)), average(losses.slice(3))]);
    const errors = losses.map((x, row) => x - predictions[Math.floor(row / 3)]!);
    const expected = -2 * (average(errors.slice(0, 3)) + average(errors.slice(3)));
    expect(slope.grads[level.name]!.dataSync()[0]).toBeCloseTo(expected, 3);
  });

  test('sees theta, and moves it only through the score', () => {
    const weight = tf.variable(tf.scalar(100));
    const estimator = scoreFunction(pairs, {
      baseline: learnedBaseline((x) => x.sum(-1).mul(weight), { centred: false }),
    });
    const { gradient, states, losses } = step(estimator, 3);
    const own = [...theta.sum(-1).mul(100).dataSync()];
    expectClose(
      gradient,
      textbook(
        losses.map((x, row) => x - own[Math.floor(row / 3)]!),
        states,
        3,
      ),
      3,
    );
  });

  test('trained in the same step, it has less variance than no baseline', () => {
    const shift = tf.tensor1d([0, 40]);
    const shifted = (z: tf.Tensor): tf.Tensor => loss(z).add(shift.expandDims(1));
    const variable = tf.variable(tf.zeros([4, 1]));
    const linear = (x: tf.Tensor) =>
      tf.matMul(x as tf.Tensor2D, variable as unknown as tf.Tensor2D).squeeze([1]);
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(linear) });
    const optimiser = tf.train.adam(1);
    for (let t = 0; t < 100; t++) {
      optimiser.minimize(
        () => estimator.expectation(theta, shifted, { key: key(t), samples: 1 }).sum(),
        false,
        [variable],
      );
    }
    const spread = (of: ReturnType<typeof scoreFunction>): number => {
      const saved = of.state;
      let sum = 0;
      for (let t = 0; t < 60; t++) {
        const slope = tf.grad((x: tf.Tensor) =>
          of.expectation(x, shifted, { key: key(1000 + t), samples: 1 }).sum(),
        );
        sum += slope(theta).square().sum().dataSync()[0]!;
        of.state = saved;
      }
      return sum;
    };
    expect(spread(estimator)).toBeLessThan(0.5 * spread(scoreFunction(pairs, { baseline: 'none' })));
  });

  test('is divided by no spread below 1', () => {
    const small = (z: tf.Tensor): tf.Tensor => loss(z).mul(1e-3);
    const slope = (normalised: boolean): number[] => {
      const estimator = scoreFunction(pairs, {
        baseline: learnedBaseline((x) => x.sum(-1).mul(0), { normalised }),
      });
      const gradient = tf.grad((x: tf.Tensor) =>
        estimator.expectation(x, small, { key: key(2), samples: 2 }).sum(),
      );
      gradient(theta);
      return [...gradient(theta).dataSync()];
    };
    expect(slope(true)).toEqual(slope(false));
    expect(slope(true).some((x) => x !== 0)).toBe(true);
  });

  test('learns from losses that are data to it: their own parameters see the mean loss only', () => {
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(predict) });
    const scale = tf.scalar(3);
    let mean = 0;
    const slope = tf.grad((a: tf.Tensor) => {
      const value = estimator.expectation(theta, (z) => loss(z).mul(a), { key: key(2), samples: 2 });
      mean = value.sum().dataSync()[0]! / 3;
      return value.sum();
    });
    expect(slope(scale).dataSync()[0]).toBeCloseTo(mean, 3);
  });

  test('may be a model of layers, which the step that trains everything else trains as well', () => {
    const dense = tf.layers.dense({ units: 1, inputShape: [4], kernelInitializer: 'zeros' });
    const model = tf.sequential({ layers: [dense] });
    const far = (z: tf.Tensor): tf.Tensor => loss(z).add(20);
    const options = { centred: false };
    const estimator = scoreFunction(pairs, {
      baseline: learnedBaseline((x) => (model.apply(x) as tf.Tensor).squeeze([1]), options),
    });
    const optimiser = tf.train.adam(0.5);
    const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    for (let t = 0; t < 200; t++) {
      optimiser.minimize(() => estimator.expectation(theta, far, { key: key(t) }).sum(), false, weights);
    }
    const predicted = (model.apply(theta) as tf.Tensor).dataSync();
    const truth = exactExpectation(pairs)
      .expectation(theta, far, { key: key(0) })
      .dataSync();
    for (const b of [0, 1]) expect(Math.abs(predicted[b]! - truth[b]!)).toBeLessThan(0.2 * truth[b]!);
  });

  test('leaves no tensor behind', async () => {
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline(predict, { normalised: true }) });
    const optimiser = tf.train.sgd(0.01);
    const variable = tf.variable(theta);
    await expectNoLeak(tf, () => {
      optimiser.minimize(() => estimator.expectation(variable, loss, { key: key(1) }).mean<tf.Scalar>());
    });
  });

  test('must predict one number for each mean loss', () => {
    const estimator = scoreFunction(pairs, { baseline: learnedBaseline((x) => x) });
    expect(() => estimator.expectation(theta, loss, { key: key(0) })).toThrow(
      /learned: predictions must have the shape of the mean loss, \[2\], got \[2,4\]/,
    );
  });
});
