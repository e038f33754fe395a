import { join } from 'node:path';
import type { RunSummary } from '@aimle/training';
import type { Command } from 'commander';
import type { Call } from '../call.js';
import { exitCode, UsageError } from '../failure.js';
import { interruptible } from '../interruption.js';
import { commandLine } from '../invocation.js';
import { type DvaeOptions, dvaeOptions, newConfig, resumedConfig } from '../options/dvae.js';
import { engineHelp, startEngine } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { TrainingProgress } from '../progress/trainingProgress.js';
import { summaryText } from '../summaryText.js';
import type { Terminal } from '../terminal/terminal.js';
import { versions } from '../versions.js';

/** `aimle train`: one subcommand for each task. */
export function addTrain(program: Command, call: Call): void {
  const train = program.command('train').description('train a model and keep everything in a run directory');
  train
    .command('dvae')
    .description(
      'A discrete variational autoencoder of 28x28 images: an encoder switches on k of n bits in each of m codes, ' +
        'and a decoder draws the image from them. On MNIST, or on digits that we draw ourselves.',
    )
    .optionsGroup('What to train:')
    .option(
      '--preset <name>',
      'quick: minutes on two cores; paper: the published setting on MNIST (default: quick)',
    )
    .option('--method <name>', 'aimle, imle or straight-through (default: aimle)')
    .option('--difference <name>', 'central or forward (default: central for aimle, forward for imle)')
    .option('--samples <S>', 'codes drawn for each image (default: 1)')
    .option('--noise <name>', 'sum-of-gamma, gumbel, normal or none (default: sum-of-gamma)')
    .option(
      '--perturbation <name>',
      'noise-scaled (default of quick), paper (default of paper) or fixed (what imle always has)',
    )
    .option('--lambda <size>', 'the size of a fixed perturbation; implies --perturbation fixed (default: 10)')
    .option('--compatibility <name>', "official: gradients as the paper's code has them (default: none)")
    .option('--data <name>', 'auto, mnist or digits (default: auto, paper: mnist)')
    .option(
      '--set <name=value>',
      'any other setting of the preset, such as batchSize=50; may be repeated',
      collect,
    )
    .optionsGroup('How long, and where:')
    .option('--epochs <N>', 'times through the training images (default: quick 10, paper 100)')
    .option('--steps <N>', 'exact number of steps, instead of --epochs')
    .option('--seed <N>', 'every random number follows from it (default: 0)')
    .option(...engineHelp)
    .option('--run <folder>', 'the run directory (default: runs/dvae-METHOD-TIME)')
    .option('--resume <folder>', 'go on with this run; only --epochs and --steps may change')
    .option('--json', 'print the summary as one JSON document on stdout')
    .addHelpText(
      'after',
      `
Ctrl-C finishes the step, saves, and says how to go on; twice leaves at once.

Examples:
  aimle train dvae
  aimle train dvae --method straight-through --seed 1
  aimle train dvae --preset paper --samples 10
  aimle train dvae --lambda 3 --epochs 2 --set trainCount=2000
  aimle train dvae --resume runs/dvae-aimle-20240517-093000 --epochs 24`,
    )
    .action(async (raw: unknown) => {
      const options = parsed(dvaeOptions, raw);
      const request = await requested(options);
      const summary = await trained(request, options, call);
      call.endWith(summary.interrupted ? exitCode.interrupted : exitCode.done);
    });
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** What to train, and where. */
async function requested(options: DvaeOptions) {
  const { discreteVae } = await import('@aimle/discrete-vae');
  if (options.resume === undefined) {
    const config = newConfig(discreteVae.presets[options.preset], options);
    return { config, preset: options.preset, resume: false, run: options.run ?? freshFolder(config.method) };
  }
  if (options.run !== undefined) {
    throw new UsageError('--run begins a run and --resume goes on with one; leave one out');
  }
  const { openRun } = await import('@aimle/training');
  const { record } = await openRun(options.resume);
  if (record.task !== discreteVae.name) {
    throw new UsageError(`${options.resume} is a run of ${record.task}; resume it with train ${record.task}`);
  }
  // Written by a run of this task, which had checked it; it is checked again before the first step.
  const config = resumedConfig(record.config as unknown as typeof discreteVae.presets.quick, options);
  return { config, preset: record.preset, resume: true, run: options.resume };
}

const again = 'Ctrl-C again leaves at once.';

async function trained(
  { config, preset, resume, run }: Awaited<ReturnType<typeof requested>>,
  options: DvaeOptions,
  { terminal, words }: Call,
): Promise<RunSummary> {
  const { discreteVae } = await import('@aimle/discrete-vae');
  const { trainTask } = await import('@aimle/training');
  await startEngine(options.engine, terminal);
  const progress = new TrainingProgress(terminal);
  const summary = await interruptible(
    (signal) =>
      trainTask(discreteVae, config, {
        run,
        resume,
        signal,
        onEvent: (event) => progress.hear(event),
        command: `aimle ${commandLine(words)}`,
        versions: versions(),
        ...(preset !== null && { preset }),
      }),
    () => progress.say(`${progress.begun ? 'Stopping after this step, then saving' : 'Stopping'}. ${again}`),
  ).finally(() => progress.clear());
  const report = await reported(run, terminal);
  if (!options.json) {
    terminal.answer(summaryText(summary, report, terminal.answerInk));
    return summary;
  }
  terminal.json(summary);
  if (summary.interrupted) {
    const resume = `aimle train ${summary.task} --resume ${commandLine([run])}`;
    terminal.say(
      `Stopped after step ${summary.steps}, exit code ${exitCode.interrupted}. To go on:\n  ${resume}`,
    );
  }
  return summary;
}

/** Writes the page of the run; the run is good without it, so a page that fails is only told of. */
async function reported(run: string, terminal: Terminal): Promise<string | null> {
  const { writeReport } = await import('@aimle/report');
  const path = join(run, 'report.html');
  try {
    await writeReport([run], path);
    return path;
  } catch (error) {
    terminal.say(
      `The page of the run could not be written: ${error instanceof Error ? error.message : error}`,
    );
    return null;
  }
}

function freshFolder(method: string): string {
  const now = new Date();
  const [date, time] = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().split('T');
  return join('runs', `dvae-${method}-${date!.replaceAll('-', '')}-${time!.slice(0, 8).replaceAll(':', '')}`);
}
