/** Figure 1 and the curves over S, as tables: `... bench/figures.ts [figure1|sparsity|samples] [seeds]`. */
import { key } from '@aimle/random';
import { kSubset, lambdaCurve, type Mean, samplesCurve } from '../src/index.js';

const [what = 'figure1', seedsText = '64'] = process.argv.slice(2);
const seeds = Number(seedsText);
const show = ({ mean, error }: Mean): string => `${mean.toFixed(3)}±${error.toFixed(3)}`;
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

if (what === 'samples') {
  for (const structure of [kSubset(5, 2), kSubset(10, 5), kSubset(10, 1), kSubset(50, 1)]) {
    const samples = [1, 10, 100, 1000];
    const points = samplesCurve({ structure, seeds, samples, key: key(1) });
    for (const method of new Set(points.map((point) => point.method))) {
      const row = points.filter((point) => point.method === method).map((point) => show(point.cosine));
      print(`| ${structure.name} | ${method} | ${row.join(' | ')} |`);
    }
  }
} else {
  const figure1 = what === 'figure1';
  const curve = lambdaCurve({
    structure: figure1 ? kSubset(50, 1) : kSubset(20, 10),
    lambdas: figure1 ? [0.001, 0.01, 0.1, 0.3, 1, 2, 3, 5, 10, 100] : [0.1, 0.3, 1, 3, 10, 30, 100],
    seeds,
    samples: 1000,
    baselineSamples: figure1 ? 100_000 : 1000,
    key: key(1),
  });
  for (const { lambda, mode, cosine, zerosOfSample, zerosOfMean } of curve.points) {
    const percent = [zerosOfSample, zerosOfMean].map((share) => (100 * share).toFixed(2));
    print(`| ${lambda} | ${mode} | ${show(cosine)} | ${percent.join(' | ')} |`);
  }
  print(`straight-through ${show(curve.straightThrough!)}, score function ${show(curve.scoreFunction!)}`);
}
