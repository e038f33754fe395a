import type { Sense } from '../../src/index.js';
import { loadHighs } from '../../src/program/loadHighs.js';
import { programSolver } from '../../src/program/programSolver.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { subsets } from '../enumeration.js';

// One for all: the battery makes its solvers synchronously.
const highs = await loadHighs('linearProgram');

export const programs: readonly SolverEntry[] = [
  {
    name: 'linearProgram',
    small: [assignmentOf(1), assignmentOf(2), assignmentOf(3), twoOfFive(), halves()],
  },
];

/** A linear program whose corners are the permutation matrices. */
function assignmentOf(n: number): SmallInstance {
  const all = Array.from({ length: n }, (_, i) => i);
  const rows = all.map((i) => `r${i}: ${all.map((j) => `x${i}${j}`).join(' + ')} = 1`);
  const columns = all.map((j) => `c${j}: ${all.map((i) => `x${i}${j}`).join(' + ')} = 1`);
  const variables = all.flatMap((i) => all.map((j) => `x${i}${j}`));
  return {
    label: `an assignment of ${n}`,
    build: (sense: Sense) =>
      programSolver('linearProgram', highs, {
        model: `Minimize\n obj: ${variables.join(' + ')}\nSubject To\n${[...rows, ...columns].join('\n')}\nEnd\n`,
        kappa: n,
        sense,
      }),
    states: () =>
      subsets(n * n, n).filter((z) =>
        all.every(
          (i) =>
            all.reduce((sum, j) => sum + z[i * n + j]!, 0) === 1 &&
            all.reduce((sum, j) => sum + z[j * n + i]!, 0) === 1,
        ),
      ),
    ties: 'any',
  };
}

/** An integer program with a side constraint and a variable that theta knows nothing of, in an order of our own. */
function twoOfFive(): SmallInstance {
  return {
    label: 'two or three of five, the first or the last',
    build: (sense: Sense) =>
      programSolver('linearProgram', highs, {
        model: `
          Maximize
            obj: 7 slack + e + d + c + b + a
          Subject To
            few: a + b + c + d + e - slack = 2
            end: a + e >= 1
            apart: b + c <= 1
          Bounds
            slack <= 1
          Binary
            a b c d e
          End`,
        variables: ['a', 'b', 'c', 'd', 'e'],
        kappa: 2,
        sense,
      }),
    states: () =>
      [...subsets(5, 3), ...subsets(5, 2)].filter(([a, b, c, , e]) => a! + e! >= 1 && b! + c! <= 1),
    ties: 'any',
  };
}

/** A linear program with corners that are not whole: 2 x + 2 y <= 3, x and y within [0, 1]. */
function halves(): SmallInstance {
  return {
    label: 'halves',
    build: (sense: Sense) =>
      programSolver('linearProgram', highs, {
        model: 'Maximize\n obj: x + y\nSubject To\n c: 2 x + 2 y <= 3\nBounds\n x <= 1\n y <= 1\nEnd\n',
        kappa: 1,
        sense,
      }),
    states: () => [
      [1, 0.5],
      [0.5, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ],
    ties: 'any',
    // A masked x leaves y the corners 0 and 1, which are among the states; so does the other way round.
    echo: (z) => z.map((x) => (x === 0 ? -1 : x)),
  };
}
