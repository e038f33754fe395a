/**
 * Prints one metric of several runs by epoch, as a Markdown table: what the tables of apps/docs/pages/results are made with.
 *
 * usage: node --import tsx tooling/results/epochs.ts METRIC EPOCHS RUN...
 *        METRIC: negative_elbo, official_loss, bce or kl of the split that was measured, or train.loss, train.lambda, ...
 *        EPOCHS: such as 1,2,3,10
 */
import { basename, join } from 'node:path';
import { runsIn, table } from './tables.js';

type Means = Record<string, number | null> | null;

interface EpochLine {
  readonly kind: string;
  readonly epoch: number;
  readonly train: Means;
  readonly validation: Means;
  readonly test: Means;
}

const [metric = '', list = '', ...runs] = process.argv.slice(2);
const epochs = list.split(',').map(Number);

const rows = runs.map((run) => {
  const lines = runsIn<EpochLine>(join(run, 'metrics.jsonl')).filter(({ kind }) => kind === 'epoch');
  const ends = new Map(lines.map((line) => [line.epoch, line]));
  const cells = epochs.map((epoch) => {
    const line = ends.get(epoch);
    if (line === undefined) return '';
    const [split, name] = metric.startsWith('train.')
      ? [line.train, metric.slice(6)]
      : [line.test ?? line.validation, metric];
    const value = split?.[name];
    return value === undefined || value === null ? '' : value.toFixed(2);
  });
  return [`\`${basename(run)}\``, ...cells];
});

process.stdout.write(`${table(['run', ...epochs.map(String)], rows)}\n`);
