import { readFile } from 'node:fs/promises';
import type { Picture } from '@aimle/shortest-paths';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { writeOutput } from '../options/outputFile.js';
import { fileNamed, parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';

const schema = z.object({
  output: fileNamed('--output', '.svg').optional(),
  engine: engineOption,
  json: z.boolean().default(false),
});

export function addPredictPath(group: Command, { terminal }: Call): void {
  group
    .command('path')
    .description('find the shortest path, from top left to bottom right, on a picture of terrain of any size')
    .argument('<run>', 'the run directory')
    .argument('<picture>', 'of 8 by 8 pixels a cell: .png, or .npy with uint8 [rows, columns, 3]')
    .option('--output <file>', 'write the picture with the path drawn on it, .svg')
    .option(...engineHelp)
    .option('--json', 'print the path and the cost of each cell as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle predict path runs/path-aimle-20240517-093000 map.png --output path.svg' +
        '\n  aimle predict path runs/path-aimle-20240517-093000 map.npy --json',
    )
    .action(async (run: string, file: string, raw: unknown) => {
      const { output, engine, json } = parsed(schema, raw);
      const picture = await pictureIn(file);
      const { openRun } = await import('@aimle/training');
      await openRun(run);
      await startEngine(engine, terminal);
      const { drawMap, openPathPredictor } = await import('@aimle/shortest-paths');
      const predictor = await openPathPredictor(run, { note: (message) => terminal.stderr(message) });
      try {
        const { costs, path, steps } = await predictor.predict(picture);
        const { height, width, pixels } = picture;
        if (output !== undefined) {
          await writeOutput(output, drawMap({ height, width, picture: pixels, path, truth: null }));
          terminal.stderr(`drawing: ${output}`);
        }
        const costsIn = (row: number) => [...costs.subarray(row * width, (row + 1) * width)];
        if (json) {
          const rows = Array.from({ length: height }, (_, row) => costsIn(row));
          return terminal.json({ task: 'path', run, file, height, width, path: steps, costs: rows });
        }
        const lines = Array.from({ length: height }, (_, row) =>
          [...path.subarray(row * width, (row + 1) * width)].map((on) => (on === 1 ? '#' : '.')).join(' '),
        );
        terminal.stdout(lines.join('\n'));
      } finally {
        predictor.dispose();
      }
    });
}

async function pictureIn(file: string): Promise<Picture> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new RequestError(`${file} cannot be read: ${error.message}`);
  });
  const { readPicture } = await import('@aimle/shortest-paths');
  try {
    return readPicture(bytes, file);
  } catch (error) {
    if (error instanceof Error && error.name === 'FormatError') throw new RequestError(error.message);
    throw error;
  }
}
