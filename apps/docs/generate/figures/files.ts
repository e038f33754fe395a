import { adaptation } from './adaptation.js';
import { commonNoise } from './commonNoise.js';
import { cosinesOverSamples } from './cosinesOverSamples.js';
import { discreteChoice } from './discreteChoice.js';
import { type Figure, htmlOf } from './figure.js';
import { implicitGradient, targetMarginals } from './implicitMle.js';
import { marginals } from './marginals.js';
import { perturbAndMap, smoothing } from './perturbAndMap.js';
import { forwardAndCentral, sparsityAndBias } from './perturbationSize.js';
import { relaxations } from './relaxations.js';
import { resultFigures } from './results.js';
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

export async function figureFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const make of figures) {
    const figure = await make();
    files.set(`${figure.name}.html`, htmlOf(figure));
  }
  files.set('cosines-over-samples.html', cosinesOverSamples(root));
  for (const [name, html] of resultFigures(root)) files.set(name, html);
  return files;
}
