/**
 * Prints the regret table, one line of JSON per structure and variant: `... bench/regret.ts [--seeds N] [--first N]
 * [--rows N] [--variants a,b] [--structures a,b] [--rules a,b]`. Both truths where the loss is linear on the states,
 * otherwise only the sampled one.
 */
import { parseArgs } from 'node:util';
import { noiseScaled, paperAdaptive } from '@aimle/estimators';
import { key } from '@aimle/random';
import {
  guardedRule,
  kSubset,
  measureRegret,
  policyRule,
  realisedRule,
  scoreRule,
  tree,
  variants,
} from '../src/index.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '64' },
    first: { type: 'string', default: '1000' },
    rows: { type: 'string', default: '1000' },
    variants: { type: 'string', default: Object.keys(variants).join(',') },
    rules: { type: 'string', default: '' },
    structures: { type: 'string', default: '(5,2) (20,10) (50,1) (10,5) (100,10) tree 5 tree 7' },
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
const ours = noiseScaled();
const rules = [
  policyRule('paper official', paperAdaptive({ step: 1e-3 }), { warmUp: 100 }),
  policyRule('paper converged', paperAdaptive({ step: 0.02 }), { warmUp: 400 }),
  policyRule('plain', ours, { direction: 'plain', warmUp: 20 }),
  policyRule('corrected', ours, { warmUp: 100 }),
  policyRule('corrected cold', ours),
  guardedRule('corrected guard', { share: 0.5, damped: true, warmUp: 100 }),
  policyRule('others', ours, { direction: 'others' }),
  realisedRule('realised plain', 'plain'),
  realisedRule('realised corrected', 'corrected', 100),
  scoreRule('score function'),
].filter(({ name }) => values.rules === '' || values.rules.split(',').includes(name));
for (const name of values.variants.split(',')) {
  const variant = variants[name];
  if (variant === undefined) throw new RangeError(`no variant is called ${name}`);
  for (const structure of structures.filter((each) => values.structures.includes(each.name))) {
    const start = performance.now();
    const linear = variant.draw(structure, 0).loss.linear !== null;
    const cells = measureRegret({
      structure,
      variant,
      rules,
      seeds: Number(values.seeds),
      firstSeed: Number(values.first),
      rows: Number(values.rows),
      samples: [1, 10, 100],
      modes: ['forward', 'central'],
      truths: linear ? ['perturb-and-map', 'gibbs'] : ['perturb-and-map'],
      key: key(1),
    });
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`${JSON.stringify({ variant: name, structure: structure.name, seconds, cells })}\n`);
  }
}
