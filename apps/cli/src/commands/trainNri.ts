import type { Command } from 'commander';
import type { Call } from '../call.js';
import { engineHelp } from '../options/engine.js';
import { newConfig, nriOptions, resumedConfig } from '../options/nri.js';
import { parsed } from '../options/values.js';
import { collect, train } from './training.js';

/** `aimle train nri`. */
export function addNri(tasks: Command, call: Call): void {
  tasks
    .command('nri')
    .description(
      'Neural relational inference: which vertices pull at each other, from nothing but their motion. An encoder scores ' +
        'every pair, a spanning tree is drawn, and a decoder predicts the motion along it. On simulations, or recordings of yours.',
    )
    .optionsGroup('What to train:')
    .option(
      '--preset <name>',
      'quick: a smaller network on fewer recordings; paper: the published setting (default: quick)',
    )
    .option(
      '--method <name>',
      'aimle, imle, straight-through, stochastic-softmax, score-function or nvil (default: aimle)',
    )
    .option(
      '--structure <name>',
      'which edges are possible: tree; top-k, the best n - 1; independent; or arborescence, directed (default: tree)',
    )
    .option(
      '--difference <name>',
      'central or forward (default: central for aimle, forward for imle and in paper)',
    )
    .option('--samples <S>', 'trees drawn for each recording (default: 1)')
    .option('--noise <name>', 'sum-of-gamma, gumbel, normal or none (default: sum-of-gamma)')
    .option('--temperature <T>', 'what the noise is multiplied by (default: 1)')
    .option(
      '--perturbation <name>',
      'noise-scaled (default of quick), paper (default of paper) or fixed (what imle always has)',
    )
    .option('--lambda <size>', 'the size of a fixed perturbation; implies --perturbation fixed (default: 10)')
    .option('--relaxation <tau>', 'temperature of the relaxed edges of stochastic-softmax (default: 0.5)')
    .option(
      '--baseline <name>',
      'of score-function: none, moving-average, or leave-one-out, for samples of 2 and more (default: moving-average)',
    )
    .option('--frames <T>', 'frames of a recording (default: 10)')
    .option('--vertices <n>', 'vertices that move (default: 10)')
    .option(
      '--data <name>',
      'simulated, made in seconds when needed; files, of `data get graph-layout` or the official code; or a .npy or .csv ' +
        'file of your own (default: simulated)',
    )
    .option('--edges <file>', 'the true edges of your own recordings, .npy or .csv, only to measure by')
    .option(
      '--set <name=value>',
      'any other setting of the preset, such as hidden=128; may be repeated',
      collect,
    )
    .optionsGroup('How long, and where:')
    .option('--epochs <N>', 'times through the recordings (default: quick 10, paper 128)')
    .option('--steps <N>', 'exact number of steps, instead of --epochs')
    .option('--seed <N>', 'every random number follows from it (default: 0)')
    .option(...engineHelp)
    .option('--run <folder>', 'the run directory (default: runs/nri-METHOD-TIME)')
    .option('--resume <folder>', 'go on with this run; only --epochs and --steps may change')
    .option('--json', 'print the summary as one JSON document on stdout')
    .addHelpText(
      'after',
      `
Your own recordings are a table with the columns sample, time, vertex and one for each coordinate, or an array of
[recordings, frames, dimensions, vertices]; edges a table of sample (if they differ), from, to, or [recordings, vertices,
vertices].

Examples:
  aimle train nri
  aimle train nri --method straight-through --seed 1
  aimle train nri --method stochastic-softmax --structure top-k
  aimle train nri --data fish.csv --edges who-leads.csv --structure arborescence
  aimle train nri --preset paper --temperature 0.1 --difference central --set learningRate=5e-4
  aimle train nri --preset paper --frames 20 --temperature 0.1 --set learningRate=5e-4 --set predictionSteps=10
  aimle train nri --resume runs/nri-aimle-20240517-093000 --epochs 20`,
    )
    .action(async (raw: unknown) => {
      const { neuralRelationalInference } = await import('@aimle/neural-relational-inference');
      await train(neuralRelationalInference, parsed(nriOptions, raw), { newConfig, resumedConfig }, call);
    });
}
