import { expect, test } from 'vitest';
import { readmeExample } from '../../packed/readmeExample.js';

const page = (lines: number) =>
  `# Title\n\n\`\`\`sh\nls\n\`\`\`\n\n\`\`\`ts\n${'x();\n\n'.repeat(lines)}\`\`\`\n`;

test('the first TypeScript fence is the example', () => {
  expect(readmeExample(page(15))).toBe('x();\n\n'.repeat(15));
});

test('a page without one, or with one of 16 lines, is an error', () => {
  expect(() => readmeExample('# Title')).toThrow('there must be a ```ts fence');
  expect(() => readmeExample(page(16))).toThrow('at most 15 lines, got 16');
});
