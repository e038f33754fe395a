import { expect, test } from 'vitest';
import { columns, commentsWithin, narrowed } from '../.vitepress/narrow.js';

const long = 'word '.repeat(30).trim();

test('a long remark goes over lines, above the statement that it followed', () => {
  const lines = commentsWithin(`  f(1); // ${long}`).split('\n');
  expect(lines.every((line) => line.length <= columns)).toBe(true);
  expect(lines.at(-1)).toBe('  f(1);');
  expect(
    lines
      .slice(0, -1)
      .map((line) => line.replace('  // ', ''))
      .join(' '),
  ).toBe(long);
});

test('a promised value that does not fit goes below its statement', () => {
  const call = `${'f'.repeat(70)}();`;
  expect(commentsWithin(`${call} // => [1, 2]`)).toBe(`${call}\n// => [1, 2]`);
  expect(commentsWithin('f(); // => [1, 2]')).toBe('f(); // => [1, 2]');
});

test('what looks like a comment in a text is none', () => {
  const code = `const text = '${'x'.repeat(80)} // ${long}';`;
  expect(commentsWithin(code)).toBe(code);
});

test('code is formatted for the page, also when it is new, and what is no TypeScript stays as it is', () => {
  const known = `f(${Array.from({ length: 30 }, (_, i) => `a${i}`).join(', ')});`;
  const print = narrowed(() => [known, 'const = 1;']);
  expect(print(known).split('\n')[0]).toBe('f(');
  expect(print('g( 1 )')).toBe('g(1);');
  expect(print('const = 1;')).toBe('const = 1;');
});
