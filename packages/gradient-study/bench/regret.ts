/** The regret table: `... bench/regret.ts [--seeds N] [--rows N] [--variants a,b] [--structures a,b] [--truth gibbs]`. */
import { parseArgs } from 'node:util';
import { noiseScaled, paperAdaptive } from '@aimle/estimators';
import { key } from '@aimle/random';
import {
  guardedRule,
  kSubset,
  measureRegret,
  othersRule,
  policyRule,
  realisedRule,
  scoreRule,
  tree,
  variants,
} from '../src/index.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '64' },
    rows: { type: 'string', default: '2000' },
    variants: { type: 'string', default: Object.keys(variants).join(',') },
    structures: { type: 'string', default: '(5,2) (20,10) (50,1) (10,5) (100,10) tree 5,tree 7' },
    truth: { type: 'string', default: 'perturb-and-map' },
  },
});
const structures = [
  kSubset(5, 2),
  kSubset(20, 10),
  kSubset(50, 1),
  kSubset(10, 5),
  kSubset(100, 10),
  tree(5),
  tree(7),
];
const rules = [
  policyRule('paper', paperAdaptive(), { warmUp: 100 }),
  policyRule('paper .02', paperAdaptive({ step: 0.02 }), { warmUp: 150 }),
  policyRule('noiseScaled', noiseScaled()),
  guardedRule('guard', { share: 0.85, damped: false, warmUp: 60 }),
  othersRule('others'),
  realisedRule('realised'),
  scoreRule('score'),
];
for (const variant of values.variants.split(',')) {
  for (const structure of structures.filter(({ name }) => values.structures.includes(name))) {
    const start = performance.now();
    const cells = measureRegret({
      structure,
      variant: variants[variant]!,
      rules,
      seeds: Number(values.seeds),
      rows: Number(values.rows),
      samples: [1, 10, 100],
      modes: ['forward', 'central'],
      truth: values.truth === 'gibbs' ? 'gibbs' : 'perturb-and-map',
      key: key(1),
    });
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`${JSON.stringify({ variant, structure: structure.name, seconds, cells })}\n`);
  }
}
