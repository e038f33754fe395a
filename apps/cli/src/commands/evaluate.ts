import type { RunRecord, RunSummary } from '@aimle/training';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Call } from '../call.js';
import { UsageError } from '../failure.js';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { spreadOf, spreadText } from '../spread.js';
import { summaryJson } from '../summaryJson.js';
import { numbersText } from '../summaryText.js';
import { taskNamed } from '../tasks.js';

const options = z.object({ engine: engineOption, json: z.boolean().default(false) });

/** `aimle evaluate`: the numbers of runs on test data, measured again. */
export function addEvaluate(program: Command, { terminal }: Call): void {
  program
    .command('evaluate')
    .description(
      "measure a run's best checkpoint (else its last) on test data; of several runs, which may differ in their seed, also " +
        'the mean with its standard error; changes nothing in a run',
    )
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
      refuseUnlike(runs, records);
      const task = await taskNamed(records[0]!.task);
      await startEngine(engine, terminal);
      const summaries: RunSummary[] = [];
      for (const run of runs) {
        const summary = await evaluateRun(task, run, {
          onEvent: (event) => event.kind === 'note' && terminal.say(event.message),
        });
        summaries.push(summary);
        if (json) continue;
        if (runs.length > 1) terminal.say(`run: ${summary.run}`);
        terminal.say(`data: ${summary.data}`);
        if (runs.length === 1) terminal.answer(numbersText(summary, terminal.answerInk));
      }
      const [first, ...others] = summaries as [RunSummary, ...RunSummary[]];
      if (json) {
        const several = { runs: summaries.map(summaryJson), test: spreadOf(summaries) };
        terminal.json(others.length === 0 ? summaryJson(first) : several);
      } else if (others.length > 0) {
        terminal.answer(spreadText(summaries, terminal.answerInk));
      }
    });
}

/** A mean over runs says something where they differ in nothing but their seed. */
function refuseUnlike(runs: readonly string[], records: readonly RunRecord[]): void {
  const settingsOf = ({ task, config }: RunRecord): string =>
    JSON.stringify({ task, config: { ...config, seed: null } });
  const unlike = records.findIndex((record) => settingsOf(record) !== settingsOf(records[0]!));
  if (unlike < 0) return;
  const [first, other] = [records[0]!, records[unlike]!];
  const names = Object.keys({ ...first.config, ...other.config }).filter(
    (name) => name !== 'seed' && JSON.stringify(first.config[name]) !== JSON.stringify(other.config[name]),
  );
  const what = first.task === other.task ? names.join(', ') : `task (${first.task}, ${other.task})`;
  throw new UsageError(
    `runs that are evaluated together may differ in their seed only, and ${runs[0]} and ${runs[unlike]} differ in ${what}; ` +
      'evaluate them one by one, or compare them by aimle report',
  );
}
