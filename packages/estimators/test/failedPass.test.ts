import { key } from '@aimle/random';
import { type Solver, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, type Estimator, estimators, fixedLambda, noiseScaled, paperAdaptive } from '../src/index.js';
import { ofSubsets } from './entries.js';

/** A solver that solves as another does, until it is told to fail after some more calls. */
function failing(solver: Solver): Solver & { failAfter: number } {
  return {
    ...solver,
    failAfter: Number.POSITIVE_INFINITY,
    solve(theta, z, rows, context) {
      if (this.failAfter-- <= 0) throw new Error('the solver failed');
      solver.solve(theta, z, rows, context);
    },
  };
}

function pass(estimator: Estimator, step: number): void {
  const theta = tf.randomNormal([2, 5], 0, 1, 'float32', step);
  const loss = (z: tf.Tensor) => z.mul([3, 1, 4, 1, 5]).square().sum(-1);
  tf.tidy(() =>
    tf.grad((x: tf.Tensor) => estimator.expectation(x, loss, { key: key(step), samples: 2 }).sum())(theta),
  );
  theta.dispose();
}

describe('a solver that throws in the backward pass', () => {
  const policies = [noiseScaled(), paperAdaptive(), fixedLambda(2)];
  const cases = policies.flatMap((perturbation) =>
    (['central', 'forward'] as const).map((difference) => ({
      perturbation,
      difference,
      name: perturbation.name,
    })),
  );
  test.each(cases)(
    'leaves the state of aimle as it was: $name, $difference',
    ({ perturbation, difference }) => {
      const solver = failing(topK({ size: 5, k: 2 }));
      const estimator = aimle(solver, { perturbation, difference, curvatureCorrection: true });
      pass(estimator, 1);
      const before = structuredClone(estimator.state);
      solver.failAfter = 1;
      expect(() => pass(estimator, 2)).toThrow('the solver failed');
      expect(estimator.state).toEqual(before);
      solver.failAfter = Number.POSITIVE_INFINITY;
      pass(estimator, 3);
      expect(estimator.state).not.toEqual(before);
    },
  );
});

/** TensorFlow.js has no empty tensors on a graphics processor. */
const hasEmptyTensors = !/^webg/.test(tf.getBackend());

describe.runIf(hasEmptyTensors).each(estimators)('$name', (entry) => {
  test('takes an empty batch, whose gradient is empty', () => {
    const theta = tf.zeros([0, 5]);
    const estimator = ofSubsets(entry, 5, 2);
    const before = structuredClone(estimator.state);
    const gradient = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, (z) => z.add(z.mean(1, true)).sum(-1), { key: key(1), samples: 2 }).sum(),
    )(theta);
    expect(gradient.shape).toEqual([0, 5]);
    expect(estimator.state).toEqual(before);
  });
});
