import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  besideKnown,
  type Study,
  type StudyPanel,
  studySvg,
  studyTable,
  withError,
  writeStudy,
  writeStudyPlots,
} from '../src/index.js';

const point = (x: number, mean: number, known?: number) => ({
  x,
  mean,
  error: 0.05,
  known: known === undefined ? null : { value: known },
  difference: known === undefined ? null : (mean - known) / 0.05,
});

const panel: StudyPanel = {
  title: 'Similarity',
  caption: 'Made up.',
  xLabel: 'S',
  yLabel: 'cosine <with> "truth"',
  xScale: 'log',
  yRange: [0, 1],
  curves: [
    { label: 'IMLE', difference: 'forward', points: [point(1, 0.25, 0.3), point(10, 0.5), point(100, 0.75)] },
    { label: 'IMLE', difference: 'central', points: [point(1, 0.5), point(100, 1)] },
    { label: 'exact & <b>true</b>', difference: null, points: [point(10, 1)] },
  ],
  levels: [{ label: 'straight-through', mean: 0.4, error: 0, known: null, difference: null }],
};

const study: Study = {
  title: 'Two <points>',
  truth: 'a made-up truth',
  corrections: ['D0: nothing & more'],
  known: 'made up',
  settings: { seeds: 3, noise: 'gumbel' },
  panels: [panel],
};

describe('the plot', () => {
  const svg = studySvg(panel, 600, 300);
  const numbers = (text: string): number[] =>
    [...text.matchAll(/-?\d+(\.\d+)?/g)].map(([number]) => Number(number));

  /** What is drawn of a series. */
  const drawn = (label: string): string =>
    new RegExp(`<g data-series="${label}"[^]*?</g>`).exec(svg)?.[0] ?? '';
  const lineOf = (label: string) =>
    numbers(/ d="(M[^"]+)"/.exec(drawn(label))![1]!) as [number, number, number, number, number, number];

  it('puts equal ratios of x and equal steps of y at equal distances', () => {
    const [x1, y1, x2, y2, x3, y3] = lineOf('IMLE, forward');
    expect(x3 - x2).toBeCloseTo(x2 - x1, 0);
    expect(y1 - y2).toBeCloseTo(y2 - y3, 0);
    expect(y1).toBeGreaterThan(y3);
    expect(x1).toBeLessThan(x3);
  });

  it('has a bar of one standard error each way, and a diamond where a figure is known', () => {
    const [, low, high] = numbers(/ d="(M[\d. ]+V[\d.]+)"/.exec(drawn('IMLE, forward'))![1]!);
    const [, y1, , y2] = lineOf('IMLE, forward');
    expect(low! - high!).toBeCloseTo(Math.abs(y1 - y2) * 0.4, 0);
    expect(svg.match(/data-series="known/g)).toHaveLength(1);
    expect(drawn('known: IMLE, forward').match(/<path/g)).toHaveLength(1);
  });

  it('gives one colour to both differences of a label, and dashes to one of them', () => {
    const [forward, central] = [drawn('IMLE, forward'), drawn('IMLE, central')];
    const colour = / stroke="([^"]+)"/;
    expect(colour.exec(forward)![1]).toBe(colour.exec(central)![1]);
    expect(forward).toContain('stroke-dasharray');
    expect(central).not.toContain('stroke-dasharray');
    expect(drawn('straight-through')).toMatch(/stroke="var\(--ink-2\)".*stroke-dasharray/);
  });

  it('escapes labels, carries its style, and is told in words', () => {
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('exact &amp; &lt;b&gt;true');
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('IMLE, forward from 0.250 to 0.750');
  });

  it('makes room below for a legend of many lines', () => {
    const many = {
      ...panel,
      curves: Array.from({ length: 12 }, (_, i) => ({ ...panel.curves[2]!, label: `method ${i}` })),
    };
    const heightOf = (text: string) => Number(/ height="(\d+)"/.exec(text)![1]);
    expect(heightOf(studySvg(many, 300, 300))).toBeGreaterThan(heightOf(svg) + 60);
  });
});

describe('the table', () => {
  it('has a row a curve, and nothing where a curve has no such x', () => {
    const { columns, rows } = studyTable(panel);
    expect(columns).toEqual(['1', '10', '100']);
    expect(rows.map(({ label }) => label)).toEqual(['IMLE, forward', 'IMLE, central', 'exact & <b>true</b>']);
    expect(rows[1]!.cells.map((cell) => cell?.mean ?? null)).toEqual([0.5, null, 1]);
  });

  it('has a row an x where there are many', () => {
    const points = Array.from({ length: 9 }, (_, i) => point(10 ** i, 0.5));
    const { columns, rows } = studyTable({ ...panel, curves: [{ label: 'A', difference: null, points }] });
    expect(columns).toEqual(['A']);
    expect(rows).toHaveLength(9);
    expect(rows[8]!.label).toBe('100,000,000');
  });

  it('shows only the x that are named, where some are', () => {
    expect(studyTable({ ...panel, tabled: [1, 100, 7] }).columns).toEqual(['1', '100']);
  });

  it('rounds to the digits that its error allows', () => {
    expect(withError({ mean: 0.94712, error: 0.0123 })).toBe('0.947 ± 0.012');
    expect(withError({ mean: 94.712, error: 12.3 })).toBe('95 ± 12');
    expect(withError({ mean: 0.5, error: 0 })).toBe('0.5000');
    expect(withError({ mean: 0.5, error: 1e-17 })).toBe('0.5000');
    expect(besideKnown({ known: { value: 0.2 }, difference: 1.26 })).toBe('known 0.2, +1.3');
    expect(besideKnown({ known: { value: 0.2 }, difference: -0.04 })).toBe('known 0.2, 0.0');
    expect(besideKnown({ known: null, difference: null })).toBeNull();
  });
});

describe('the page', () => {
  it('is one file with plots, tables, corrections and the command, and refers to nothing outside', async () => {
    const out = join(await mkdtemp(join(tmpdir(), 'study-')), 'deep', 'page.html');
    await writeStudy(study, out, 'aimle reproduce <this>');
    const page = await readFile(out, 'utf8');
    for (const text of [
      'Two &lt;points&gt;',
      'a made-up truth',
      'D0: nothing &amp; more',
      'aimle reproduce &lt;this&gt;',
      '0.250 ± 0.050',
      'known 0.3, −1.0',
      'seeds',
      'Diamonds: known figures.',
    ]) {
      expect(page).toContain(text);
    }
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    const ids = [...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has plots that can be written as files of their own', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'study-')), 'deep');
    expect(await writeStudyPlots({ panels: [panel, panel] }, folder, 'two')).toEqual(
      ['two-1.svg', 'two-2.svg'].map((name) => join(folder, name)),
    );
    expect((await readdir(folder)).sort()).toEqual(['two-1.svg', 'two-2.svg']);
    expect(await readFile(join(folder, 'two-2.svg'), 'utf8')).toMatch(/^<svg xmlns.*<\/svg>\s*$/s);
  });

  it('leaves nothing behind where a page cannot be put', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'study-'));
    await mkdir(join(folder, 'page.html'));
    await expect(writeStudy(study, join(folder, 'page.html'), 'command')).rejects.toThrow('it is a folder');
    expect(await readdir(folder)).toEqual(['page.html']);
  });
});
