import { expect, test } from 'vitest';
import { withAssertions } from '../src/examples/assertions.js';
import { about, assertValue } from '../src/examples/assertValue.js';

const asserted = (code: string) => withAssertions(code, 'README.md:1');

test('a value comment asserts the expression before it', () => {
  expect(asserted('f(1); // => [2, 3]')).toBe('__assertValue(f(1), [2, 3]); // => [2, 3]');
});

test('a value comment on a declaration asserts the constant', () => {
  expect(asserted('const a = f(); // => 1')).toBe('const a = f(); __assertValue(a, 1); // => 1');
});

test('an expression over several lines keeps the lines of the example', () => {
  const code = 'f(\n  1,\n); // => 2\ng();';
  expect(asserted(code)).toBe('__assertValue(f(\n  1,\n), 2); // => 2\ng();');
});

test('a value comment in the next line asserts the statement above it', () => {
  expect(asserted('f(1);\n// => 2')).toBe('__assertValue(f(1), 2);\n// => 2');
  expect(() => asserted('f(1);\n\n// => 2')).toThrow('must follow an expression');
});

test('an expression inside a block is asserted too', () => {
  expect(asserted('for (const x of [1]) {\n  x; // => 1\n}')).toContain('__assertValue(x, 1);');
});

test('other comments are left alone', () => {
  expect(asserted('f(); // see above')).toBe('f(); // see above');
});

test.each([
  ['// => 3', 'must follow an expression'],
  ['const { a } = f(); // => 3', 'must follow an expression'],
  ['f(); // => three of them', 'must be an expression and nothing else, got "three of them"'],
  ['f(; // => 3', 'the example does not parse'],
])('%s is an error that names the place', (code, message) => {
  expect(() => asserted(code)).toThrow(`README.md:1: `);
  expect(() => asserted(code)).toThrow(message);
});

test('a typed array equals the array of its elements, at any depth', () => {
  assertValue({ z: [Float32Array.of(1, 0)] }, { z: [[1, 0]] });
  expect(() => assertValue({ z: [Float32Array.of(1, 0)] }, { z: [[1, 1]] })).toThrow();
});

test('negative zero reads as zero', () => {
  assertValue([-0], [0]);
});

test('a value after ~ holds to the digits shown, and no further', () => {
  assertValue(0.1234, about('0.123'));
  assertValue(-1.26e-5, about('-1.3e-5'));
  assertValue(1249, about('1.2e3'));
  expect(() => assertValue(0.1236, about('0.123'))).toThrow();
  expect(() => assertValue(1.2e-5, about('1.3e-5'))).toThrow();
  expect(() => assertValue(1251, about('1.2e3'))).toThrow();
});
