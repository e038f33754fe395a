export interface MeasuredRow {
  readonly name: string;
  readonly samples: string;
  readonly cosine: string;
  readonly zeros: string;
  readonly solves: string;
}

/** All that pages/results/estimators.md has on one structure, and the command that it gives for it. */
export function measuredRows(results: string): {
  readonly command: string;
  readonly rows: readonly MeasuredRow[];
} {
  const section = results.slice(results.indexOf('## All estimators, on one structure'));
  const command = /`(aimle gradients[^`]*)`/.exec(section)?.[1];
  const table = /```\n([\s\S]*?)```/.exec(section)?.[1];
  if (!command || !table)
    throw new Error('generate: no measurements of all estimators in pages/results/estimators.md');
  let name = '';
  const rows = table.split('\n').flatMap((line): MeasuredRow[] => {
    const found = /^(\S*) +(\d+) +(-?\d\.\d+ ± \d\.\d+) +(\d+ %) +.*?(\d)$/.exec(line);
    if (!found) return [];
    const [, named = '', samples = '', cosine = '', zeros = '', solves = ''] = found;
    name = named || name;
    return [{ name, samples, cosine, zeros, solves }];
  });
  if (rows.length < 20) throw new Error(`generate: only ${rows.length} measurements were understood`);
  return { command, rows };
}
