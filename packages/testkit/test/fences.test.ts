import { expect, test } from 'vitest';
import { fencesOf } from '../src/examples/fences.js';

const fence = (tag: string, code: string) => `${'`'.repeat(3)}${tag}\n${code}\n${'`'.repeat(3)}`;

test('only ts fences are examples, and each knows its line', () => {
  const page = [
    '# Title',
    '',
    fence('sh', 'ls'),
    fence('ts', 'a;\nb;'),
    fence('ts no-run', 'c;'),
    fence('ts run', 'd;'),
  ].join('\n');
  expect(fencesOf(page)).toEqual([
    { line: 7, code: 'a;\nb;', runs: true },
    { line: 11, code: 'c;', runs: false },
    { line: 14, code: 'd;', runs: true },
  ]);
});

test('the indentation of a fence in a list is not part of its code', () => {
  const indented = fence('ts', 'if (x) {\n  y();\n}').replaceAll(/^/gm, '   ');
  expect(fencesOf(indented)[0]?.code).toBe('if (x) {\n  y();\n}');
});

test('a mistyped tag is an error, not a skipped example', () => {
  expect(() => fencesOf(fence('ts norun', 'a;'))).toThrow(
    'line 1: a ts fence may be tagged "run" or "no-run"',
  );
  expect(() => fencesOf(fence('ts run fast', 'a;'))).toThrow('got "run fast"');
});

test('a fence that is never closed is an error', () => {
  expect(() => fencesOf('\n```ts\na;')).toThrow('line 2: a code fence is opened and never closed');
});
