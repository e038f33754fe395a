/**
 * Trains the preset `quick` by each method and seed: a line of JSON each, with its metrics on unseen maps and the
 * processor seconds that it took, drawing the maps included.
 * `... bench/methods.ts [METHOD...] [--seeds 0,1,2] [--engine wasm]`
 */
import { parseArgs } from 'node:util';
import { useEngine } from '@aimle/engine';
import { makeConfig, memoryStore, trainTask } from '@aimle/training';
import { type PathConfig, shortestPaths } from '../src/index.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '0,1,2' },
    engine: { type: 'string', default: 'wasm' },
  },
});
const { name: engine } = await useEngine(values.engine as 'wasm', { report: () => {} });
const all = ['aimle', 'imle', 'black-box', 'perturbed-optimiser', 'fenchel-young'];
for (const method of positionals.length > 0 ? positionals : all) {
  for (const seed of values.seeds.split(',').map(Number)) {
    const config = makeConfig<PathConfig>(shortestPaths, 'quick', { method, seed });
    const before = process.cpuUsage();
    const { steps, metrics } = await trainTask(shortestPaths, config, {
      run: memoryStore(method),
      dataFolder: '',
    });
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = Math.round((user + system) / 1e6);
    const { validation, test } = metrics;
    process.stdout.write(
      `${JSON.stringify({ method, seed, engine, steps, cpuSeconds, validation, test })}\n`,
    );
  }
}
