/**
 * Speedup from threads, as a ratio within one run that alternates between one thread and several:
 * `node --conditions=@aimle/source --import tsx bench/threads.ts`.
 */
import { fillGumbel, key } from '@aimle/random';
import { assignment, chain, type Solver, topK, travellingSalesman } from '../src/index.js';
import { inThreads } from '../src/threads.js';

const cases: readonly (readonly [string, Solver, number])[] = [
  ['travellingSalesman 11', travellingSalesman({ vertices: 11 }), 64],
  ['assignment 100 x 100', assignment({ left: 100, right: 100 }), 128],
  ['chain 100 x 50', chain({ length: 100, labels: 50 }), 64],
  ['topK 100 k 10', topK({ size: 100, k: 10 }), 256],
];
const threads = Number(process.argv[2] ?? 2);

for (const [name, solver, rows] of cases) {
  const alone = await inThreads(solver, { threads: 1 });
  const together = await inThreads(solver, { threads });
  const theta = new Float32Array(rows * alone.size);
  const z = new Float32Array(theta.length);
  fillGumbel(key(1), theta);
  const timed = (each: Solver): number => {
    const start = performance.now();
    each.solve(theta, z, rows);
    return performance.now() - start;
  };
  const pairs = Array.from({ length: 15 }, () => [timed(alone), timed(together)] as const).slice(3);
  const fastest = (which: 0 | 1) => Math.min(...pairs.map((pair) => pair[which]));
  const ratios = pairs.map(([one, many]) => one / many).sort((a, b) => a - b);
  process.stdout.write(
    `${name.padEnd(24)} alone ${fastest(0).toFixed(2).padStart(8)} ms, ${threads} threads ${fastest(1).toFixed(2).padStart(8)} ms, ` +
      `fastest ${(fastest(0) / fastest(1)).toFixed(2)} times, median ${ratios[ratios.length >> 1]!.toFixed(2)} times\n`,
  );
  together.dispose();
}
