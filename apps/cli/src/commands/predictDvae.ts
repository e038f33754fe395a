import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { writeOutput } from '../options/outputFile.js';
import { fileNamed, parsed } from '../options/values.js';
import { table } from '../terminal/table.js';
import type { Call } from '../terminal/terminal.js';
import { count } from '../terminal/wording.js';

const schema = z.object({
  output: fileNamed('--output', '.npz').optional(),
  engine: engineOption,
  json: z.boolean().default(false),
});

const SHOWN = 10;

export function addPredictDvae(group: Command, { terminal }: Call): void {
  group
    .command('dvae')
    .description(
      'the codes of images of as many pixels as the run was trained on, and what the codes keep of them',
    )
    .argument('<run>', 'the run directory')
    .argument('<images>', 'a folder of PNG pictures, a .png, .npy or .npz file, or an idx file')
    .option(
      '--output <file>',
      'write codes [images, codes, bits] and reconstructions [images, height, width], .npz',
    )
    .option(...engineHelp)
    .option('--json', 'print the bits that are on of every code as one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  aimle predict dvae runs/dvae-aimle-20240517-093000 photos/ --output codes.npz',
    )
    .action(async (run: string, path: string, raw: unknown) => {
      const { output, engine, json } = parsed(schema, raw);
      const { openImageCoder, readImages } = await import('@aimle/discrete-vae');
      const { openRun } = await import('@aimle/training');
      await openRun(run);
      const images = await readImages(path).catch(asRequest);
      await startEngine(engine, terminal);
      const coder = await openImageCoder(run, { note: terminal.stderr });
      try {
        const { codes: m, codeSize: n } = coder.config;
        const coded = await Promise.resolve()
          .then(() => coder.code(images))
          .catch(asRequest);
        if (output !== undefined) {
          const { writeNpz } = await import('@aimle/datasets');
          const { height, width } = images;
          const shapes = { codes: [images.count, m, n], reconstructions: [images.count, height, width] };
          const arrays = (['codes', 'reconstructions'] as const).map(
            (name) => [name, { dtype: 'u1', shape: shapes[name], data: coded[name] }] as const,
          );
          await writeOutput(output, writeNpz(new Map(arrays)));
          terminal.stderr(`codes: ${output}`);
        }
        const found = Array.from(coded.bce, (bce, image) => ({
          bce,
          codes: bitsOn(coded.codes, image, m, n),
        }));
        if (json) {
          const { width, height } = images;
          return terminal.json({ task: 'dvae', run, file: path, width, height, images: found });
        }
        const rows = found
          .slice(0, SHOWN)
          .map(({ bce, codes }, image) => [String(image), bce.toFixed(2), `${codes[0]!.join(' ')}`]);
        const heading = ['image', 'BCE in nats', 'bits on in the first code'];
        terminal.stdout(table([heading, ...rows], { heading: terminal.stdoutInk.dim, right: [0, 1] }));
        terminal.stderr(
          `${count(Math.min(SHOWN, images.count), 'image')} of ${images.count}, the first of ${count(m, 'code')} each; --json and --output have all.`,
        );
      } finally {
        coder.dispose();
      }
    });
}

function asRequest(error: Error): never {
  if (error.name === 'FormatError' || error.name === 'RangeError') throw new RequestError(error.message);
  throw error;
}

/** The places of the bits that are on, for each code of an image. */
function bitsOn(codes: Uint8Array, image: number, m: number, n: number): number[][] {
  return Array.from({ length: m }, (_, code) => {
    const from = (image * m + code) * n;
    return Array.from(codes.subarray(from, from + n).keys()).filter((bit) => codes[from + bit] === 1);
  });
}
