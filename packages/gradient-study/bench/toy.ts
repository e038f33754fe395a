/** Prints the toy optimisation with six fixed lambdas and every rule: `... bench/toy.ts [choose] [report]`. */
import { fixedLambda, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { key } from '@aimle/random';
import { guardedRule, policyRule, realisedRule, scoreRule, toyGap } from '../src/index.js';

const [choose = '50', report = '300'] = process.argv.slice(2);
const repetitions = { choose: Number(choose), report: Number(report) };
const ours = noiseScaled();
const rules = [
  ...[0.3, 0.5, 1, 2, 3, 5].map((lambda) => policyRule(`fixed ${lambda}`, fixedLambda(lambda))),
  policyRule('paper', paperAdaptive()),
  policyRule('paper, step 0.02', paperAdaptive({ step: 0.02 })),
  policyRule('plain', ours, { direction: 'plain' }),
  policyRule('corrected', ours),
  guardedRule('corrected, guard', { share: 0.5, damped: true }),
  guardedRule('corrected, guard, undamped', { share: 0.5, damped: false }),
  policyRule('others', ours, { direction: 'others' }),
  realisedRule('realised, plain', 'plain'),
  realisedRule('realised, corrected', 'corrected'),
  scoreRule(),
];
for (const rule of rules) {
  const cells = ([1, 10] as const).flatMap((samples) =>
    (['forward', 'central'] as const).map((mode) => {
      const { gap, error, rate } = toyGap({ rule, samples, mode, repetitions, key: key(1) });
      return `${gap.toFixed(3)} ± ${error.toFixed(3)} (${rate})`;
    }),
  );
  process.stdout.write(`| ${rule.name} | ${cells.join(' | ')} |\n`);
}
