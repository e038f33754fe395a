/**
 * Writes the figures of the pages, from computations of the packages, into pages/concepts/figures.
 *
 * usage: node --conditions=@aimle/source --import tsx apps/docs/figures/run.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adaptation } from './adaptation.js';
import { commonNoise } from './commonNoise.js';
import { discreteChoice } from './discreteChoice.js';
import { type Figure, htmlOf } from './drawing/svg.js';
import { implicitGradient, targetMarginals } from './implicitMle.js';
import { marginals } from './marginals.js';
import { perturbAndMap, smoothing } from './perturbAndMap.js';
import { forwardAndCentral, sparsityAndBias } from './perturbationSize.js';
import { relaxations } from './relaxations.js';
import { overSamples } from './samples.js';
import { singlePrecision } from './singlePrecision.js';
import { targetLosses } from './targetLosses.js';
import { temperature } from './temperature.js';

const figures: readonly (() => Figure | Promise<Figure>)[] = [
  discreteChoice,
  perturbAndMap,
  smoothing,
  targetMarginals,
  implicitGradient,
  sparsityAndBias,
  forwardAndCentral,
  adaptation,
  marginals,
  commonNoise,
  overSamples,
  relaxations,
  targetLosses,
  temperature,
  singlePrecision,
];

const folder = fileURLToPath(new URL('../pages/concepts/figures/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const make of figures) {
  const figure = await make();
  writeFileSync(`${folder}${figure.name}.html`, htmlOf(figure));
  process.stdout.write(`${figure.name}: ${figure.caption}\n`);
}
