import { expect, test } from 'vitest';
import { compile, NotTypeScript } from '../src/runner/compile.js';
import { describe as described } from '../src/runner/describe.js';
import { isAsExpected } from '../src/runner/expected.js';
import { instrument } from '../src/runner/instrument.js';
import { packed, unpacked } from '../src/runner/link.js';
import { seriesOf } from '../src/runner/plotted.js';

test('comments become calls with the expression before them, and lines keep their numbers', () => {
  const code = 'const a: number = 1;\na + 1; // => 2\nlet b = a; // show\n[a]; // plot\na; // a note\n';
  expect(instrument(code).code.split('\n')).toEqual([
    'const a: number = 1;',
    '__show(2, a + 1, "2"); // => 2',
    'let b = a; __show(3, b, undefined); // show',
    '__plot(4, [a], "[a]"); // plot',
    'a; // a note',
    '',
  ]);
});

test('an expression over many lines is shown whole', () => {
  expect(instrument('f(\n  1,\n); // => 3').code).toBe('__show(3, f(\n  1,\n), "3"); // => 3');
});

test('code that does not parse is refused with its line', () => {
  const compiling = () => compile('const a = 1;\nconst = 2;\n');
  expect(compiling).toThrow(NotTypeScript);
  expect(compiling).toThrow(expect.objectContaining({ line: 2 }));
});

test('types and imports are gone after compilation, on their own lines', () => {
  const { code, modules } = compile(
    "import { type Key, key } from '@aimle/random';\nimport * as tf from '@tensorflow/tfjs';\nconst k: Key = key(1);\nawait tf.ready();\n",
  );
  expect(modules).toEqual(['@aimle/random', '@tensorflow/tfjs']);
  expect(code).not.toContain('import');
  expect(code.split('\n')[2]).toMatch(
    /^const k\s*= _random\.key\.call\(void 0, 1\);|^const k\s*= .*key.*1\);/,
  );
});

test.each([
  [2, '2', true],
  [0.123456, '~0.12', true],
  [0.126, '~0.12', false],
  [Float32Array.of(1, 0), '[1, 0]', true],
  [[1, 0, 0], '[1, 0]', false],
  [{ a: [1] }, '{ a: [1] }', true],
  [{ a: [1], b: 2 }, '{ a: [1] }', false],
  ['wasm', "'wasm'", true],
  [3, 'three of them', undefined],
])('%j after // => %s: %s', (value, comment, verdict) => {
  expect(isAsExpected(value, comment)).toBe(verdict);
});

test('tensors are shown with their shape, row by row, and long lists are cut', () => {
  const rows = [
    [1, 0.333333333],
    [3, 4],
  ];
  const tensor = { shape: [2, 2], dtype: 'float32', arraySync: () => rows };
  expect(described(tensor)).toBe('tensor [2, 2] float32\n[\n  [1, 0.333333]\n  [3, 4]\n]');
  expect(described(Array(60).fill(0))).toContain('... 12 more]');
  expect(described({ name: 'x', inner: [null, undefined] })).toBe('{ name: "x", inner: [null, undefined] }');
});

test('lists of numbers can be drawn, and nothing else', () => {
  expect(seriesOf([1, 2], 'loss')).toEqual([{ name: 'loss', values: [1, 2] }]);
  expect(seriesOf({ a: [1], b: Float32Array.of(2) }, 'both').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(() => seriesOf('text', 'text')).toThrow('a list of numbers');
  expect(() => seriesOf({ a: ['x'] }, 'a')).toThrow('a list of numbers');
});

test('code in a link comes back as it was, and is shorter', async () => {
  const code = `const π = 3.14; // => 3.14\n`.repeat(30);
  const link = await packed(code);
  expect(link).toMatch(/^[\w-]+$/);
  expect(link.length).toBeLessThan(code.length / 4);
  expect(await unpacked(link)).toBe(code);
  await expect(unpacked('not-a-link')).rejects.toThrow();
});
