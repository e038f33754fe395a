import { plackettLuce } from '@aimle/distributions';
import { useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { estimates, type Method } from '../src/playgrounds/gradient/estimates.js';
import { ITEMS, lossAt, type Problem, placeOf, truthOf } from '../src/playgrounds/gradient/problem.js';
import { qualityOf } from '../src/playgrounds/gradient/quality.js';
import { walk } from '../src/playgrounds/gradient/walk.js';

const problem: Problem = { k: 2, theta: [1.2, -0.6, 0.2, -1, 0.6], target: [0.2, -0.3] };

beforeAll(async () => {
  await useEngine('cpu', { report: () => {} });
});

/** E L from the probabilities of subsets, computed as integrals instead of sums over orders. */
function expectedLoss({ k, theta, target }: Problem): number {
  const distribution = plackettLuce({ size: ITEMS, k });
  let sum = 0;
  for (let set = 0; set < 2 ** ITEMS; set++) {
    const z = Float64Array.from({ length: ITEMS }, (_, i) => (set >> i) & 1);
    const probability = Math.exp(distribution.subsetLogProbability(Float64Array.from(theta), z)[0]!);
    if (probability > 0) sum += probability * lossAt(placeOf(z, k), target);
  }
  return sum;
}

describe('the truth', () => {
  test.each([2, 3])('is the slope of the expected loss, for %i of five', (k) => {
    const here = { ...problem, k };
    const truth = truthOf(here);
    expect(truth.loss).toBeCloseTo(expectedLoss(here), 10);
    truth.gradient.forEach((slope, j) => {
      const moved = (by: number) => ({ ...here, theta: here.theta.map((t, i) => (i === j ? t + by : t)) });
      expect(slope).toBeCloseTo((expectedLoss(moved(1e-4)) - expectedLoss(moved(-1e-4))) / 2e-4, 7);
    });
  });

  test('has probabilities that sum to one, and marginals that sum to k', () => {
    const { states, marginals } = truthOf(problem);
    expect(states).toHaveLength(10);
    expect(states.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(marginals.reduce((sum, share) => sum + share)).toBeCloseTo(2, 12);
  });
});

const { gradient } = truthOf(problem);
const of = (method: Method, lambda: number, samples = 1, count = 8192) =>
  qualityOf(estimates(method, problem, { lambda, samples, count, key: key(5) }), gradient);

describe('clouds of estimates', () => {
  test('a score function has no bias, and its mean is the truth', () => {
    const cloud = estimates('score-function', problem, { lambda: 1, samples: 8, count: 8192, key: key(2) });
    const { mean, bias } = qualityOf(cloud, gradient);
    mean.forEach((value, j) => {
      let squares = 0;
      for (let i = j; i < cloud.length; i += ITEMS) squares += (cloud[i]! - value) ** 2;
      expect(Math.abs(value - gradient[j]!)).toBeLessThan((5 * Math.sqrt(squares)) / 8192);
    });
    expect(bias).toBeLessThan(0.01);
  });

  test('small lambda: few estimates that are not zero, and little bias; large lambda: the other way round', () => {
    for (const method of ['aimle', 'imle'] as const) {
      const small = of(method, 0.3, 1, 32_768);
      const large = of(method, 30);
      expect(small.zeros).toBeGreaterThan(0.7);
      expect(large.zeros).toBeLessThan(0.1);
      expect(small.bias).toBeLessThan(0.04);
      expect(large.bias).toBeGreaterThan(0.2);
    }
  });

  test('the error of one estimate is smallest in between, and less with more samples', () => {
    const errors = [0.1, 2, 100].map((lambda) => of('imle', lambda, 8, 1024).error);
    expect(errors[1]).toBeLessThan(Math.min(errors[0]!, errors[2]!) - 0.1);
    expect(of('aimle', 1, 16, 512).error).toBeLessThan(of('aimle', 1).error / 1.5);
  });

  test('the straight-through estimate has no lambda, and more samples do not reduce its bias', () => {
    expect(of('straight-through', 0.1).mean).toEqual(of('straight-through', 10).mean);
    expect(of('straight-through', 1, 64, 512).bias).toBeCloseTo(of('straight-through', 1).bias, 1);
  });
});

describe('the way to a lambda', () => {
  test('the default is at once where the error is small; the paper’s controller needs many steps', () => {
    const course = walk(problem, 8, key(3));
    const first = course.advance(1);
    expect(first.paper).toBe(0);
    const later = course.advance(200);
    expect(later.passes).toBe(201);
    expect(later.paper).toBeGreaterThan(first.paper);
    const error = (lambda: number) => of('aimle', lambda, 8, 1024).error;
    const smallest = Math.min(...[0.5, 1, 2, 4, 8].map(error));
    expect(error(first.noiseScaled)).toBeLessThan(1.1 * smallest);
    expect(error(later.noiseScaled)).toBeLessThan(1.1 * smallest);
    expect(error(later.paper)).toBeGreaterThan(1.1 * smallest);
  });

  test('leaves no tensors behind', async () => {
    await expectNoLeak(tf, () => {
      walk(problem, 2, key(3)).advance(2);
      estimates('aimle', problem, { lambda: 1, samples: 2, count: 4, key: key(5) });
    });
  });
});
