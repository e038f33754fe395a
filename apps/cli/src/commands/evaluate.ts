import type { RunRecord, RunSummary } from '@aimle/training';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { spreadOf, spreadText } from '../spread.js';
import { numbersText, summaryJson } from '../summary.js';
import { taskNamed } from '../tasks.js';
import type { Call } from '../terminal/terminal.js';

const options = z.object({ engine: engineOption, json: z.boolean().default(false) });

export function addEvaluate(command: Command, { terminal }: Call): void {
  command
    .argument('<run...>', 'run directories')
    .option(...engineHelp)
    .option('--json', 'print the summary as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle evaluate runs/dvae-aimle-20240517-093000 --json\n  aimle evaluate runs/l2x-*',
    )
    .action(async (runs: string[], raw: unknown) => {
      const { engine, json } = parsed(options, raw);
      const { evaluateRun, openRun } = await import('@aimle/training');
      const records = await Promise.all(runs.map(async (run) => (await openRun(run)).record));
      requireSeedsOnly(runs, records);
      const task = taskNamed(records[0]!.task);
      await startEngine(engine, terminal);
      const summaries: RunSummary[] = [];
      for (const run of runs) {
        const summary = await evaluateRun(task, run, {
          onEvent: (event) => event.kind === 'note' && terminal.stderr(event.message),
        });
        summaries.push(summary);
        if (json) continue;
        if (runs.length > 1) terminal.stderr(`run: ${summary.run}`);
        terminal.stderr(`data: ${summary.data}`);
        if (runs.length === 1) terminal.stdout(numbersText(summary, terminal.stdoutInk));
      }
      const [first, ...others] = summaries as [RunSummary, ...RunSummary[]];
      if (json) {
        const several = { runs: summaries.map(summaryJson), test: spreadOf(summaries) };
        terminal.json(others.length === 0 ? summaryJson(first) : several);
      } else if (others.length > 0) {
        terminal.stdout(spreadText(summaries, terminal.stdoutInk));
      }
    });
}

/** Checks that runs differ in their seed and in nothing else: only then does their mean say something. */
function requireSeedsOnly(runs: readonly string[], records: readonly RunRecord[]): void {
  records.forEach((record, i) => {
    const unlike = differing(records[0]!, record).join(', ');
    if (unlike)
      refuse(0, i, `differ in ${unlike}; evaluate them one by one, or compare them by aimle report`);
    const before = records.slice(0, i).findIndex(({ config }) => config['seed'] === record.config['seed']);
    if (before >= 0) refuse(before, i, `have the same seed, ${record.config['seed']}; leave one out`);
  });

  function refuse(one: number, other: number, how: string): never {
    throw new RequestError(
      `runs that are evaluated together must differ in their seed only, and ${runs[one]} and ${runs[other]} ${how}`,
    );
  }
}

function differing(one: RunRecord, other: RunRecord): string[] {
  if (one.task !== other.task) return [`task (${one.task}, ${other.task})`];
  const names = Object.keys({ ...one.config, ...other.config }).filter((name) => name !== 'seed');
  return names.filter((name) => JSON.stringify(one.config[name]) !== JSON.stringify(other.config[name]));
}
