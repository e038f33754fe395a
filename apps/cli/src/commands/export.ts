import type { Command } from 'commander';
import { z } from 'zod';
import { writeOutput } from '../options/outputFile.js';
import { fileNamed, oneOf, parsed } from '../options/values.js';
import { taskNamed } from '../tasks.js';
import type { Call } from '../terminal/terminal.js';
import { count, size } from '../terminal/wording.js';

const schema = z.object({
  checkpoint: oneOf('--checkpoint', ['best', 'last']).optional(),
  json: z.boolean().default(false),
});
const fileSchema = fileNamed('the file', '.safetensors');

export function addExport(command: Command, { terminal }: Call): void {
  command
    .argument('<run>', 'the run directory')
    .argument('<file>', 'the file to write, .safetensors; an old one is replaced')
    .option('--checkpoint <name>', 'best or last (default: best if there is one, else last)')
    .option('--json', 'print what was written as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nWeights are float32 under the names and in the layouts of PyTorch.' +
        '\n\nExamples:\n  aimle export runs/dvae-aimle-20240517-093000 dvae.safetensors' +
        '\n  aimle train dvae --init dvae.safetensors',
    )
    .action(async (run: string, file: string, raw: unknown) => {
      const { checkpoint, json } = parsed(schema, raw);
      parsed(fileSchema, file);
      const { openCheckpoint, openRun } = await import('@aimle/training');
      const { writeSafetensors } = await import('@aimle/datasets');
      const { record } = await openRun(run);
      const { weights, training, name, warning } = await openCheckpoint(
        taskNamed(record.task),
        run,
        checkpoint,
      );
      if (warning !== undefined) terminal.stderr(warning);
      const { step } = training.progress;
      const tensors = new Map(
        [...weights].map(
          ([weight, { shape, data }]) => [weight, { dtype: 'F32', shape: [...shape], data }] as const,
        ),
      );
      // Python's loaders ask for `format`.
      const bytes = writeSafetensors(tensors, {
        format: 'pt',
        task: record.task,
        config: JSON.stringify(record.config),
        step: String(step),
      });
      await writeOutput(file, bytes);
      if (json) {
        const shapes = Object.fromEntries([...weights].map(([weight, { shape }]) => [weight, shape]));
        terminal.json({ task: record.task, run, file, checkpoint: name, step, weights: shapes });
      } else {
        terminal.stdout(
          `${file}: ${count(weights.size, 'tensor')} of the ${name} checkpoint, step ${step}, ${size(bytes.length)}`,
        );
      }
    });
}
