import { expect, it } from 'vitest';
import { type Chart, chartSvg } from '../src/chart/index.js';

const chart = (some: Partial<Chart>): string =>
  chartSvg({ description: 'a chart', width: 400, height: 200, x: {}, y: {}, series: [], ...some });
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!);
const line = (label: string, ...points: (readonly [number, number])[]) => ({ label, points });

it('rounds its axes outwards, to ticks of 1, 2 or 5', () => {
  const svg = chart({ series: [line('a', [0, 0.13], [40, 0.97])] });
  expect(texts(svg)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1', '0', '20', '40']);
});

it('keeps the ends that it is given, and what lies beyond a ceiling does not stretch it', () => {
  const given = chart({ y: { from: 1, to: 8, ticks: [1, 8] }, x: { ticks: [] } });
  expect(texts(given)).toEqual(['1', '8']);
  const high = chart({ y: { ceiling: 10 }, x: { ticks: [] }, series: [line('a', [0, 1], [1, 900], [2, 9])] });
  expect(texts(high).at(-1)).toBe('10');
});

it('gives every decade of a logarithmic axis the same length', () => {
  const svg = chart({ x: { scale: 'log' }, series: [line('a', [0.01, 0], [0.1, 1], [1, 2], [10, 3])] });
  const [, d] = / d="(M[^"]+)"/.exec(/data-series.*/.exec(svg)![0])!;
  const xs = [...d!.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x));
  expect(xs[1]! - xs[0]!).toBeCloseTo(xs[2]! - xs[1]!, 0);
  expect(xs[3]! - xs[2]!).toBeCloseTo(xs[2]! - xs[1]!, 0);
});

it('breaks a line where a value is no number, and draws values that are all equal', () => {
  const broken = chart({ series: [line('a', [0, 1], [1, 2], [2, Number.NaN], [3, 1], [4, 2])] });
  expect(/data-series.*? d="([^"]+)"/.exec(broken)![1]!.match(/M/g)).toHaveLength(2);
  const flat = chart({ series: [line('a', [0, 3], [1, 3])] });
  expect(flat).not.toMatch(/NaN|Infinity/);
  expect(chart({})).not.toMatch(/NaN|Infinity/);
});

it('puts bars side by side, and one below zero hangs from the line of zero', () => {
  const svg = chart({
    x: { from: -0.5, to: 1.5, ticks: [0, 1] },
    y: { from: -1, to: 1 },
    series: [
      { ...line('a', [0, -1], [1, 1]), mark: 'bar' },
      { ...line('b', [0, 1], [1, -1]), mark: 'bar' },
    ],
  });
  const bars = [
    ...svg.matchAll(/<rect stroke="none" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ];
  const [down, up, , other] = bars.map(([, ...places]) => places.map(Number)) as [
    number,
    number,
    number,
    number,
  ][];
  expect(down![1]).toBeCloseTo(up![1] + up![3], 1);
  expect(other![1]).toBeCloseTo(down![1], 1);
  const second = bars[2]!.slice(1).map(Number);
  expect(second[0]! - down![0]).toBeGreaterThan(second[2]!);
});

it('lets an overlay know where values are', () => {
  let x = 0;
  const svg = chart({
    x: { from: 0, to: 1 },
    overlay: (plot) => {
      x = plot.x(0.5);
      return '<g id="mine"/>';
    },
  });
  expect(svg).toContain('<g id="mine"/></svg>');
  expect(x).toBeGreaterThan(150);
});
