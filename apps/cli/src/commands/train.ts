import type { Command } from 'commander';
import type { Call } from '../call.js';
import { dvaeOptions, newConfig, resumedConfig } from '../options/dvae.js';
import { engineHelp } from '../options/engine.js';
import { parsed } from '../options/values.js';
import { collect, train } from './training.js';
import { addL2x } from './trainL2x.js';
import { addNri } from './trainNri.js';

/** `aimle train`: one subcommand for each task. */
export function addTrain(program: Command, call: Call): void {
  const tasks = program.command('train').description('train a model and keep everything in a run directory');
  addDvae(tasks, call);
  addL2x(tasks, call);
  addNri(tasks, call);
}

function addDvae(tasks: Command, call: Call): void {
  tasks
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
      const { discreteVae } = await import('@aimle/discrete-vae');
      await train(discreteVae, parsed(dvaeOptions, raw), { newConfig, resumedConfig }, call);
    });
}
