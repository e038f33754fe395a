import { readFileSync } from 'node:fs';
import { chartSvg } from '@aimle/report/chart';
import { colourOf } from '../../src/estimatorColours.js';
import { escaped } from '../drawing.js';

const shown = {
  simple: 'simple',
  'stochastic-softmax': 'stochasticSoftmax',
  'score-function-leave-one-out': 'scoreFunction',
  aimle: 'aimle',
  imle: 'imle',
  'straight-through': 'straightThrough',
} as const;
const samples = [1, 10, 100];

interface Row {
  readonly name: string;
  /** For each structure the cosine at each number of samples; NaN where there is none. */
  readonly cosines: readonly (readonly number[])[];
}

/** The table of measurements on the page that helps to choose. */
export function measuredRows(page: string): {
  readonly structures: readonly string[];
  readonly rows: readonly Row[];
} {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => /^\| estimator +\| 5 of 10/.test(line));
  if (at < 0) throw new Error('figures: choose.md has no table of cosines');
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const rows: Row[] = [];
  for (const line of lines.slice(at + 2)) {
    if (!line.startsWith('|')) break;
    const [name = '', ...values] = cells(line);
    const cosines = values.map((value) =>
      samples.map((_, i) => Number.parseFloat(value.split('/')[i]?.trim() ?? '')),
    );
    rows.push({ name: /`([\w-]+)`/.exec(name)?.[1] ?? name, cosines });
  }
  return { structures: cells(lines[at] as string).slice(1), rows };
}

/** Small multiples: the cosine over the number of samples, a chart for each structure, a line for each estimator. */
export function cosinesOverSamples(root: string): string {
  const { structures, rows } = measuredRows(readFileSync(`${root}/apps/docs/pages/choose.md`, 'utf8'));
  const charts = structures.map((structure, at) => {
    const series = rows.flatMap(({ name, cosines }) => {
      const label = shown[name as keyof typeof shown];
      const points = samples.flatMap((count, i): [number, number][] => {
        const value = cosines[at]?.[i] ?? Number.NaN;
        return Number.isNaN(value) ? [] : [[count, value]];
      });
      return label && points.length > 0 ? [{ label, colour: colourOf(label), points }] : [];
    });
    const svg = chartSvg({
      description: `Cosine over samples for ${structure}: ${series.map(({ label, points }) => `${label} ${points.map(([, value]) => value).join(', ')}`).join('; ')}`,
      width: 330,
      height: 220,
      x: { label: 'samples', from: 1, to: 100, ticks: samples, scale: 'log' },
      y: { label: 'cosine', from: 0, to: 1, ticks: [0, 0.5, 1] },
      series,
      legend: false,
    });
    return `<div class="multiple"><p>${escaped(structure)}</p>\n${svg}</div>`;
  });
  const key = Object.values(shown).map(
    (name) => `<li><span style="background:${colourOf(name)}"></span><code>${name}</code></li>`,
  );
  return `<figure class="figure multiples">\n<div>\n${charts.join('\n')}\n</div>\n<ul>${key.join('')}</ul>\n</figure>\n`;
}
