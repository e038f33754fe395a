import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8').replaceAll('−', '-');

/** Figures that pages say in words, and the measurements that they were taken from. */
const quoted: readonly (readonly [page: string, results: string, figures: readonly string[]])[] = [
  [
    'concepts/adaptive-lambda',
    'perturbation-size',
    ['0.504', '0.412', '0.007', '-0.166', '0.43', '72.43', '71.17'],
  ],
  ['concepts/target-distribution', 'dvae', ['112.1', '100.2', '140.3']],
  ['concepts/forward-and-central', 'dvae', ['71.67', '83.58']],
  ['concepts/relaxations', 'estimators', ['0.65', '0.78']],
  ['concepts/relaxations', 'dvae', ['238', '71']],
  ['concepts/perturb-and-map', 'estimators', ['.987']],
  ['how-to/paper', 'dvae', ['71.17', '71.75', '72.43', '62', '98', '91.7', '28.5']],
  ['how-to/paper', 'nri', ['-885', '0.901', '-875', '0.862', '-1659', '0.637', '1,733', '4,365']],
  ['how-to/paper', 'l2x', ['3.40', '44.2', '3.65', '35.2']],
  ['how-to/paper', 'estimators', ['0.95', '0.84', '100,000']],
  ['compare', 'dvae', ['28.5', '91.7', '62', '98', '175', '416']],
];

test.each(quoted)('the figures in %s are those of results/%s.md', (page, results, figures) => {
  const [words, measured] = [
    read(`apps/docs/pages/${page}.md`),
    read(`apps/docs/pages/results/${results}.md`),
  ];
  for (const figure of figures) {
    expect(words).toContain(figure);
    const numbers = measured.match(/-?\d*[.,]?\d[\d,]*(\.\d+)?/g) ?? [];
    const value = Number(figure.replaceAll(',', ''));
    const places = figure.split('.')[1]?.length ?? 0;
    const same = numbers.some(
      (number) => Number(Number(number.replaceAll(',', '')).toFixed(places)) === value,
    );
    expect(same, `${figure} in results/${results}.md`).toBe(true);
  }
});
