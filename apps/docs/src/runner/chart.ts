import { chartSvg } from '@aimle/report/chart';
import { element } from '../controls/element.js';
import type { Series } from './protocol.js';

/** A chart draws at most this many groups of values. */
const finest = 1_000;

export function chart(series: readonly Series[]): HTMLElement {
  const innerHTML = chartSvg({
    description: said(series),
    width: 560,
    height: 220,
    x: { from: 0, to: Math.max(1, ...series.map(({ values }) => values.length - 1)) },
    y: {},
    series: series.map(({ name, values }) => ({
      label: name,
      points: drawn(values).map((i) => [i, values[i] as number] as const),
    })),
    legend: true,
  });
  return element('figure', { className: 'runnable-chart', innerHTML });
}

/** The places of a line that are drawn: of long lines, the lowest and the highest point of each group. */
function drawn(values: readonly number[]): number[] {
  const group = Math.max(1, Math.ceil(values.length / finest));
  const places: number[] = [];
  for (let from = 0; from < values.length; from += group) {
    let [lowest, highest] = [-1, -1];
    for (let i = from; i < Math.min(from + group, values.length); i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      if (lowest < 0 || value < (values[lowest] as number)) lowest = i;
      if (highest < 0 || value > (values[highest] as number)) highest = i;
    }
    if (lowest >= 0) places.push(Math.min(lowest, highest));
    if (highest !== lowest) places.push(Math.max(lowest, highest));
  }
  return places;
}

function said(series: readonly Series[]): string {
  const parts = series.map(({ name, values }) => {
    const [first, last] = [values.at(0) ?? Number.NaN, values.at(-1) ?? Number.NaN];
    return `${name} from ${short(first)} to ${short(last)} over ${values.length} points`;
  });
  return `Line chart: ${parts.join('; ')}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
