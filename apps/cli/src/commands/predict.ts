import type { EdgePredictor, NamedMotions } from '@aimle/neural-relational-inference';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { writeOutput } from '../options/outputFile.js';
import { fileNamed, integer, parsed } from '../options/values.js';
import { table } from '../terminal/table.js';
import type { Call } from '../terminal/terminal.js';
import { count } from '../terminal/wording.js';
import { addPredictDvae } from './predictDvae.js';
import { addPredictPath } from './predictPath.js';

const schema = z.object({
  draws: integer('--draws', 1).default(100),
  seed: integer('--seed', 0).default(0),
  output: fileNamed('--output', '.npy').optional(),
  engine: engineOption,
  json: z.boolean().default(false),
});

const SHOWN = 5;

export function addPredict(group: Command, call: Call): void {
  addPredictNri(group, call);
  addPredictPath(group, call);
  addPredictDvae(group, call);
}

function addPredictNri(group: Command, { terminal }: Call): void {
  group
    .command('nri')
    .description(
      'how probable each edge is, for recordings of as many vertices and frames as the run was trained on',
    )
    .argument('<run>', 'the run directory')
    .argument(
      '<file>',
      'recordings: .npy [recordings, frames, dimensions, vertices], or .csv with the columns sample, time, vertex, x, y',
    )
    .option('--draws <N>', 'how often edges are drawn for each recording (default: 100)')
    .option('--seed <N>', 'every random number follows from it (default: 0)')
    .option('--output <file>', 'write all probabilities, .npy [recordings, vertices, vertices]')
    .option(...engineHelp)
    .option('--json', 'print every edge that was drawn as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle predict nri runs/nri-aimle-20240517-093000 fish.csv' +
        '\n  aimle predict nri runs/nri-aimle-20240517-093000 fish.npy --output edges.npy',
    )
    .action(async (run: string, file: string, raw: unknown) => {
      const { draws, seed, output, engine, json } = parsed(schema, raw);
      const { openEdgePredictor } = await import('@aimle/neural-relational-inference');
      const named = await recordingsIn(file);
      const { openRun } = await import('@aimle/training');
      await openRun(run);
      await startEngine(engine, terminal);
      const predictor = await openEdgePredictor(run, { note: (message) => terminal.stderr(message) });
      try {
        const marginals = predictor.marginals(named.motions, { draws, seed });
        if (output !== undefined) {
          await write(output, marginals, named);
          terminal.stderr(`probabilities: ${output}`);
        }
        const { directed } = predictor;
        const recordings = named.samples.map((sample, i) => ({
          sample,
          edges: edgesIn(marginals, i, named, predictor),
        }));
        if (json) {
          const { vertices } = named;
          return terminal.json({ task: 'nri', run, file, directed, draws, seed, vertices, recordings });
        }
        const most = named.vertices.length - 1;
        const rows = recordings
          .slice(0, SHOWN)
          .flatMap(({ sample, edges }) =>
            edges
              .slice(0, most)
              .map(({ from, to, probability }) => [sample, from, to, probability.toFixed(2)]),
          );
        const heading = ['sample', 'from', 'to', 'probability'];
        terminal.stdout(table([heading, ...rows], { heading: terminal.stdoutInk.dim, right: [3] }));
        if (recordings.length > SHOWN) {
          terminal.stderr(
            `${SHOWN} of ${count(recordings.length, 'recording')}, the ${most} most probable edges of each; --json and --output have all.`,
          );
        }
      } finally {
        predictor.dispose();
      }
    });
}

async function recordingsIn(file: string): Promise<NamedMotions> {
  const { readRecordings } = await import('@aimle/neural-relational-inference');
  return readRecordings(file).catch((error: Error) => {
    if (error.name === 'FormatError' || error.name === 'RangeError') throw new RequestError(error.message);
    throw error;
  });
}

/** The edges of a recording that were drawn at all, the most probable first. */
function edgesIn(
  marginals: Float32Array,
  recording: number,
  { vertices }: NamedMotions,
  { directed }: EdgePredictor,
) {
  const size = vertices.length;
  const edges: { from: string; to: string; probability: number }[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = directed ? 0 : i + 1; j < size; j++) {
      // Shares of so many draws: what single precision adds is no part of them.
      const probability = Number(marginals[(recording * size + i) * size + j]!.toFixed(6));
      if (probability > 0) edges.push({ from: vertices[i]!, to: vertices[j]!, probability });
    }
  }
  return edges.sort((a, b) => b.probability - a.probability);
}

async function write(path: string, data: Float32Array, { motions }: NamedMotions): Promise<void> {
  const { writeNpy } = await import('@aimle/datasets');
  const shape = [motions.count, motions.vertices, motions.vertices];
  await writeOutput(path, writeNpy({ dtype: 'f4', shape, data }));
}
