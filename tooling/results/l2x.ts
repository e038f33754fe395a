/**
 * Prints what `packages/learning-to-explain/bench/grid.ts` wrote as Markdown tables: test errors and precisions by
 * setting and method, means over seeds with their standard errors, and how often AIMLE comes first.
 *
 * usage: node --import tsx tooling/results/l2x.ts FILE
 */
import { mean, runsIn, spread, table } from './tables.js';

interface Run {
  readonly aspect: string;
  readonly k: number;
  readonly method: string;
  readonly seed: number;
  readonly mse100: number;
  readonly micro: number;
  readonly chance: number;
}

const [file = ''] = process.argv.slice(2);
const runs = runsIn<Run>(file);
const settings = [...new Set(runs.map(settingOf))];
const methods = [...new Set(runs.map(({ method }) => method))];
const seeds = new Set(runs.map(({ seed }) => seed)).size;

const head = ['setting', 'chance %', ...methods.map((method) => `\`${method}\``)];
print('Test MSE x100', (run) => run.mse100);
print('Precision %', (run) => 100 * run.micro);
const complete = settings.filter((setting) =>
  methods.every((method) => of(setting, method).length === seeds),
);
const firsts = complete.filter((setting) => {
  const best = methods.map((method) => mean(of(setting, method).map(({ micro }) => micro)));
  const own = best[methods.indexOf('aimle')]!;
  return methods.every((method, i) => method.startsWith('aimle') || best[i]! <= own);
});
write(
  `${complete.length} of ${settings.length} settings have every method and seed; no other method has a higher precision than aimle in ${firsts.length}.`,
);

function print(title: string, value: (run: Run) => number): void {
  const rows = settings.map((setting) => {
    const chance = 100 * runs.find((run) => settingOf(run) === setting)!.chance;
    return [setting, chance.toFixed(1), ...methods.map((method) => cell(of(setting, method).map(value)))];
  });
  write(`${title}\n\n${table(head, rows)}\n`);
}

function cell(values: readonly number[]): string {
  const missing = values.length > 1 && values.length < seeds;
  return `${spread(values, 2)}${missing ? ` (${values.length} seeds)` : ''}`;
}

function of(setting: string, method: string): Run[] {
  return runs.filter((run) => settingOf(run) === setting && run.method === method);
}

function settingOf({ aspect, k }: Run): string {
  return `${aspect}, k = ${k}`;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
