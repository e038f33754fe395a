import { expect, test } from 'vitest';
import { readmeExample } from '../../packed/readmeExample.js';

const last = 'z.print(); // [0, 1]\n';
const page = (lines: number, end = last) =>
  `# Title\n\n\`\`\`sh\nls\n\`\`\`\n\n\`\`\`ts\nimport 'a';\n${'x();\n\n'.repeat(lines - 1)}${end}\`\`\`\n`;

test('the first TypeScript fence is the example, and its last line says what it prints', () => {
  const { code, prints } = readmeExample(page(8));
  expect(code).toBe(`import 'a';\n${'x();\n\n'.repeat(7)}${last}`);
  expect(prints).toBe('[0, 1]');
});

test('a page without one, with one that is too long, or with one that prints no answer, is an error', () => {
  expect(() => readmeExample('# Title')).toThrow('there must be a ```ts fence');
  expect(() => readmeExample(page(9))).toThrow('at most 8 lines after the imports, got 9');
  expect(() => readmeExample(page(3, 'x();\n'))).toThrow('must print the answer');
});
