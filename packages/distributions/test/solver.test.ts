import { key } from '@aimle/random';
import { descriptionOf, type Sense } from '@aimle/solvers';
import { solverFactories, solverOf } from '@aimle/solvers/structures';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Distribution, enumerated, graphPath, knapsack } from '../src/index.js';
import { distributionFactories, distributionOf } from '../src/structures.js';
import { Oracle } from './oracle.js';
import { structures } from './registry.js';
import { instance } from './scores.js';

const senses: readonly Sense[] = ['maximise', 'minimise'];

for (const { label, build, states } of structures) {
  for (const sense of senses) {
    describe(`${label}, ${sense}`, () => isSolver(build(sense), states));
  }
  it(`${label}: minimising theta is maximising -theta, in every operation`, () => {
    isMirrored(build('maximise'), build('minimise'), states);
  });
}

function isSolver(distribution: Distribution, states: readonly Uint8Array[]): void {
  const { name, size, sense } = distribution;
  const sign = sense === 'maximise' ? 1 : -1;
  const batch = fc.array(instance(size, 1e4, true), { maxLength: 4 });
  const thetaOf = (rows: readonly Float64Array[]): Float32Array =>
    Float32Array.from(rows.flatMap((row) => Array.from(row, (score) => sign * score)));
  const possible = (row: Float64Array): boolean => new Oracle(states, row).possible;
  const solve = (solver: Pick<Distribution, 'solve'>, theta: Float32Array): Float32Array => {
    const z = new Float32Array(theta.length).fill(NaN);
    solver.solve(theta, z, theta.length / size);
    return z;
  };

  if (name in solverFactories) {
    it('solves as the solver of its name and options, ties and masks included', () => {
      const solver = solverOf(descriptionOf(distribution));
      expect(solver).toMatchObject({ name, size, sense, kappa: distribution.kappa });
      fc.assert(
        fc.property(batch, (drawn) => {
          const theta = thetaOf(drawn.filter(possible));
          expect(solve(distribution, theta)).toEqual(solve(solver, theta));
        }),
      );
    });
  }

  it('throws where masks leave no state, and for the infinity that is not a mask', () => {
    fc.assert(
      fc.property(batch, (drawn) => {
        const first = drawn.findIndex((row) => !possible(row));
        if (first < 0) solve(distribution, thetaOf(drawn));
        else {
          expect(() => solve(distribution, thetaOf(drawn))).toThrow(
            new RegExp(`^${name}: instance ${first} has no (state|solution): `),
          );
        }
      }),
    );
    const theta = new Float32Array(2 * size);
    theta[2 * size - 1] = sign * Infinity;
    const mask = sense === 'maximise' ? '-Infinity' : 'Infinity';
    expect(() => solve(distribution, theta)).toThrow(
      `${name}: theta must be finite, or ${mask} to forbid an element, got ${sign * Infinity} in instance 1 at `,
    );
  });

  it('is rebuilt from its description as JSON, with the same answers', () => {
    const rebuilt = distributionOf(JSON.parse(JSON.stringify(descriptionOf(distribution))));
    expect(rebuilt).toMatchObject({ name, size, sense, kappa: distribution.kappa });
    expect(rebuilt.description).toEqual(distribution.description);
    expect(Array.from(rebuilt.states())).toEqual(Array.from(distribution.states()));
    fc.assert(
      fc.property(batch, (drawn) => {
        const theta = thetaOf(drawn.filter(possible));
        expect(solve(rebuilt, theta)).toEqual(solve(distribution, theta));
        expect(rebuilt.marginals(theta)).toEqual(distribution.marginals(theta));
        expect(rebuilt.sample(key(1), theta)).toEqual(distribution.sample(key(1), theta));
      }),
      { numRuns: 20 },
    );
  });
}

function isMirrored(scores: Distribution, costs: Distribution, states: readonly Uint8Array[]): void {
  const { size } = scores;
  const possible = instance(size, 1e4, true).filter((row) => new Oracle(states, row).possible);
  fc.assert(
    fc.property(possible, possible, instance(size, 10, false), (theta, other, v) => {
      const negate = (x: Float64Array): Float64Array => x.map((value) => -value);
      const state = scores.sample(key(2), theta);
      expect(costs.sample(key(2), negate(theta))).toEqual(state);
      expect(costs.logPartition(negate(theta))).toEqual(scores.logPartition(theta));
      expect(costs.marginals(negate(theta))).toEqual(scores.marginals(theta));
      expect(costs.covarianceProduct(negate(theta), v)).toEqual(scores.covarianceProduct(theta, v));
      expect(costs.logProbability(negate(theta), state)).toEqual(scores.logProbability(theta, state));
      expect(costs.entropy(negate(theta))).toEqual(scores.entropy(theta));
      expect(costs.kl(negate(theta), negate(other))).toEqual(scores.kl(theta, other));
      expect(costs.crossEntropy(negate(theta), negate(other))).toEqual(scores.crossEntropy(theta, other));
    }),
    { numRuns: 40 },
  );
}

it('every factory is in the registry, and has a solver of its name, except the list of states', () => {
  const names = Object.keys(distributionFactories);
  const tested = new Set(structures.map(({ build }) => descriptionOf(build('maximise')).name));
  expect([...tested].sort()).toEqual(names.sort());
  expect(names.filter((name) => !(name in solverFactories))).toEqual(['enumerated']);
});

it('refuses options that only the solver supports, and says so', () => {
  const edges = [0, 1, 1, 2];
  expect(() => knapsack({ weights: [1], capacity: 1, capacityFromContext: true })).toThrow(
    'knapsack: a distribution has one capacity for all instances',
  );
  expect(() => graphPath({ vertices: 3, edges, from: 0, to: 2 })).toThrow(
    'graphPath: a distribution is over paths in a graph without cycles, got acyclic: false',
  );
  expect(() => graphPath({ vertices: 3, edges, from: 'context', to: 2, acyclic: true })).toThrow(
    'graphPath: from and to of a distribution must be vertices',
  );
  expect(() => distributionOf({ name: 'ranking', options: { size: 3 } })).toThrow(
    /^distributionOf: name must be one of .*topK, got ranking; .*solverOf/,
  );
});

it('a list with your own solver takes its sense and has no description', () => {
  const states = [
    [1, 0],
    [0, 1],
  ];
  const listed = enumerated({ name: 'either', size: 2, states, sense: 'minimise' });
  const own = enumerated({ name: 'own', size: 2, states, solver: listed });
  expect(own.sense).toBe('minimise');
  expect(() => descriptionOf(own)).toThrow(/^own: has no description/);
  expect(() => enumerated({ name: 'own', size: 2, states, sense: 'maximise', solver: listed })).toThrow(
    "own: solver must maximise over 2 elements, got one that has sense 'minimise' and size 2",
  );
});
