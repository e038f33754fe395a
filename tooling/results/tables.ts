import { readFileSync } from 'node:fs';

/** What a bench wrote, a JSON line a run. */
export function runsIn<Run>(file: string): Run[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Run);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean ± standard error; of one value, the value. */
export function spread(values: readonly number[], digits: number): string {
  if (values.length === 0) return '';
  const centre = mean(values);
  if (values.length === 1) return centre.toFixed(digits);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return `${centre.toFixed(digits)} ± ${Math.sqrt(variance / values.length).toFixed(digits)}`;
}

/** A Markdown table, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = ['---', ...head.slice(1).map(() => '---:')];
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
