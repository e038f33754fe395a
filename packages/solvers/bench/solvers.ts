/** Time of one instance by structure and regime: `node --conditions=@aimle/source --import tsx bench/solvers.ts`. */
import { useKernels } from '@aimle/kernels';
import { fillGumbel, key } from '@aimle/random';
import {
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  perfectMatching,
  permutation,
  ranking,
  type Solver,
  spanningTree,
  topK,
} from '../src/index.js';

const cases: readonly (readonly [string, Solver])[] = [
  ['topK size 20 k 1', topK({ size: 20, k: 1 })],
  ['topK size 20 k 10', topK({ size: 20, k: 10 })],
  ['topK size 100 k 10', topK({ size: 100, k: 10 })],
  ['topK size 200 k 10', topK({ size: 200, k: 10 })],
  ['topK size 350 k 10', topK({ size: 350, k: 10 })],
  ['topK size 10000 k 50', topK({ size: 10_000, k: 50 })],
  ['topK size 10000 k 5000', topK({ size: 10_000, k: 5_000 })],
  ['topK size 100000 k 1000', topK({ size: 100_000, k: 1_000 })],
  ['topK size 1000000 k 10', topK({ size: 1_000_000, k: 10 })],
  ['topK size 1000000 k 500000', topK({ size: 1_000_000, k: 500_000 })],
  ['atMostK size 20 k 5', atMostK({ size: 20, k: 5 })],
  ['bernoulli size 64', bernoulli({ size: 64 })],
  ['betweenK size 350 5 to 20', betweenK({ size: 350, low: 5, high: 20 })],
  ['categorical size 20', categorical({ size: 20 })],
  ['categorical size 1000', categorical({ size: 1_000 })],
  ['ranking size 20', ranking({ size: 20 })],
  ['ranking size 1000', ranking({ size: 1_000 })],
  ['permutation items 5', permutation({ items: 5 })],
  ['permutation items 10', permutation({ items: 10 })],
  ['permutation items 20', permutation({ items: 20 })],
  ['perfectMatching vertices 20', perfectMatching({ vertices: 20 })],
  ['spanningTree vertices 10', spanningTree({ vertices: 10 })],
  ['spanningTree vertices 100', spanningTree({ vertices: 100 })],
];

/** In a batch: few enough that a round ends before the operating system interrupts it. */
const NUMBERS = 8_000;
const ROUNDS = 100;

/** The fastest time of a row, in TypeScript and by kernels in turn: other programs only add time. */
async function nanoseconds(solver: Solver): Promise<readonly [number, number]> {
  const rows = Math.max(1, Math.round(NUMBERS / solver.size));
  const theta = new Float32Array(rows * solver.size);
  const z = new Float32Array(theta.length);
  fillGumbel(key(1), theta);
  const times: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < ROUNDS; repeat++) {
    for (const way of [0, 1] as const) {
      await useKernels(way === 1);
      const start = performance.now();
      solver.solve(theta, z, rows);
      times[way].push(((performance.now() - start) * 1e6) / rows);
    }
  }
  const [typescript, kernels] = times.map((all) => Math.min(...all));
  return [typescript!, kernels!];
}

process.stdout.write(`${'ns/row, fastest'.padEnd(30)} TypeScript   kernels  ratio\n`);
for (const [name, solver] of cases) {
  const [typescript, kernels] = await nanoseconds(solver);
  const numbers = [typescript.toFixed(0).padStart(10), kernels.toFixed(0).padStart(9)];
  process.stdout.write(
    `${name.padEnd(30)} ${numbers.join(' ')} ${(typescript / kernels).toFixed(1).padStart(6)}\n`,
  );
}
