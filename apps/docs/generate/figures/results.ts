import { readFileSync } from 'node:fs';
import { colourOf } from '../../src/estimatorColours.js';
import { escaped, rounded } from '../drawing.js';
import { axis, type Figure, htmlOf, ink } from './figure.js';

/** A table of a page of results: its rows by their names, each with its cells as numbers. */
export function tableOf(page: string, heading: RegExp): Map<string, number[]> {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => line.startsWith('|') && heading.test(line));
  if (at < 0) throw new Error(`figures: no table whose first line matches ${heading}`);
  const rows = new Map<string, number[]>();
  for (const line of lines.slice(at + 2)) {
    if (!line.startsWith('|')) break;
    const [name = '', ...cells] = line.split('|').slice(1, -1);
    const numbers = cells.map((cell) => Number.parseFloat(cell.replaceAll(/[*,]/g, '').replaceAll('−', '-')));
    rows.set(name.replaceAll('`', '').trim(), numbers);
  }
  return rows;
}

function row(rows: Map<string, number[]>, name: string): number[] {
  const found = rows.get(name);
  if (!found) throw new Error(`figures: no row ${name}`);
  return found;
}

/** The bound of the discrete VAE by epoch; straight-through is far above the chart. */
function bounds(page: string): Figure {
  const rows = tableOf(page, /method .*\b1 \|.*\b100 \|/);
  const epochs = [1, 2, 3, 4, 5, 10];
  const line = (label: string, name: string, colour: string, dashed = false) => ({
    label,
    colour,
    ...(dashed ? { line: 'dashed' as const } : {}),
    points: row(rows, name)
      .slice(0, 6)
      .map((value, i): [number, number] => [epochs[i]!, value]),
  });
  return {
    name: 'results-dvae',
    label:
      'Negative ELBO on test by epoch: AIMLE falls to 71 nats in ten epochs, IMLE with forward differences to 84.',
    drawn: {
      x: axis('epoch', [1, 2, 5, 10], { scale: 'log' }),
      y: axis('nats per image, test', [70, 80, 90, 100]),
      series: [
        line('IMLE, forward', 'IMLE, forward, lambda 10', colourOf('imle')),
        line('AIMLE, its default', 'the default of aimle() (curvature correction)', colourOf('aimle')),
        line('AIMLE, paper', "AIMLE, the paper's controller (target 10)", colourOf('aimle'), true),
      ],
    },
    caption:
      'Test negative ELBO of the discrete VAE, one seed. Lower is better. Straight-through stays at 238 nats, above the chart.',
  };
}

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly colour: string;
}

/** Bars beside each other's names, from a value that is not the end of the scale where that is far away. */
function bars(
  name: string,
  label: string,
  caption: string,
  from: number,
  to: number,
  all: readonly Bar[],
  digits: number,
): Figure {
  const [left, right, height] = [180, 490, 26];
  const x = (value: number): number => left + ((Math.min(to, value) - from) / (to - from)) * (right - left);
  const shapes = all.flatMap(({ label, value, colour }, i) => {
    const y = 6 + i * height;
    return [
      `<text class="words ink" x="${left - 8}" y="${y + 9}" text-anchor="end">${escaped(label)}</text>`,
      `<rect x="${left}" y="${y}" width="${rounded(Math.max(1, x(value) - left))}" height="18" rx="2" fill="${colour}"/>`,
      `<text class="words muted" x="${rounded(x(value) + 8)}" y="${y + 9}">${value.toFixed(digits)}</text>`,
    ];
  });
  return { name, label, drawn: { width: 560, height: 12 + all.length * height, shapes }, caption };
}

function explaining(page: string): Figure {
  const rows = tableOf(page, /after three epochs/);
  const of = (label: string, name: string, colour: string): Bar => ({
    label,
    value: row(rows, name)[0]!,
    colour,
  });
  return bars(
    'results-l2x',
    'Test error by method after three epochs: AIMLE 3.40, official AIMLE 3.65, official IMLE 3.74, relaxed subset 4.18, straight-through 4.66.',
    'Test error (mean squared error times 100) on BeerAdvocate, aroma, k = 10, after three epochs, one seed. Lower is better.',
    0,
    5,
    [
      of('AIMLE, ours', 'AIMLE, the preset: constant-free, 16 draws, padding masked', colourOf('aimle')),
      of('AIMLE, official', 'official AIMLE', colourOf('aimle')),
      of('IMLE, official', 'official IMLE', colourOf('imle')),
      of('relaxed subset', 'relaxed subset, official code', ink('muted')),
      of('straight-through', 'straight-through, official code', colourOf('straightThrough')),
    ],
    2,
  );
}

function regrets(page: string): Figure {
  const rows = tableOf(page, /cost_ratio/);
  const percent = (name: string, label: string, colour: string): Bar => {
    const cells = row(rows, name).filter((value) => value > 0.99 && value < 2);
    return { label, value: 100 * (cells.at(-1)! - 1), colour };
  };
  return bars(
    'results-paths',
    'Extra cost of predicted paths in percent: IMLE 0.29, AIMLE 0.37, Fenchel-Young 0.41, black-box 1.56, perturbed optimiser 3.73.',
    'What predicted paths cost more than the best ones, in percent, on 1,000 unseen maps; mean of three seeds. Lower is better.',
    0,
    4,
    [
      percent('IMLE', 'IMLE, lambda 10', colourOf('imle')),
      percent('AIMLE', 'AIMLE', colourOf('aimle')),
      percent('Fenchel-Young', 'Fenchel–Young', ink('muted')),
      percent('black-box', 'black box', ink('muted')),
      percent('perturbed optimiser', 'perturbed optimiser', ink('muted')),
    ],
    2,
  );
}

function relations(page: string): Figure {
  const rows = tableOf(page, /method .*official ELBO/);
  const of = (label: string, name: string, colour: string): Bar => ({
    label,
    value: -row(rows, name)[0]!,
    colour,
  });
  return bars(
    'results-nri',
    'Negative ELBO at 310 steps from three starts: score function 1336, stochastic softmax 1379, AIMLE 1456, IMLE 1811.',
    'Negative ELBO in nats per vertex after 310 steps from the best of three starts; mean of three seeds. Lower is better.',
    0,
    2000,
    [
      of('score function', 'score-function-leave-one-out', colourOf('scoreFunction')),
      of('stochastic softmax', 'sst-tree', colourOf('stochasticSoftmax')),
      of('AIMLE, central', 'aimle-central', colourOf('aimle')),
      of('AIMLE, paper', 'aimle-paper-controller', colourOf('aimle')),
      of('IMLE, central', 'imle-central', colourOf('imle')),
    ],
    0,
  );
}

const charts = { dvae: bounds, l2x: explaining, paths: regrets, nri: relations };

/** The chart of each page of results, from the page's own tables. */
export function resultFigures(root: string): Map<string, string> {
  return new Map(
    Object.entries(charts).map(([name, draw]) => {
      const figure = draw(readFileSync(`${root}/apps/docs/pages/results/${name}.md`, 'utf8'));
      return [`${figure.name}.html`, htmlOf(figure)];
    }),
  );
}
