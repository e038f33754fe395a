/**
 * Every method of neural relational inference for as many steps, one run after the other, seed by seed:
 *
 *   node --conditions=@aimle/source --import tsx bench/methods.ts FOLDER [steps=310] [starts=3] [seeds=0,1,2] [methods=a,b]
 *
 * One JSON line a run is appended to FOLDER/results.jsonl; runs that are there are left out, and one that was cut off goes
 * on. AIMLE_ENGINE names the engine.
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useEngine } from '@aimle/engine';
import { trainTask } from '@aimle/training';
import { neuralRelationalInference, type RelationalConfig } from '../src/index.js';

const { quick } = neuralRelationalInference.presets;

const METHODS: Readonly<Record<string, Partial<RelationalConfig>>> = {
  'aimle-central': { method: 'aimle', difference: 'central' },
  'sst-tree': { method: 'stochastic-softmax' },
  'aimle-forward': { method: 'aimle', difference: 'forward' },
  imle: { method: 'imle', difference: 'forward', lambda: 10 },
  'straight-through': { method: 'straight-through' },
  'score-function-moving-average': { method: 'score-function', baseline: 'moving-average' },
  nvil: { method: 'nvil' },
  'aimle-paper-controller': { method: 'aimle', difference: 'forward', perturbation: 'paper' },
  'sst-top-k': { method: 'stochastic-softmax', structure: 'top-k' },
  'sst-independent': { method: 'stochastic-softmax', structure: 'independent' },
  'score-function-leave-one-out': { method: 'score-function', baseline: 'leave-one-out', samples: 2 },
  'score-function-none': { method: 'score-function', baseline: 'none' },
  'imle-central': { method: 'imle', difference: 'central', lambda: 0.3 },
};

const [folder, ...settings] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('usage: bench/methods.ts FOLDER [steps=310] [starts=3] [seeds=0,1,2] [methods=a,b]');
const asked = Object.fromEntries(settings.map((setting) => setting.split('=') as [string, string]));
const steps = Number(asked['steps'] ?? 310);
const starts = Number(asked['starts'] ?? quick.starts);
const seeds = (asked['seeds'] ?? '0,1,2').split(',').map(Number);
const methods = asked['methods']?.split(',') ?? Object.keys(METHODS);

await mkdir(folder, { recursive: true });
const results = join(folder, 'results.jsonl');
const done = new Set(
  (await readFile(results, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { run: string }).run),
);
const engine = await useEngine((process.env['AIMLE_ENGINE'] as 'auto' | undefined) ?? 'auto', {
  report: () => {},
});

for (const seed of seeds) {
  for (const method of methods) {
    const run = `${method}-${steps}-${seed}`;
    if (done.has(run)) continue;
    const path = join(folder, run);
    const begun = await readFile(join(path, 'config.json')).then(
      () => true,
      () => false,
    );
    const cpu = process.cpuUsage();
    const { metrics } = await trainTask(
      neuralRelationalInference,
      { ...quick, starts, ...METHODS[method], seed, steps },
      { run: path, resume: begun, dataFolder: '' },
    );
    const { user, system } = process.cpuUsage(cpu);
    // A run that was cut off spent more than this.
    const cpuSeconds = begun ? null : Math.round((user + system) / 1e4) / 100;
    await appendFile(
      results,
      `${JSON.stringify({ run, method, seed, steps, cpuSeconds, engine: engine.name, ...metrics })}\n`,
    );
  }
}
