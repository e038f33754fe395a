import { CELLS, cellsOf, edge, type Node } from '../quantileTable.js';
import { type Mixture, mixtureOf } from './mixture.js';
import { logLeftFactor, logQuantile, pointAt, UNDERFLOW } from './series.js';

/** The mixture that describes Y, and its tabulated quantile function. */
export interface QuantileTable {
  readonly mixture: Mixture;
  readonly cells: Float64Array;
}

/** Quantiles and their slopes in p at every edge of a side, from the median outwards. */
function nodesOf(mixture: Mixture, side: 'lower' | 'upper', logMedian: number): Node[] {
  const nodes: Node[] = new Array(CELLS);
  let v = logMedian;
  let elasticity = 0;
  for (let i = CELLS - 1; i >= 0; i--) {
    const p = edge(i);
    if (i < CELLS - 1) {
      v = logQuantile(mixture, p, side, v + elasticity * Math.log(p / edge(i + 1)));
    }
    if (v < UNDERFLOW) {
      nodes[i] = { value: 0, slope: 0 };
      elasticity = 0;
      continue;
    }
    const value = Math.exp(v);
    const slope = (side === 'lower' ? 1 : -1) / pointAt(mixture, value).density;
    nodes[i] = { value, slope };
    elasticity = (slope * p) / value;
  }
  return nodes;
}

function build(kappa: number, terms: number): QuantileTable {
  const mixture = mixtureOf(kappa, terms);
  const start = (Math.log(0.5) - logLeftFactor(mixture)) / mixture.rho;
  const logMedian = logQuantile(mixture, 0.5, 'lower', start);
  const cells = cellsOf(nodesOf(mixture, 'lower', logMedian), nodesOf(mixture, 'upper', logMedian));
  return { mixture, cells };
}

/** A table takes 160 KiB; a program uses one or two. */
const MAX_TABLES = 16;
const tables = new Map<string, QuantileTable>();

/** Returns the table of (kappa, terms). It is built at the first request; the last 16 tables are kept. */
export function tableOf(kappa: number, terms: number): QuantileTable {
  const name = `${kappa}/${terms}`;
  const table = tables.get(name) ?? build(kappa, terms);
  tables.delete(name);
  tables.set(name, table);
  if (tables.size > MAX_TABLES) tables.delete(tables.keys().next().value!);
  return table;
}
