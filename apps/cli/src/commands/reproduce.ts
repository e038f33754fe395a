import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Preset, Reproduction, ReproductionName } from '@aimle/gradient-study';
import { RequestError } from '@aimle/training/errors';
import { Argument, type Command } from 'commander';
import { z } from 'zod';
import { commandLine } from '../invocation.js';
import { integer, oneOf, parsed } from '../options/values.js';
import { ShareProgress } from '../progress/shareProgress.js';
import { table } from '../terminal/table.js';
import type { Call, Ink } from '../terminal/terminal.js';

const names: readonly [ReproductionName, ...ReproductionName[]] = ['figure1', 'samples', 'sparsity', 'toy'];

const options = z.object({
  name: oneOf('the figure', names),
  preset: oneOf('--preset', ['quick', 'paper']).default('quick'),
  seed: integer('--seed', 0).default(0),
  out: z.string().min(1, '--out must name a file, got nothing').optional(),
  plots: z.string().min(1, '--plots must name a folder, got nothing').optional(),
  json: z.boolean().default(false),
});

export function addReproduce(command: Command, { terminal, argv }: Call): void {
  command
    .addArgument(new Argument('<name>', `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`))
    .option('--preset <name>', "quick: seconds; paper: the paper's sizes, minutes (default: quick)")
    .option('--seed <N>', 'seed of every random draw; the problems stay the same (default: 0)')
    .option('--out <file>', 'the page (default: NAME.html here)')
    .option('--plots <folder>', 'also every plot as an SVG file')
    .option('--json', 'print everything as one JSON document on stdout')
    .addHelpText(
      'after',
      `
  figure1    cosine with the exact gradient, and exact zeros, over lambda, on 1 of 50
  samples    the cosine over the number of samples, on four structures
  sparsity   exact zeros against the cosine, over lambda and S, on 10 of 20
  toy        gradient descent with every estimator, on 5 of 10

Examples:
  aimle reproduce figure1
  aimle reproduce toy --preset paper --json`,
    )
    .action(async (name: string, raw: object) => {
      const { preset, seed, out, plots, json, ...given } = parsed(options, { ...raw, name });
      const page = out ?? `${given.name}.html`;
      await requireNoFolder(page);
      for (const folder of [dirname(page), ...(plots === undefined ? [] : [plots])])
        await requireWritableFolder(folder);
      const found = await measured(given.name, preset, seed);
      const { writeStudy, writeStudyPlots } = await import('@aimle/report');
      await writeStudy(found, page, `aimle ${commandLine(argv)}`);
      if (plots !== undefined) await writeStudyPlots(found, plots, given.name);
      if (json) return terminal.json({ ...found, seed, page });
      terminal.stdout(await described(found, terminal.stdoutInk));
      terminal.stdout(`\npage: ${page}`);
    });

  async function measured(name: ReproductionName, preset: Preset, seed: number): Promise<Reproduction> {
    const { reproductions } = await import('@aimle/gradient-study');
    const { key } = await import('@aimle/random');
    const progress = new ShareProgress(terminal);
    try {
      return reproductions[name]({ preset, key: key(seed), onProgress: (share) => progress.at(share) });
    } finally {
      progress.clear();
    }
  }
}

async function requireNoFolder(page: string): Promise<void> {
  const found = await stat(page).catch(() => null);
  if (found?.isDirectory())
    throw new RequestError(`${page} must be a file, but is a folder; name another with --out`);
}

/** Checks that the results can be written, before minutes are spent on them. */
async function requireWritableFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new RequestError(
      `${folder} must be a folder that can be written to, ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

async function described(
  { title, truth, corrections, known, panels }: Reproduction,
  ink: Ink,
): Promise<string> {
  const { besideKnown, studyTable, withError } = await import('@aimle/report');
  const parts = panels.map((panel) => {
    const { corner, columns, rows } = studyTable(panel);
    const lines = rows.flatMap(({ label, cells }) => {
      const beside = cells.map((cell) => (cell === null ? null : besideKnown(cell)));
      const hasKnown = beside.some((text) => text !== null);
      return [
        [label, ...cells.map((cell) => (cell === null ? '' : withError(cell)))],
        ...(hasKnown ? [['', ...beside.map((text) => text ?? '')]] : []),
      ];
    });
    const right = columns.map((_, at) => at + 1);
    const levels = panel.levels.map((level) => [level.label, withError(level), besideKnown(level) ?? '']);
    return [
      ink.bold(panel.title) + ink.dim(`   ${panel.yLabel}`),
      table([[corner, ...columns], ...lines], { heading: ink.dim, right }),
      ...(levels.length > 0 ? [table(levels)] : []),
    ].join('\n');
  });
  return [
    ink.bold(title),
    `truth: ${truth}`,
    '',
    parts.join('\n\n'),
    '',
    ...corrections.map((correction) => `- ${correction}`),
    `Known figures: ${known}. Next to each: the difference in combined standard errors.`,
  ].join('\n');
}
