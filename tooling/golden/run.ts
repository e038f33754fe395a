/**
 * Runs the golden vectors, the answers of the paper's official code on fixed inputs, against this project.
 *
 * usage: pnpm test:golden        (AIMLE_GOLDEN names the folder; default ../shared/golden)
 */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { useEngine } from '@aimle/engine';
import type { Check } from './check.js';
import { checkDistributions } from './distributions.js';
import { checkDvae } from './dvae.js';
import { checkEstimators } from './estimators.js';
import { checkGraphLayout } from './graphLayout.js';
import { checkL2x } from './l2x.js';
import { checkNoise } from './noise.js';
import { checkNri } from './nri.js';

const suites: Readonly<Record<string, (path: string) => AsyncIterable<Check> | Iterable<Check>>> = {
  'distributions.json': checkDistributions,
  'estimators.json': checkEstimators,
  'noise.json': checkNoise,
  'dvae.safetensors': checkDvae,
  'l2x.safetensors': checkL2x,
  'nri.safetensors': checkNri,
  'graph_layout_t10_positions.npy': checkGraphLayout,
  'graph_layout_t20_positions.npy': checkGraphLayout,
};

const folder = resolve(process.env['AIMLE_GOLDEN'] ?? '../shared/golden');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let passed = 0;
let failed = 0;

if (!existsSync(folder)) {
  say(`The folder of golden vectors is not there: ${folder}. Name it by AIMLE_GOLDEN.`);
  failed = 1;
} else {
  await useEngine('auto', { report: say });
  const files = readdirSync(folder);
  for (const [file, suite] of Object.entries(suites)) {
    if (!files.includes(file)) {
      say(`FAIL ${file}: not in the folder`);
      failed++;
      continue;
    }
    let worst = 0;
    let count = 0;
    for await (const { name, error, tolerance } of suite(resolve(folder, file))) {
      count++;
      if (error > 0) worst = Math.max(worst, error / tolerance);
      if (error <= tolerance) passed++;
      else {
        failed++;
        say(`FAIL ${file}: ${name}: error ${error.toPrecision(3)}, tolerance ${tolerance}`);
      }
    }
    say(`${file}: ${count} checks, the worst at ${(100 * worst).toFixed(1)}% of its tolerance`);
  }
  const later = files.filter((file) => !(file in suites) && file !== 'README.md');
  if (later.length > 0) say(`No suite yet for: ${later.join(', ')}`);
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
