/** Time of one instance by structure and regime: `node --conditions=@aimle/source --import tsx bench/solvers.ts`. */
import { fillGumbel, key } from '@aimle/random';
import {
  betweenK,
  categorical,
  perfectMatching,
  permutation,
  ranking,
  type Solver,
  spanningTree,
  topK,
} from '../src/index.js';

const cases: readonly (readonly [string, Solver, number])[] = [
  ['topK size 20 k 1', topK({ size: 20, k: 1 }), 20_000],
  ['topK size 20 k 10', topK({ size: 20, k: 10 }), 20_000],
  ['topK size 100 k 10', topK({ size: 100, k: 10 }), 5_000],
  ['topK size 200 k 10', topK({ size: 200, k: 10 }), 2_000],
  ['topK size 350 k 10', topK({ size: 350, k: 10 }), 1_000],
  ['topK size 10000 k 50', topK({ size: 10_000, k: 50 }), 50],
  ['topK size 10000 k 5000', topK({ size: 10_000, k: 5_000 }), 50],
  ['betweenK size 350 5 to 20', betweenK({ size: 350, low: 5, high: 20 }), 1_000],
  ['categorical size 20', categorical({ size: 20 }), 20_000],
  ['ranking size 20', ranking({ size: 20 }), 10_000],
  ['ranking size 1000', ranking({ size: 1_000 }), 100],
  ['permutation items 5', permutation({ items: 5 }), 10_000],
  ['permutation items 10', permutation({ items: 10 }), 2_000],
  ['permutation items 20', permutation({ items: 20 }), 500],
  ['perfectMatching vertices 20', perfectMatching({ vertices: 20 }), 500],
  ['spanningTree vertices 10', spanningTree({ vertices: 10 }), 20_000],
  ['spanningTree vertices 100', spanningTree({ vertices: 100 }), 200],
];

for (const [name, solver, rows] of cases) {
  const theta = new Float32Array(rows * solver.size);
  const z = new Float32Array(theta.length);
  fillGumbel(key(1), theta);
  const times: number[] = [];
  for (let repeat = 0; repeat < 25; repeat++) {
    const start = performance.now();
    solver.solve(theta, z, rows);
    times.push(((performance.now() - start) * 1e6) / rows);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${name.padEnd(28)} ${times[0]!.toFixed(0).padStart(9)} ns/row fastest ${times[12]!.toFixed(0).padStart(9)} median\n`,
  );
}
