import { fillGumbel, key } from '@aimle/random';
import { expect, it } from 'vitest';
import { custom, descriptionOf, graphPath, type Solver } from '../src/index.js';
import { linearProgram } from '../src/program.js';
import { solverFactories, solverOf } from '../src/structures.js';
import { solvers } from './registry.js';

const built = solvers.flatMap(({ name, small }) =>
  small.flatMap((each) =>
    (each.senses ?? (['maximise', 'minimise'] as const)).map(
      (sense) => [name, each.label, each.build(sense)] as const,
    ),
  ),
);

/** What a solver answers, or throws, for scores of every kind. */
function answers(solver: Solver): unknown[] {
  const theta = new Float32Array(solver.size);
  return Array.from({ length: 8 }, (_, seed) => {
    fillGumbel(key(seed), theta);
    const scores = theta.map((score) => (seed % 2 === 0 ? Math.abs(score) : -Math.abs(score)));
    const z = new Float32Array(solver.size);
    try {
      solver.solve(scores, z, 1);
    } catch (error) {
      return String(error);
    }
    return Array.from(z);
  });
}

for (const [name, label, solver] of built.filter(([name]) => name in solverFactories)) {
  it(`${name} of ${label}, ${solver.sense}, is rebuilt from JSON, with the same answers`, () => {
    const rebuilt = solverOf(JSON.parse(JSON.stringify(descriptionOf(solver))));
    const { size, sense, kappa, description } = solver;
    expect(rebuilt).toMatchObject({ name, size, sense, kappa });
    expect(rebuilt.description).toEqual(description);
    expect(answers(rebuilt)).toEqual(answers(solver));
  });
}

it('every solver of the registry has a description, except those made from functions and programs', () => {
  const without = new Set(built.map(([name]) => name).filter((name) => !(name in solverFactories)));
  expect([...without].sort()).toEqual(['custom', 'linearProgram']);
  expect(Object.keys(solverFactories).filter((name) => !built.some(([of]) => of === name))).toEqual([]);
});

it('a description holds plain arrays, and copies with other methods do not have it', () => {
  const solver = graphPath({ vertices: 3, edges: Int32Array.of(0, 1, 1, 2), from: 0, to: 2 });
  expect(descriptionOf(solver)).toEqual({
    name: 'graphPath',
    options: {
      vertices: 3,
      edges: [0, 1, 1, 2],
      directed: true,
      from: 0,
      to: 2,
      acyclic: false,
      sense: 'minimise',
    },
  });
  expect({ ...solver }.description).toBeUndefined();
});

it('a linear program is described too, and rebuilt by its own function, which has to be awaited', async () => {
  const model = 'Maximize\n obj: x + y\nSubject To\n c: x + y <= 1\nBinary\n x y\nEnd\n';
  const program = await linearProgram({ model, kappa: 1, sense: 'minimise' });
  const { name, options } = JSON.parse(JSON.stringify(descriptionOf(program)));
  expect(name).toBe('linearProgram');
  const rebuilt = await linearProgram(options);
  expect(answers(rebuilt)).toEqual(answers(program));
  expect(descriptionOf(rebuilt)).toEqual({ name, options });
  for (const each of [program, rebuilt]) each.dispose();
});

it('says why a solver has no description, and lists the known names', () => {
  const own = custom({ name: 'mine', size: 1, kappa: 1, solve: () => [1] });
  expect(() => descriptionOf(own)).toThrow(/^mine: has no description, because a function/);
  expect(() => solverOf({ name: 'topk', options: {} })).toThrow(
    /^solverOf: name must be one of .*topK.*, got topk;/,
  );
  expect(() => solverOf({ name: 'toString', options: {} })).toThrow(/got toString;/);
  expect(() => solverOf({ name: 'topK', options: { size: 2, k: 3 } })).toThrow(
    'topK: k must be an integer in [1, 2], got 3',
  );
});
