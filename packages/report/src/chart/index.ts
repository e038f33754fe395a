// Charts

// Parts of a chart
export type { Axis } from './axis.js';
export { type Chart, chartSvg } from './chart.js';
export type { Plot, Point, Series } from './series.js';
