/** Runs checks one after the other, prints the verdict of each, and counts those that failed. */
export class Checking {
  failed = 0;
  /** Words of the titles of the checks to run; empty for all checks. */
  only = '';

  /** Runs a check that returns its problems. Returns whether there were none. */
  async check(title: string, work: () => Promise<readonly string[]> | readonly string[]): Promise<boolean> {
    if (!title.includes(this.only)) return true;
    const began = performance.now();
    let problems: readonly string[];
    try {
      problems = await work();
    } catch (error) {
      problems = [(error as Error).message];
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${problems.length === 0 ? 'PASS' : 'FAIL'} ${title} (${seconds} s)\n`);
    for (const problem of grouped(problems)) process.stdout.write(`  ${problem}\n`);
    if (problems.length > 0) this.failed += 1;
    return problems.length === 0;
  }
}

/** Reports a problem of many pages as one line, with the first page that has it. */
function grouped(problems: readonly string[]): string[] {
  const pages = new Map<string, string[]>();
  for (const problem of problems) {
    const kind = problem.replace(/^\/\S+: /, '').replace(/ \(\d+: .*$/, '');
    pages.set(kind, [...(pages.get(kind) ?? []), problem]);
  }
  return [...pages.values()].map(([first, ...rest]) =>
    rest.length > 0 ? `${first}, and ${rest.length} more` : (first as string),
  );
}
