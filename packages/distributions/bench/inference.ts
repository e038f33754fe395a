/**
 * Milliseconds per instance of each operation, by structure: `node --conditions=@aimle/source --import tsx
 * bench/inference.ts [WORDS]`. WORDS selects the cases whose names contain them.
 */
import { fillNormal, foldIn, key } from '@aimle/random';
import {
  arborescence,
  chain,
  type Distribution,
  graphPath,
  knapsack,
  projectiveTree,
  spanningTree,
  topK,
} from '../src/index.js';

/** The edges of a grid of cells, each to its neighbours on the right and below. */
function grid(side: number): number[] {
  const edges: number[] = [];
  for (let cell = 0; cell < side * side; cell++) {
    if ((cell + 1) % side !== 0) edges.push(cell, cell + 1);
    if (cell + side < side * side) edges.push(cell, cell + side);
  }
  return edges;
}

const across = (side: number): Distribution =>
  graphPath({ vertices: side * side, edges: grid(side), from: 0, to: side * side - 1, acyclic: true });

/** A path through all vertices, and every fifth neighbour. */
function ladder(vertices: number): number[] {
  const edges: number[] = [];
  for (let v = 1; v < vertices; v++) edges.push(v - 1, v);
  for (let v = 5; v < vertices; v++) edges.push(v - 5, v);
  return edges;
}

/** Name, distribution, standard deviation of theta; every how manieth element is forbidden. */
const cases: readonly (readonly [string, Distribution, number, number?])[] = [
  ['spanningTree 5', spanningTree({ vertices: 5 }), 1],
  ['spanningTree 10', spanningTree({ vertices: 10 }), 1],
  ['spanningTree 30', spanningTree({ vertices: 30 }), 1],
  ['spanningTree 100', spanningTree({ vertices: 100 }), 1],
  ['spanningTree 300', spanningTree({ vertices: 300 }), 1],
  ['spanningTree 100 sparse', spanningTree({ vertices: 100, edges: ladder(100) }), 1],
  ['spanningTree 100, spread 1000', spanningTree({ vertices: 100 }), 100],
  ['arborescence 10, root 0', arborescence({ vertices: 10, root: 0 }), 1],
  ['arborescence 30, root 0', arborescence({ vertices: 30, root: 0 }), 1],
  ['arborescence 100, root 0', arborescence({ vertices: 100, root: 0 }), 1],
  ['arborescence 100, root 0, masks', arborescence({ vertices: 100, root: 0 }), 1, 7],
  ['arborescence 30, free root', arborescence({ vertices: 30 }), 1],
  ['arborescence 100, free root', arborescence({ vertices: 100 }), 1],
  ['chain 100 of 10, masks', chain({ length: 100, labels: 10 }), 1, 7],
  ['chain 20 of 5', chain({ length: 20, labels: 5 }), 1],
  ['chain 100 of 10', chain({ length: 100, labels: 10 }), 1],
  ['chain 50 of 50', chain({ length: 50, labels: 50 }), 1],
  ['chain 100 of 10, spread 1000', chain({ length: 100, labels: 10 }), 100],
  ['topK 20, k 10', topK({ size: 20, k: 10 }), 1],
  ['topK 100, k 10', topK({ size: 100, k: 10 }), 1],
  ['topK 350, k 10', topK({ size: 350, k: 10 }), 1],
  ['topK 1000, k 100', topK({ size: 1000, k: 100 }), 1],
  ['topK 350, k 10, spread 1000', topK({ size: 350, k: 10 }), 100],
  ['projectiveTree 10', projectiveTree({ words: 10 }), 1],
  ['projectiveTree 40', projectiveTree({ words: 40 }), 1],
  ['graphPath grid 12', across(12), 1],
  ['graphPath grid 30', across(30), 1],
  [
    'knapsack 50, capacity 200',
    knapsack({ weights: Array.from({ length: 50 }, (_, i) => 1 + ((7 * i) % 23)), capacity: 200 }),
    1,
  ],
];

const operations = {
  logPartition: (d: Distribution, theta: Float64Array) => d.logPartition(theta),
  marginals: (d: Distribution, theta: Float64Array, _: Float64Array, out: Float64Array) =>
    d.marginals(theta, out),
  covarianceProduct: (d: Distribution, theta: Float64Array, v: Float64Array, out: Float64Array) =>
    d.covarianceProduct(theta, v, out),
  entropy: (d: Distribution, theta: Float64Array) => d.entropy(theta),
  sample: (d: Distribution, theta: Float64Array, _: Float64Array, out: Float64Array) =>
    d.sample(key(1), theta, out),
} as const;

/** The fastest of the rounds that fit into some 300 milliseconds, each of as many calls as take one or more. */
function fastest(run: () => unknown): number {
  run();
  let calls = 1;
  let best = Infinity;
  const end = performance.now() + 300;
  for (let round = 0; round < 5 || performance.now() < end; round++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run();
    const spent = performance.now() - start;
    if (spent < 1) calls *= 2;
    else best = Math.min(best, spent / calls);
  }
  return best;
}

const words = process.argv.slice(2).join(' ');
process.stdout.write(
  `${''.padEnd(32)}${Object.keys(operations)
    .map((name) => name.padStart(18))
    .join('')}\n`,
);
for (const [c, [name, distribution, deviation, masked]] of cases.entries()) {
  if (!name.includes(words)) continue;
  const { size } = distribution;
  const theta = new Float64Array(size);
  const v = new Float64Array(size);
  fillNormal(foldIn(key(1), c), theta);
  fillNormal(foldIn(key(2), c), v);
  for (let i = 0; i < size; i++) theta[i] = masked && i % masked === 0 ? -Infinity : theta[i]! * deviation;
  const out = new Float64Array(size);
  const times = Object.values(operations).map((run) => fastest(() => run(distribution, theta, v, out)));
  process.stdout.write(`${name.padEnd(32)}${times.map((ms) => ms.toPrecision(4).padStart(18)).join('')}\n`);
}
