/**
 * Prints what `packages/neural-relational-inference/bench/methods.ts` wrote as a Markdown table: bounds as means over
 * seeds with their standard errors, and the precision of each seed, since some seeds learn nothing or the opposite.
 *
 * usage: node --import tsx tooling/results/nri.ts FOLDER/results.jsonl
 */
import { mean, runsIn, spread, table } from './tables.js';

interface Run {
  readonly method: string;
  readonly seed: number;
  readonly cpuSeconds: number | null;
  readonly test: {
    readonly elbo: number;
    readonly precision: number;
    readonly recall: number;
    readonly 'official/elbo': number;
    readonly 'official/precision': number;
  };
}

const [file = ''] = process.argv.slice(2);
const runs = runsIn<Run>(file).sort((a, b) => a.seed - b.seed);
const seeds = [...new Set(runs.map(({ seed }) => seed))];
const of = (method: string): Run[] => runs.filter((run) => run.method === method);
const bound = (method: string): number => mean(of(method).map(({ test }) => test.elbo));
const methods = [...new Set(runs.map(({ method }) => method))].sort((a, b) => bound(b) - bound(a));

const head = [
  'method',
  'ELBO',
  `precision of seeds ${seeds.join(', ')}`,
  'official ELBO',
  'official precision',
  'CPU s',
];
const rows = methods.map((method) => {
  const tests = of(method).map(({ test }) => test);
  // Scores of the exact distribution are not Gumbel scores, so their Gumbel divergence is meaningless.
  const hasOfficial = tests.every((test) => test['official/elbo'] > -1e5);
  return [
    `\`${method}\``,
    spread(
      tests.map(({ elbo }) => elbo),
      0,
    ),
    tests.map(({ precision }) => precision.toFixed(3)).join(', '),
    hasOfficial
      ? spread(
          tests.map((test) => test['official/elbo']),
          0,
        )
      : '',
    tests.map((test) => test['official/precision'].toFixed(3)).join(', '),
    mean(of(method).flatMap(({ cpuSeconds }) => cpuSeconds ?? [])).toFixed(0),
  ];
});
process.stdout.write(`${table(head, rows)}\n`);
