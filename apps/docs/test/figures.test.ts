import { expect, test } from 'vitest';
import { placeOn } from '../generate/figures/drawing/axes.js';
import { bars } from '../generate/figures/drawing/bars.js';
import { chart, legend } from '../generate/figures/drawing/chart.js';
import { htmlOf } from '../generate/figures/drawing/svg.js';

test('a logarithmic axis gives every decade the same length', () => {
  const place = placeOn({ label: '', from: 0.01, to: 100, ticks: [], logarithmic: true }, 0, 400);
  expect([0.01, 0.1, 1, 100].map((value) => Math.round(place(value)))).toEqual([0, 100, 200, 400]);
});

test('a figure has words for who does not see it, and no empty line, which would end it', () => {
  const html = htmlOf({
    name: 'f',
    label: 'a < "b"',
    width: 10,
    height: 5,
    shapes: ['<g/>'],
    caption: '{c}',
  });
  expect(html).toContain('role="img" aria-label="a &lt; &quot;b&quot;"');
  expect(html).toContain('&#123;c}');
  expect(html).not.toMatch(/\n\s*\n/);
});

test('lines go through their points, upwards for greater values', () => {
  const axis = { label: '', from: 0, to: 1, ticks: [] };
  const points: [number, number][] = [
    [0, 0],
    [1, 1],
  ];
  const { shapes } = chart(axis, axis, [{ name: '', ink: 'c1', points }]);
  const [, first, last] = /points="([\d.,]+) ([\d.,]+)"/.exec(shapes.at(-1)!) ?? [];
  const [[x0, y0], [x1, y1]] = [first!, last!].map((place) => place.split(',').map(Number)) as [
    [number, number],
    [number, number],
  ];
  expect(x1).toBeGreaterThan(x0);
  expect(y1).toBeLessThan(y0);
});

test('names that do not fit into one row go into the next', () => {
  const many = Array.from({ length: 5 }, () => ({ name: 'x'.repeat(20), ink: 'c1' as const }));
  expect(legend(many).height).toBeGreaterThan(legend(many.slice(0, 1)).height);
});

test('a bar below zero hangs from the line of zero', () => {
  const axis = { label: '', from: -1, to: 1, ticks: [] };
  const { shapes } = bars(['a'], axis, [{ name: 's', ink: 'c1', values: [-1] }]);
  const bar = shapes.find((shape) => shape.startsWith('<rect'))!;
  const [, y, height] = /y="([\d.]+)".* height="([\d.]+)"/.exec(bar) ?? [];
  const zero = /y1="([\d.]+)"/.exec(shapes.at(-1)!)?.[1];
  expect(y).toBe(zero);
  expect(Number(height)).toBeGreaterThan(50);
});
