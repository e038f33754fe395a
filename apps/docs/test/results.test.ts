import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tableOf } from '../generate/figures/results.js';

const folder = fileURLToPath(new URL('../pages/results/', import.meta.url));
const pages = readdirSync(folder).filter(
  (name) => name.endsWith('.md') && !['index.md', 'speed.md'].includes(name),
);
const read = (name: string): string => readFileSync(folder + name, 'utf8');

test('a table is read by the names of its rows, with its numbers', () => {
  const page =
    'text\n\n| name | a | b |\n| --- | --: | --: |\n| `x`, y | **1,234** | −0.5 ± 0.1 |\n| z | | 2 |\n\nmore\n';
  expect([...tableOf(page, /^\| name/)]).toEqual([
    ['x, y', [1234, -0.5]],
    ['z', [NaN, 2]],
  ]);
  expect(() => tableOf(page, /other/)).toThrow('no table');
});

test.each(pages)('%s names no decisions, commits or lost scripts', (name) => {
  expect(read(name)).not.toMatch(/\(D\d+|\bcommit [0-9a-f]{7}|not kept/);
});

test.each(pages.filter((name) => name !== 'solvers.md'))(
  '%s begins with a claim, a chart and a short table',
  (name) => {
    const [beginning = '', folded] = read(name).split('<details class="more">');
    expect(folded).toContain('</details>');
    const chart = beginning.search(/<!--@include: .*figures\/|^!\[/m);
    const rows = beginning.split('\n').filter((line) => line.startsWith('|'));
    expect(chart).toBeGreaterThan(0);
    expect(rows.length - 2).toBeLessThanOrEqual(5);
    expect(beginning.indexOf('## Limits')).toBeGreaterThan(chart);
    expect(beginning.indexOf('## Method')).toBeGreaterThan(beginning.indexOf('## Limits'));
  },
);
