import { chartSvg } from '../chart/chart.js';
import type { Series } from '../chart/series.js';
import { Html } from '../html.js';
import type { StudyPanel } from './study.js';
import { nameOf } from './studyTable.js';

/** Draws a panel as SVG: curves with standard errors, diamonds for known figures, dotted levels, a legend below. */
export function studyPlot(panel: StudyPanel, width: number, height: number): Html {
  const { title, curves, levels, xLabel, yLabel, xScale, yRange } = panel;
  const labels = [...new Set([...curves, ...levels].map(({ label }) => label))];
  const colourOf = (label: string): string => `var(--ink-${labels.indexOf(label) % 6})`;
  const xs = curves.flatMap(({ points }) => points.map(({ x }) => x));
  const [from, to] = [xScale === 'log' ? Math.min(...xs) : 0, Math.max(...xs)];
  const measured = curves.map(
    (curve): Series => ({
      label: nameOf(curve),
      colour: colourOf(curve.label),
      line: curve.difference === 'forward' ? 'dashed' : 'solid',
      mark: 'dot',
      points: curve.points.map(({ x, mean, error }) => [x, mean, error]),
    }),
  );
  const known = curves.map(
    (curve): Series => ({
      label: `known: ${nameOf(curve)}`,
      colour: colourOf(curve.label),
      line: 'none',
      mark: 'diamond',
      listed: false,
      points: curve.points.flatMap(({ x, known }) => (known === null ? [] : [[x, known.value] as const])),
    }),
  );
  const svg = chartSvg({
    description: describe(panel),
    width,
    height,
    x: { label: xLabel, scale: xScale, from, to },
    y: { label: yLabel, from: yRange[0], to: yRange[1] },
    series: [...measured, ...known.filter(({ points }) => points.length > 0)],
    levels: levels.map(({ label, mean }) => ({ label, value: mean, colour: colourOf(label) })),
    legend: true,
  });
  return new Html(svg);

  function describe({ curves }: StudyPanel): string {
    const ends = curves.map((curve) => {
      const [first, last] = [curve.points[0]!, curve.points.at(-1)!];
      return `${nameOf(curve)} from ${first.mean.toFixed(3)} to ${last.mean.toFixed(3)}`;
    });
    return `${title}: ${yLabel} over ${xLabel}; ${ends.join('; ')}`;
  }
}
