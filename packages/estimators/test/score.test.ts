import { subsets } from '@aimle/distributions';
import { key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  exactExpectation,
  learned,
  movingAverage,
  perturbedScoreFunction,
  type ScoreFunctionOptions,
  scoreFunction,
} from '../src/index.js';

const pairs = subsets({ size: 4, k: 2 });
const weights = [1, -2, 0.5, 3];
const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).add(1).square();
const theta = tf.tensor2d([
  [0.5, -1, 0.2, 1],
  [0, 2, -0.3, 0.4],
]);

/** States and losses as an estimator drew them, and the gradient of the summed value. */
function run(options: ScoreFunctionOptions, samples: number) {
  return step(scoreFunction(pairs, options), samples);
}

function step(estimator: ReturnType<typeof scoreFunction>, samples: number, seed = 4) {
  let [states, losses]: [number[], number[]] = [[], []];
  const watched = (z: tf.Tensor): tf.Tensor => {
    const answer = loss(z);
    states = [...z.dataSync()];
    losses = [...answer.dataSync()];
    return answer;
  };
  const slope = tf.grad((x: tf.Tensor) =>
    estimator.expectation(x, watched, { key: key(seed), samples }).value.sum(),
  );
  return { gradient: [...slope(theta).dataSync()], states, losses };
}

/** (1/S) sum_s signal_s (z_s - mu), instance by instance. */
function textbook(signal: readonly number[], states: readonly number[], samples: number): number[] {
  const mu = pairs.marginals(Float64Array.from(theta.dataSync()));
  return [...mu].map((mean, at) => {
    const [b, i] = [Math.floor(at / 4), at % 4];
    let sum = 0;
    for (let s = 0; s < samples; s++) {
      const row = b * samples + s;
      sum += (signal[row]! * (states[row * 4 + i]! - mean)) / samples;
    }
    return sum;
  });
}

function expectClose(actual: readonly number[], expected: readonly number[], digits = 4): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, x] of expected.entries()) expect(actual[i]).toBeCloseTo(x, digits);
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('the formula', () => {
  test('without a baseline weighs each score by its loss', () => {
    const { gradient, states, losses } = run({ baseline: 'none' }, 3);
    expectClose(gradient, textbook(losses, states, 3));
  });

  test('leave-one-out takes off the mean of the other samples of the instance', () => {
    const { gradient, states, losses } = run({ baseline: 'leave-one-out' }, 3);
    const signal = losses.map((own, row) => {
      const first = row - (row % 3);
      return own - average(losses.slice(first, first + 3).filter((_, s) => first + s !== row));
    });
    expectClose(gradient, textbook(signal, states, 3));
  });

  test('a moving average takes off the mean loss of the steps before, with weights that fade', () => {
    const estimator = scoreFunction(pairs, { baseline: movingAverage({ decay: 0.5 }) });
    const first = step(estimator, 2, 1);
    expectClose(first.gradient, textbook(first.losses, first.states, 2));
    const second = step(estimator, 2, 2);
    const once = average(first.losses);
    expectClose(
      second.gradient,
      textbook(
        second.losses.map((x) => x - once),
        second.states,
        2,
      ),
    );
    const third = step(estimator, 2, 3);
    const twice = (average(first.losses) + 2 * average(second.losses)) / 3;
    expectClose(
      third.gradient,
      textbook(
        third.losses.map((x) => x - twice),
        third.states,
        2,
      ),
    );
  });

  test('a moving average moves with gradients only, and is in the state', () => {
    const estimator = scoreFunction(pairs);
    const before = JSON.stringify(estimator.state);
    estimator.expectation(theta, loss, { key: key(1), samples: 2 });
    expect(JSON.stringify(estimator.state)).toBe(before);
    step(estimator, 2);
    expect(JSON.stringify(estimator.state)).not.toBe(before);
  });
});

describe('a learned baseline', () => {
  /** One number for all instances, and one for each. */
  const level = tf.variable(tf.scalar(2));
  const predict = (x: tf.Tensor): tf.Tensor => tf.add(x.sum(-1).mul(0.5), level);
  const predictions = [...predict(theta).dataSync()];

  test('is taken off after the moving average of the losses', () => {
    const estimator = scoreFunction(pairs, { baseline: learned(predict, { decay: 0 }) });
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

  test('is left uncentred, and divided by its spread of the step before, on request', () => {
    const options = { centred: false, normalised: true, decay: 0 };
    const estimator = scoreFunction(pairs, { baseline: learned(predict, options) });
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
    const estimator = scoreFunction(pairs, { baseline: learned(predict) });
    const { losses } = step(scoreFunction(pairs, { baseline: 'none' }), 3);
    let value: number[] = [];
    const slope = tf.variableGrads(() => {
      const expected = estimator.expectation(theta, loss, { key: key(4), samples: 3 }).value;
      value = [...expected.dataSync()];
      return expected.sum();
    }, [level]);
    expectClose(value, [average(losses.slice(0, 3)), average(losses.slice(3))]);
    const errors = losses.map((x, row) => x - predictions[Math.floor(row / 3)]!);
    const expected = -2 * (average(errors.slice(0, 3)) + average(errors.slice(3)));
    expect(slope.grads[level.name]!.dataSync()[0]).toBeCloseTo(expected, 3);
  });

  test('sees theta, and pulls at it only through the score', () => {
    const weight = tf.variable(tf.scalar(100));
    const estimator = scoreFunction(pairs, {
      baseline: learned((x) => x.sum(-1).mul(weight), { centred: false }),
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

  test('trained along, it has less variance than none', () => {
    const shift = tf.tensor1d([0, 40]);
    const shifted = (z: tf.Tensor): tf.Tensor => loss(z).add(shift.expandDims(1));
    const variable = tf.variable(tf.zeros([4, 1]));
    const linear = (x: tf.Tensor) =>
      tf.matMul(x as tf.Tensor2D, variable as unknown as tf.Tensor2D).squeeze([1]);
    const estimator = scoreFunction(pairs, { baseline: learned(linear) });
    const optimiser = tf.train.adam(1);
    for (let t = 0; t < 100; t++) {
      optimiser.minimize(
        () => estimator.expectation(theta, shifted, { key: key(t), samples: 1 }).value.sum(),
        false,
        [variable],
      );
    }
    const spread = (of: ReturnType<typeof scoreFunction>): number => {
      const saved = of.state;
      let sum = 0;
      for (let t = 0; t < 60; t++) {
        const slope = tf.grad((x: tf.Tensor) =>
          of.expectation(x, shifted, { key: key(1000 + t), samples: 1 }).value.sum(),
        );
        sum += slope(theta).square().sum().dataSync()[0]!;
        of.state = saved;
      }
      return sum;
    };
    expect(spread(estimator)).toBeLessThan(0.5 * spread(scoreFunction(pairs, { baseline: 'none' })));
  });

  test('leaves no tensor behind', async () => {
    const estimator = scoreFunction(pairs, { baseline: learned(predict, { normalised: true }) });
    const optimiser = tf.train.sgd(0.01);
    const variable = tf.variable(theta);
    await expectNoLeak(tf, () => {
      optimiser.minimize(() =>
        estimator.expectation(variable, loss, { key: key(1) }).value.mean<tf.Scalar>(),
      );
    });
  });

  test('must predict one number for each mean loss', () => {
    const estimator = scoreFunction(pairs, { baseline: learned((x) => x) });
    expect(() => estimator.expectation(theta, loss, { key: key(0) })).toThrow(
      /learned: predictions must have the shape of the mean loss, \[2\], got \[2,4\]/,
    );
  });
});

describe.each([
  ['none', 'none'],
  ['leave-one-out', 'leave-one-out'],
  ['moving average', movingAverage()],
  ['learned', learned((x) => x.sum([1, 2]))],
] as const)('blocks that share a loss, baseline %s', (_, baseline) => {
  test('have the exact gradient within 5 standard errors', () => {
    const rows = 6000;
    const blocks = [0.5, -1, 0.2, 0, 0.7, -0.3];
    const three = subsets({ size: 3, k: 1 });
    // It looks at both blocks together.
    const shared = (z: tf.Tensor): tf.Tensor =>
      z
        .mul([
          [1, -2, 0.5],
          [2, 1, -1],
        ])
        .sum(-1)
        .sum(2)
        .square();
    const exact = tf.grad((x: tf.Tensor) =>
      exactExpectation(three)
        .expectation(x, shared, { key: key(0) })
        .value.sum(),
    )(tf.tensor3d(blocks, [1, 2, 3]));
    const estimator = scoreFunction(three, { baseline });
    const gradients = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, shared, { key: key(8), samples: 2 }).value.sum(),
    )(tf.tile(tf.tensor3d(blocks, [1, 2, 3]), [rows, 1, 1]));
    const { mean, variance } = tf.moments(gradients, 0);
    const [means, errors] = [mean.dataSync(), variance.div(rows).sqrt().dataSync()];
    for (const [i, truth] of exact.dataSync().entries()) {
      expect(Math.abs(means[i]! - truth)).toBeLessThan(5 * errors[i]!);
      expect(errors[i]!).toBeLessThan(0.1);
    }
  });
});

test('perturbed solutions that share a loss weigh the noise of them all', () => {
  const estimator = perturbedScoreFunction(topK({ size: 2, k: 1 }));
  const blocks = tf.tensor3d([0.3, 0, -0.2, 0], [1, 2, 2]);
  // The probability that both choose the first is a product: its slope in either block has the other's as a factor.
  const both = (z: tf.Tensor): tf.Tensor => z.slice([0, 0, 0, 0], [-1, -1, -1, 1]).squeeze([3]).prod(2);
  const rows = 20000;
  const gradients = tf.grad((x: tf.Tensor) =>
    estimator.expectation(x, both, { key: key(3), samples: 2 }).value.sum(),
  )(tf.tile(blocks, [rows, 1, 1]));
  const { mean, variance } = tf.moments(gradients, 0);
  const errors = variance.div(rows).sqrt().dataSync();
  // The difference of two normal draws is below d with probability Phi(d / sqrt 2): here its density, and its integral.
  const density = (d: number) => Math.exp((-d * d) / 4) / Math.sqrt(4 * Math.PI);
  const phi = (d: number): number => {
    let sum = 0.5;
    const h = d / 2000;
    for (let i = 0; i < 2000; i++) sum += h * density((i + 0.5) * h);
    return sum;
  };
  const truth = [density(0.3) * phi(-0.2), 0, density(-0.2) * phi(0.3), 0];
  const means = mean.dataSync();
  for (const i of [0, 2]) {
    expect(Math.abs(means[i]! - truth[i]!)).toBeLessThan(5 * errors[i]!);
    expect(Math.abs(means[i + 1]! + truth[i]!)).toBeLessThan(5 * errors[i + 1]!);
    expect(errors[i]!).toBeLessThan(0.01);
  }
});

test('what does not fit is named', () => {
  const estimator = scoreFunction(pairs, { baseline: 'leave-one-out' });
  expect(() => estimator.expectation(theta, loss, { key: key(0) })).toThrow(
    /score-function: the baseline leave-one-out needs samples of at least 2, to have others, got 1/,
  );
  expect(() => scoreFunction(pairs, { baseline: 'mean' as 'none' })).toThrow(
    /baseline must be none, .* got "mean"/,
  );
  expect(() => movingAverage({ decay: 1 })).toThrow(/moving-average: decay must be in \[0, 1\), got 1/);
  expect(() => learned((x) => x, { decay: -1 })).toThrow(/learned: decay must be in \[0, 1\), got -1/);
  const infinite = (z: tf.Tensor): tf.Tensor => loss(z).div(0);
  expect(() => scoreFunction(pairs).expectation(theta, infinite, { key: key(0) })).toThrow(
    /score-function: the loss must be finite, got Infinity for state 0/,
  );
});

test('a saved state of another baseline, or none, is refused', () => {
  const estimator = scoreFunction(pairs);
  for (const saved of [null, 3, { baseline: 'none', state: null }]) {
    expect(() => {
      estimator.state = saved;
    }).toThrow(/the saved state must be of baseline "moving-average", got/);
  }
  for (const state of [null, { total: 1 }, { total: Number.NaN, weight: 0.5 }, { total: 1, weight: 2 }]) {
    expect(() => {
      estimator.state = { baseline: 'moving-average', state };
    }).toThrow(/moving-average: the saved state must be/);
  }
  const model = scoreFunction(pairs, { baseline: learned((x) => x) });
  expect(() => {
    model.state = { baseline: 'learned', state: { centre: { total: 0, weight: 0 } } };
  }).toThrow(/learned: the saved state must hold the averages/);
});
