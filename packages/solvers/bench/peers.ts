/**
 * Our side of `bench/peers.py`, which starts it: reads one case per line, and answers with the milliseconds of
 * processor time that one instance takes, the fastest of many rounds, and the value of each answer, so that the two sides can be compared.
 */
import { createInterface } from 'node:readline';
import { useKernels } from '@aimle/kernels';
import type { StructureDescription } from '../src/index.js';
import { solverOf } from '../src/structures.js';

interface Case extends StructureDescription {
  readonly seed: number;
  readonly rows: number;
  /** Theta holds integers in [1, levels]. */
  readonly levels: number;
}

/** The same numbers as `numbers` in peers.py: a counter, mixed by murmur3's finaliser. */
function numbers(seed: number, count: number, levels: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let x = Math.imul(seed, 0x9e3779b9) + i;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (((x ^ (x >>> 16)) >>> 8) % levels) + 1;
  });
}

await useKernels();
for await (const line of createInterface({ input: process.stdin })) {
  const { seed, rows, levels, ...description } = JSON.parse(line) as Case;
  const solver = solverOf(description);
  const theta = numbers(seed, rows * solver.size, levels);
  const z = new Float32Array(theta.length);
  let fastest = Infinity;
  const end = performance.now() + 400;
  do {
    const start = process.cpuUsage();
    solver.solve(theta, z, rows);
    const { user, system } = process.cpuUsage(start);
    fastest = Math.min(fastest, (user + system) / 1000);
  } while (performance.now() < end);
  const values = Array.from({ length: rows }, (_, row) => {
    let value = 0;
    for (let i = row * solver.size; i < (row + 1) * solver.size; i++) value += theta[i]! * z[i]!;
    return value;
  });
  process.stdout.write(`${JSON.stringify({ ms: fastest / rows, values })}\n`);
}
