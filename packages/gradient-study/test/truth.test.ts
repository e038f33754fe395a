import { gumbel, key } from '@aimle/random';
import { describe, expect, it } from 'vitest';
import {
  conditionalGradient,
  gibbsTruth,
  gumbelDensity,
  kSubset,
  type Problem,
  paperProblem,
  perturbAndMapGradient,
  type StudyStructure,
  tree,
  variants,
} from '../src/index.js';

/** The expected loss under Plackett-Luce: every order of arrival of the first k, enumerated. */
function plackettLuceLoss({ structure, theta, loss, temperature }: Problem, k: number): number {
  const weights = theta.map((value) => Math.exp(value / temperature));
  const z = new Float32Array(structure.size);
  const walk = (taken: number, probability: number): number => {
    if (taken === k) return probability * loss.value(z, 0);
    const left = weights.reduce((total, w, i) => total + (1 - z[i]!) * w, 0);
    let sum = 0;
    for (let i = 0; i < z.length; i++) {
      if (z[i] === 1) continue;
      z[i] = 1;
      sum += walk(taken + 1, (probability * weights[i]!) / left);
      z[i] = 0;
    }
    return sum;
  };
  return walk(0, 1);
}

/** The expected loss of a spanning tree that grows edge by edge, all orders enumerated. */
function grownLoss({ theta, loss }: Problem, vertices: number): number {
  const ends: [number, number][] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) ends.push([i, j]);
  const z = new Float32Array(ends.length);
  const walk = (component: readonly number[], probability: number): number => {
    const joining = ends.flatMap(([i, j], e) => (component[i] === component[j] ? [] : [e]));
    if (joining.length === 0) return probability * loss.value(z, 0);
    const total = joining.reduce((sum, e) => sum + Math.exp(theta[e]!), 0);
    return joining.reduce((sum, e) => {
      const [i, j] = ends[e]!;
      z[e] = 1;
      const merged = component.map((c) => (c === component[j] ? component[i]! : c));
      const below = walk(merged, (probability * Math.exp(theta[e]!)) / total);
      z[e] = 0;
      return sum + below;
    }, 0);
  };
  return walk(
    Array.from({ length: vertices }, (_, i) => i),
    1,
  );
}

function finiteDifferences(problem: Problem, expected: (problem: Problem) => number): number[] {
  const h = 1e-4;
  return Array.from(problem.theta, (_, i) => {
    const at = (step: number) =>
      expected({ ...problem, theta: problem.theta.map((value, j) => (i === j ? value + step : value)) });
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  });
}

describe('the Gibbs truth', () => {
  it('has the figures that were measured with numpy for RandomState(0)', () => {
    const ten = gibbsTruth(paperProblem(kSubset(10, 5), 0));
    expect(ten.loss).toBeCloseTo(5.239365, 6);
    [0.223835, -0.410435, -0.02899, 0.16564, 0.09786].forEach((value, i) => {
      expect(ten.gradient[i]).toBeCloseTo(value, 6);
    });
    const five = gibbsTruth(paperProblem(kSubset(5, 2), 0));
    expect(five.loss).toBeCloseTo(2.237617, 6);
    [-0.319244, -0.128743, 0.14786, 0.236785, 0.063342].forEach((value, i) => {
      expect(five.gradient[i]).toBeCloseTo(value, 6);
    });
    const fifty = gibbsTruth(paperProblem(kSubset(50, 1), 0));
    expect(fifty.loss).toBeCloseTo(37.215389, 5);
    [-0.022498, 0.009101, 0.009778, -0.088723, 0.084926].forEach((value, i) => {
      expect(fifty.gradient[i]).toBeCloseTo(value, 6);
    });
  });

  it.each([kSubset(6, 3), tree(4)])(
    'is the derivative of the expected loss, linear or not: $name',
    (structure) => {
      for (const name of ['base', 'residual', 'network', 'temperature 0.1']) {
        const problem = variants[name]!.draw(structure, 2);
        const { gradient } = gibbsTruth(problem);
        finiteDifferences(problem, (p) => gibbsTruth(p).loss).forEach((derivative, i) => {
          expect(gradient[i]).toBeCloseTo(derivative, 6);
        });
      }
    },
  );
});

describe('the perturb-and-MAP truth', () => {
  it.each([
    [5, 2],
    [6, 1],
    [6, 5],
    [4, 4],
  ])('of %i-item %i-subsets is the derivative of the enumerated Plackett-Luce expectation', (n, k) => {
    for (const name of ['base', 'theta x3', 'temperature 0.1']) {
      const problem = variants[name]!.draw(kSubset(n, k), 1);
      const gradient = perturbAndMapGradient(problem);
      finiteDifferences(problem, (p) => plackettLuceLoss(p, k)).forEach((derivative, i) => {
        expect(gradient[i]).toBeCloseTo(derivative, 7);
      });
    }
  });

  it('of trees is the derivative of the expectation over all orders of growth', () => {
    const problem = paperProblem(tree(4), 1);
    const gradient = perturbAndMapGradient(problem);
    finiteDifferences(problem, (p) => grownLoss(p, 4)).forEach((derivative, i) => {
      expect(gradient[i]).toBeCloseTo(derivative, 7);
    });
  });

  it('equals the Gibbs truth for k = 1, where the two distributions are one', () => {
    const problem = paperProblem(kSubset(50, 1), 4);
    const { gradient } = gibbsTruth(problem);
    perturbAndMapGradient(problem).forEach((value, i) => {
      expect(value).toBeCloseTo(gradient[i]!, 9);
    });
  });

  it('refuses a loss that is not linear on the states', () => {
    expect(() => perturbAndMapGradient(variants['network']!.draw(kSubset(4, 2), 0))).toThrow(
      'perturbAndMapGradient: the loss must be linear on the states, got network; take conditionalGradient',
    );
  });
});

describe('the conditional truth', () => {
  const sampled = (problem: Problem, samples: number) =>
    conditionalGradient(problem, { noise: gumbel(), density: gumbelDensity }, key(8), samples);
  /** The squared distance in units of what the standard errors say: near 1, whatever single coordinates do. */
  const misfit = (problem: Problem, exact: ArrayLike<number>): number => {
    const { gradient, error } = sampled(problem, 20_000);
    const squared = gradient.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0);
    return squared / error.reduce((sum, value) => sum + value * value, 0);
  };

  it.each<StudyStructure>([kSubset(5, 2), kSubset(20, 10), tree(5), tree(7)])(
    'agrees with the exact one within its standard error: $name',
    (structure) => {
      const problem = paperProblem(structure, 0);
      expect(misfit(problem, perturbAndMapGradient(problem))).toBeLessThan(3);
      const colder = { ...paperProblem(structure, 2), temperature: 0.5 };
      expect(misfit(colder, perturbAndMapGradient(colder))).toBeLessThan(3);
    },
  );

  it.each(['residual', 'network'])('agrees with enumeration for the loss %s', (name) => {
    const problem = variants[name]!.draw(kSubset(5, 2), 3);
    expect(
      misfit(
        problem,
        finiteDifferences(problem, (p) => plackettLuceLoss(p, 2)),
      ),
    ).toBeLessThan(3);
  });
});
