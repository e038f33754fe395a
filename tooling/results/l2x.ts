/**
 * Prints what `packages/learning-to-explain/bench/grid.ts` wrote as Markdown tables: test errors and precisions by
 * setting and method, means over seeds with their standard errors, and how often AIMLE comes first.
 *
 * usage: node --import tsx tooling/results/l2x.ts FILE
 */
import { readFileSync } from 'node:fs';

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
const runs = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Run);
const settings = [...new Set(runs.map(settingOf))];
const methods = [...new Set(runs.map(({ method }) => method))];
const seeds = new Set(runs.map(({ seed }) => seed)).size;

const head = ['setting', 'chance %', ...methods.map((method) => `\`${method}\``)];
const rule = ['---', ...head.slice(1).map(() => '---:')];
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
  write(`${title}\n\n${[head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

function cell(values: readonly number[]): string {
  if (values.length === 0) return '';
  const centre = mean(values);
  if (values.length === 1) return centre.toFixed(2);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance / values.length);
  return `${centre.toFixed(2)} ± ${error.toFixed(2)}${values.length < seeds ? ` (${values.length} seeds)` : ''}`;
}

function of(setting: string, method: string): Run[] {
  return runs.filter((run) => settingOf(run) === setting && run.method === method);
}

function settingOf({ aspect, k }: Run): string {
  return `${aspect}, k = ${k}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
