import { fillGumbel, key } from '@aimle/random';
import { travellingSalesman } from '@aimle/solvers';
import { inThreads } from '@aimle/solvers/threads';
import { report, train } from './attempts.js';

/** The same tours from two threads as from one. */
async function solveInThreads(): Promise<string> {
  const [vertices, rows] = [9, 40];
  const alone = travellingSalesman({ vertices });
  const theta = new Float32Array(rows * alone.size);
  fillGumbel(key(2), theta);
  const [expected, z] = [new Float32Array(theta.length), new Float32Array(theta.length)];
  alone.solve(theta, expected, rows);
  const together = await inThreads(alone, { threads: 2 });
  together.solve(theta, z, rows);
  together.dispose();
  if (z.some((value, i) => value !== expected[i])) throw new Error('the tours are others than of one thread');
  return `${together.threads} threads, ${rows} tours`;
}

await report({
  'Vite, wasm': () => train('wasm'),
  'Vite, webgl': () => train('webgl'),
  'Vite, solvers in threads': solveInThreads,
});
