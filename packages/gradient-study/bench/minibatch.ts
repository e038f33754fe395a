/**
 * Prints the minibatch table, one line of JSON per structure and size: `... bench/minibatch.ts [seeds] [inputs]
 * [loss] [firstSeed]`.
 */
import { key } from '@aimle/random';
import { kSubset, measureMinibatch, tree } from '../src/index.js';

const [seedsText = '16', inputsText = '8', lossText = 'quadratic', firstText = '1000'] =
  process.argv.slice(2);
const seeds = Number(seedsText);
const inputs = Number(inputsText);
const loss = lossText === 'residual' ? 'residual' : 'quadratic';
const structures = [kSubset(5, 2), kSubset(20, 10), kSubset(50, 1), kSubset(10, 5), tree(5)];
for (const structure of structures) {
  for (const targets of ['own', 'shared'] as const) {
    for (const batch of [1, 10, 100]) {
      for (const samples of [1, 10]) {
        const repetitions = batch * samples > 100 ? 2 : Math.min(10, 200 / (batch * samples));
        const cells = measureMinibatch({
          structure,
          batch,
          samples,
          targets,
          loss,
          inputs,
          seeds,
          firstSeed: Number(firstText),
          repetitions,
          key: key(1),
        });
        const line = JSON.stringify({ structure: structure.name, targets, loss, inputs, batch, cells });
        process.stdout.write(`${line}\n`);
      }
    }
  }
}
