import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8').replaceAll('−', '-');

/** The number in one cell of a row that begins so; columns count from 1, behind the row's name. */
const cell = (row: string, column: number): RegExp => {
  const name = row.replace(/[^\w\s]/g, '\\$&');
  return new RegExp(`^\\| *${name} *\\|(?:[^|\\n]*\\|){${column - 1}}\\s*\\**(-?[\\d.,]+)`, 'm');
};
/** The cosine of an estimator from so many samples, in the list of all of them. */
const listed = (method: string, samples: number): RegExp =>
  new RegExp(`^${method} (?:.*\\n {20,})*? *${samples} +(-?[\\d.]+)`, 'm');

/** The extra cost of a method's paths, in percent. */
const extra = (method: string): RegExp => cell(method, 1);

const paper = "AIMLE, the paper's controller (target 10)";
const [published, regrets] = ['0.3', 'all'];

/** How many times as fast as the official code a layer is on a CPU: at least, and at most. */
const slowest = cell('`op/topk-large-gumbel`', 3);
const fastest = /^\| `op\/topk-dvae-sog` \|(?:[^|\n]*\|){2} [\d.]+ to ([\d.]+)/m;

/** Figures quoted in pages, and their source: the first number that the pattern captures. */
const quoted: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, RegExp>>>>>> = {
  '../../../README': {
    paths: { '0.37': extra('AIMLE, as it comes'), '0.29': extra('IMLE, with lambda 10') },
    dvae: {
      '71.17': cell(paper, 6),
      '71.75': cell('the same, official code', 6),
    },
    speed: { '1.2': slowest, '22': fastest },
    l2x: {
      '3.40': cell('AIMLE, the preset: constant-free, 16 draws, padding masked', 1),
      '44': cell('AIMLE, the preset: constant-free, 16 draws, padding masked', 2),
      '3.65': cell('official AIMLE', 1),
      '35': cell('official AIMLE', 2),
    },
    nri: {
      '-875': cell('in the official conventions', 1),
      '0.86': cell('in the official conventions', 2),
      '-1659': cell('129', 5),
      '0.64': cell('129', 6),
    },
  },
  'results/nri': {
    nri: {
      '0.862': /^On test .*?official conventions \S+ ± \S+ and ([\d.]+)/m,
      '-1659': cell('129', 5),
      '0.637': cell('129', 6),
    },
  },
  index: {
    paths: { '1.0037': cell('AIMLE', 2) },
    speed: { '12.2': /that of the host: ([\d.]+) million numbers of z/ },
    l2x: {
      '44.2': cell('AIMLE, the preset: constant-free, 16 draws, padding masked', 2),
      '35.2': cell('official AIMLE', 2),
    },
  },
  'results/dvae': {
    dvae: {
      '71.17': cell(paper, 6),
      '71.75': cell('the same, official code', 6),
      '72.43': cell('the default of `aimle()` (curvature correction)', 6),
      '83.58': cell('IMLE, forward, lambda 10', 6),
      '238.37': cell('straight-through, noise at temperature 1', 6),
    },
  },
  'results/l2x': {
    l2x: {
      '3.65': cell('official AIMLE', 1),
      '30.1': cell('official IMLE', 2),
      '4.18': cell('relaxed subset, official code', 1),
      '4.66': cell('straight-through, official code', 1),
    },
  },
  'results/estimators': {
    estimators: {
      '0.959': listed('stochastic-softmax', 10),
      '0.910': listed('simple', 10),
      '0.796': listed('aimle', 10),
      '0.706': listed('imle', 10),
      '0.345': listed('aimle-paper', 10),
    },
  },
  'results/perturbation-size': {
    'perturbation-size': {
      '0.504': cell(regrets, 2),
      '0.412': cell(regrets, 3),
      '0.007': cell(regrets, 4),
      '-0.166': cell(regrets, 5),
    },
  },
  'concepts/adaptive-lambda': {
    'perturbation-size': {
      '0.504': cell(regrets, 2),
      '0.412': cell(regrets, 3),
      '0.007': cell(regrets, 4),
      '-0.166': cell(regrets, 5),
      '0.43': /^- \*\*Noise at temperature 0\.1\*\*.* regrets of \S+ to ([\d.]+)/m,
    },
    dvae: {
      '72.43': cell('the default of `aimle()` (curvature correction)', 6),
      '71.17': cell(paper, 6),
      '72.13': cell('noise-scaled, `scaleWithBatch: false`, uncorrected', 6),
    },
  },
  'concepts/target-distribution': {
    dvae: {
      '112.1': /([\d.]+) at 1, [\d.]+ at 3/,
      '100.2': cell('IMLE, forward, lambda 10', 1),
      '140.3': /([\d.]+) at 100\./,
    },
  },
  'concepts/forward-and-central': {
    dvae: { '71.67': cell('IMLE, central, lambda 100', 6), '83.58': cell('IMLE, forward, lambda 10', 6) },
  },
  'concepts/relaxations': {
    estimators: { '0.65': listed('straight-through', 1), '0.78': listed('straight-through', 100) },
    dvae: { '238': cell('straight-through, noise at temperature 1', 6), '71': cell(paper, 6) },
  },
  'concepts/perturb-and-map': {
    estimators: { '0.987': /perturb-and-MAP, whose gradient has a cosine of ([\d.]+) to 1/ },
  },
  'how-to/paper': {
    dvae: {
      '71.17': cell(paper, 6),
      '71.75': cell('the same, official code', 6),
      '72.43': cell('the default of `aimle()` (curvature correction)', 6),
    },
    nri: {
      '-885': /^On test \*\*ELBO (-?[\d.]+)/m,
      '0.901': /^On test .*?precision ([\d.]+)/m,
      '-875': /^On test .*?official conventions (-?[\d.]+)/m,
      '0.862': /^On test .*?official conventions \S+ ± \S+ and ([\d.]+)/m,
      '-1659': cell('129', 5),
      '0.637': cell('129', 6),
      '1,733': cell('ours, native', 1),
      '4,365': cell('official, PyTorch 1.13, its batched PyTorch Kruskal', 1),
    },
    l2x: {
      '3.40': cell('AIMLE, the preset: constant-free, 16 draws, padding masked', 1),
      '44.2': cell('AIMLE, the preset: constant-free, 16 draws, padding masked', 2),
      '3.65': cell('official AIMLE', 1),
      '35.2': cell('official AIMLE', 2),
    },
    estimators: { '0.95': cell(published, 2), '0.84': cell('score function, S = 100,000', 1) },
  },
  compare: {
    speed: {
      '1.2': slowest,
      '22': fastest,
      '6.9': /^\| `op\/topk-dvae-gumbel` \| 22 to 27 \| ([\d.]+)/m,
      '2.5': /^\| `op\/topk-dvae-gumbel` \| 22 to 27 \|(?:[^|\n]*\|){2} ([\d.]+)/m,
    },
  },
};

const figures = Object.entries(quoted).flatMap(([page, sources]) =>
  Object.entries(sources).flatMap(([results, taken]) =>
    Object.entries(taken).map(([figure, place]) => ({ page, results, figure, place })),
  ),
);

describe.each(figures)('$figure in $page', ({ page, results, figure, place }) => {
  test('is quoted as a number of its own', () => {
    const whole = new RegExp(`(?<![\\d.,-])${figure.replaceAll('.', '\\.')}(?![\\d]|[.,]\\d)`);
    expect(read(`apps/docs/pages/${page}.md`)).toMatch(whole);
  });

  test(`is what was measured, rounded: ${results}`, () => {
    const [, measured] = place.exec(read(`apps/docs/pages/results/${results}.md`)) ?? [];
    expect(measured, `a number at ${place} in results/${results}.md`).toBeDefined();
    const places = figure.split('.')[1]?.length ?? 0;
    expect(Number(measured!.replaceAll(',', '')).toFixed(places)).toBe(figure.replaceAll(',', ''));
  });
});
