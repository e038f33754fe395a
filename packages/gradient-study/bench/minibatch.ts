/** The minibatch table: `... bench/minibatch.ts [seeds]`. */
import { key } from '@aimle/random';
import { kSubset, measureMinibatch, tree } from '../src/index.js';

const seeds = Number(process.argv[2] ?? 16);
for (const structure of [kSubset(5, 2), kSubset(20, 10), kSubset(50, 1), kSubset(10, 5), tree(5)]) {
  for (const targets of ['own', 'shared'] as const) {
    for (const batch of [1, 10, 100]) {
      for (const samples of [1, 10]) {
        const repetitions = batch * samples > 100 ? 2 : Math.min(10, 200 / (batch * samples));
        const cells = measureMinibatch({
          structure,
          batch,
          samples,
          targets,
          seeds,
          repetitions,
          key: key(1),
        });
        const line = JSON.stringify({ structure: structure.name, targets, batch, cells });
        process.stdout.write(`${line}\n`);
      }
    }
  }
}
