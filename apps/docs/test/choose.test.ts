import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measuredRows } from '../generate/figures/cosinesOverSamples.js';
import { addressOf, advise, answersIn, everyAnswer, unanswered } from '../src/choose/questions.js';

const page = readFileSync(new URL('../pages/choose.md', import.meta.url), 'utf8');

test('whatever is answered, the page has the advice, and all its advice can be reached', () => {
  const written = [...page.matchAll(/<div data-answer="(\w+)">/g)].map(([, name]) => name);
  expect([...new Set(everyAnswer().map(advise))].sort()).toEqual(written.sort());
});

test.each([
  [{}, 'aimle'],
  [{ samples: 'values' }, 'perturbedscorefunction'],
  [{ target: 'yes' }, 'fenchelyoung'],
  [{ structure: 'few' }, 'exactexpectation'],
  [{ structure: 'distribution' }, 'simple'],
  [{ structure: 'distribution', samples: 'many' }, 'scorefunction'],
  [{ structure: 'distribution', loss: 'probabilities', target: 'yes' }, 'differentiable'],
  [{ structure: 'solver', loss: 'probabilities' }, 'aimle'],
] as const)('%j: %s', (given, advice) => {
  expect(advise({ ...unanswered, ...given })).toBe(advice);
});

test('answers survive the address, and what it gets wrong is unanswered', () => {
  for (const answers of everyAnswer()) expect(answersIn(addressOf(answers))).toEqual(answers);
  expect(answersIn('?structure=castle&target=yes')).toEqual({ ...unanswered, target: 'yes' });
});

test('every estimator of the table is a link, whose page the check of links finds', () => {
  const names = [...page.matchAll(/^\| (\[?)`[\w-]+`/gm)];
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter(([, bracket]) => bracket === '')).toEqual([]);
});

test('the charts draw the table of the page', () => {
  const { structures, rows } = measuredRows(page);
  expect(structures).toEqual(['5 of 10', '1 of 50', 'tree on 5', '4 x 4 assignment', 'chain 5 x 3']);
  expect(rows.find(({ name }) => name === 'aimle')?.cosines[0]).toEqual([0.58, 0.82, 0.95]);
  expect(rows.find(({ name }) => name === 'score-function-leave-one-out')?.cosines[0]).toEqual([
    NaN,
    0.73,
    0.97,
  ]);
});
