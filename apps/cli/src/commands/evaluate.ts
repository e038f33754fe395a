import type { Command } from 'commander';
import { z } from 'zod';
import type { Call } from '../call.js';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { summaryJson } from '../summaryJson.js';
import { numbersText } from '../summaryText.js';
import { taskNamed } from '../tasks.js';

const options = z.object({ engine: engineOption, json: z.boolean().default(false) });

/** `aimle evaluate`: the numbers of a run on test data, measured again. */
export function addEvaluate(program: Command, { terminal }: Call): void {
  program
    .command('evaluate')
    .description("measure a run's best checkpoint (else its last) on test data; changes nothing in the run")
    .argument('<run>', 'the run directory')
    .option(...engineHelp)
    .option('--json', 'print the summary as one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  aimle evaluate runs/dvae-aimle-20240517-093000 --json')
    .action(async (run: string, raw: unknown) => {
      const { engine, json } = parsed(options, raw);
      const { evaluateRun, openRun } = await import('@aimle/training');
      const { record } = await openRun(run);
      const task = await taskNamed(record.task);
      await startEngine(engine, terminal);
      const summary = await evaluateRun(task, run, {
        onEvent: (event) => event.kind === 'note' && terminal.say(event.message),
      });
      if (json) return terminal.json(summaryJson(summary));
      terminal.say(`data: ${summary.data}`);
      terminal.answer(numbersText(summary, terminal.answerInk));
    });
}
