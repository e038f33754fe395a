import type { Axis, Chart, Series } from '@aimle/report/chart';

/** Bars side by side in named groups. */
export function bars(
  groups: readonly string[],
  y: Axis,
  series: readonly (Omit<Series, 'points'> & { readonly values: readonly number[] })[],
): Pick<Chart, 'x' | 'y' | 'series'> {
  return {
    x: {
      from: -0.5,
      to: groups.length - 0.5,
      ticks: groups.map((_, group) => group),
      format: (group) => groups[group]!,
    },
    y,
    series: series.map(({ values, ...rest }) => ({
      ...rest,
      mark: 'bar',
      points: values.map((value, group) => [group, value] as const),
    })),
  };
}
