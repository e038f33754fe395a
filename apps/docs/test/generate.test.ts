import { fileURLToPath } from 'node:url';
import { discreteVae } from '@aimle/discrete-vae/task';
import { learningToExplain } from '@aimle/learning-to-explain/task';
import { neuralRelationalInference } from '@aimle/neural-relational-inference/task';
import { shortestPaths } from '@aimle/shortest-paths/task';
import { expect, test } from 'vitest';
import { measuredRows } from '../generate/estimators/measured.js';
import { estimatorPages } from '../generate/estimators/pages.js';
import { structurePages } from '../generate/structures/pages.js';
import { taskPages } from '../generate/tasks/pages.js';
import { runnable, siteText } from '../generate/text.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('what looks like a tag or a template is escaped in prose, and left in code', () => {
  expect(siteText('max <theta, z> over {0,1}, `a<b>{c}`')).toBe(
    'max &lt;theta, z> over &#123;0,1}, `a<b>{c}`',
  );
  expect(siteText('```ts\nf<T>({})\n\ng<T>()\n```')).toBe('```ts\nf<T>({})\n\ng<T>()\n```');
});

test('indented formulas become blocks, the continuation of a list does not', () => {
  expect(siteText('Words\n\n   z = x\n     + y\n\nmore')).toBe('Words\n\n```text\nz = x\n  + y\n```\n\nmore');
  expect(siteText('- item\n\n  goes on')).toBe('- item\n\n  goes on');
});

test('every structure and every estimator has a page, made from its docstrings', async () => {
  const structures = await structurePages(root);
  const estimators = await estimatorPages(root);
  for (const files of [structures, estimators]) {
    const pages = [...files.keys()].filter((name) => name.endsWith('.md') && name !== 'index.md');
    expect(pages.length).toBeGreaterThan(15);
    for (const page of pages) expect(files.get('index.md')).toContain(`/${page.replace('.md', '')})`);
  }
  expect([...structures.values()].filter((text) => text.startsWith('<svg'))).toHaveLength(
    structures.size / 2 - 0.5,
  );
  expect(estimators.get('simple.md')).toContain('| `simple` | 10 |');
});

test('every task has a page with all of its settings', async () => {
  const pages = await taskPages();
  for (const { name, title, rows } of [
    discreteVae,
    learningToExplain,
    neuralRelationalInference,
    shortestPaths,
  ]) {
    expect(pages.get('index.md')).toContain(`[${title}](/tasks/${name})`);
    for (const setting of Object.keys(rows))
      expect(pages.get(`${name}.md`)).toContain(`\n| \`${setting}\` |`);
  }
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
