import { expect, test } from 'vitest';
import { linked } from '../../site/links.js';
import { measuredRows } from '../../site/measured.js';
import { bothThemes, pictured } from '../../site/pictures.js';
import { runnable } from '../../site/runnable.js';
import { siteText } from '../../site/text.js';

test('what looks like a tag or a template is escaped in prose, and left in code', () => {
  expect(siteText('max <theta, z> over {0,1}, `a<b>{c}`')).toBe(
    'max &lt;theta, z> over &#123;0,1}, `a<b>{c}`',
  );
  expect(siteText('```ts\nf<T>({})\n\ng<T>()\n```')).toBe('```ts\nf<T>({})\n\ng<T>()\n```');
});

test('indented formulas become blocks, the going on of a list does not', () => {
  expect(siteText('Words\n\n   z = x\n     + y\n\nmore')).toBe('Words\n\n```text\nz = x\n  + y\n```\n\nmore');
  expect(siteText('- item\n\n  goes on')).toBe('- item\n\n  goes on');
});

test('the note of who wrote a page goes', () => {
  expect(siteText('<!-- Written by a script. -->\n\n# Title')).toBe('# Title');
});

test('links lead to pages of the site, or are words where there is none', () => {
  const from = (words: string): string => linked(words, 'docs/results/dvae.md');
  expect(from('[a](perturbation-size.md#rule)')).toBe('[a](/results/perturbation-size#rule)');
  expect(from('[a](../structures/README.md)')).toBe('[a](/structures/)');
  expect(from('[a](../choosing-an-estimator.md)')).toBe('[a](/choose)');
  expect(from('[a](../../packages/solvers/src/solver.ts)')).toBe('[a](/api/solvers#solver)');
  expect(from('[a](../../packages/solvers/src/subset/topK.ts)')).toBe('a');
  expect(from('[perturbation-size.md](perturbation-size.md)')).toBe(
    '[perturbation size](/results/perturbation-size)',
  );
  expect(from('[a](https://example.org) [b](#here) ![c](c.svg)')).toBe(
    '[a](https://example.org) [b](#here) ![c](c.svg)',
  );
});

test('a picture that follows the system becomes one that is light and one that is dark', () => {
  const { light, dark } = bothThemes(
    'a { color-scheme: light dark } @media (prefers-color-scheme: dark) { b }',
  );
  expect(light).toBe('a { color-scheme: light } @media not all { b }');
  expect(dark).toBe('a { color-scheme: dark } @media all { b }');
  expect(pictured('![two "x"](p.svg)', () => ' width="1"')).toBe(
    '<img class="picture only-light" src="./p.light.svg" alt="two &quot;x&quot;" loading="lazy" width="1">' +
      '<img class="picture only-dark" src="./p.dark.svg" alt="two &quot;x&quot;" loading="lazy" width="1">',
  );
});

test('measurements are read with their names, also where a line leaves the name out', () => {
  const line = (name: string, samples: number): string =>
    `${name.padEnd(20)} ${samples}   0.583 ± 0.039    34 %   1.49 adapted          3`;
  const lines = Array.from({ length: 10 }, (_, i) => [line(`m${i}`, 1), line('', 10)]).flat();
  const { command, rows } = measuredRows(
    `## All estimators, on one structure\n\n\`aimle gradients --x\`: 1 s\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`,
  );
  expect(command).toBe('aimle gradients --x');
  expect(rows[3]).toEqual({ name: 'm1', samples: '10', cosine: '0.583 ± 0.039', zeros: '34 %', solves: '3' });
  expect(() => measuredRows('nothing')).toThrow('no measurements');
});

test('a fence runs in its page where all that it imports is there', () => {
  const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;
  const [pure, other] = [
    "import { topK } from '@aimle/solvers';",
    "import { x } from '@aimle/solvers/program';",
  ];
  expect(runnable(fence(pure))).toBe(fence(pure).replace('ts', 'ts run'));
  expect(runnable(fence(`${pure}\n${other}`))).toBe(fence(`${pure}\n${other}`));
  expect(runnable(fence('let x = 1;'))).toBe(fence('let x = 1;'));
});
