import type { Command } from 'commander';
import type { Call } from '../call.js';
import { engineHelp } from '../options/engine.js';
import { l2xOptions, newConfig, resumedConfig } from '../options/l2x.js';
import { parsed } from '../options/values.js';
import { collect, train } from './training.js';

/** `aimle train l2x`. */
export function addL2x(tasks: Command, call: Call): void {
  tasks
    .command('l2x')
    .description(
      'Learning to explain: which k words of a text carry its rating. On BeerAdvocate, on reviews that we make up, or on ' +
        'texts of your own.',
    )
    .optionsGroup('What to train:')
    .option('--preset <name>', 'quick: minutes on two cores; paper: the published setting (default: quick)')
    .option('--aspect <name>', 'appearance, aroma, palate or taste (default: aroma)')
    .option('--k <N>', 'how many words are chosen (default: 10)')
    .option(
      '--method <name>',
      'aimle, imle, straight-through, l2x, relaxed-subset, simple or score-function (default: aimle)',
    )
    .option('--difference <name>', 'central or forward (default: central for aimle, forward for imle)')
    .option('--samples <S>', 'choices drawn for each text (default: 1)')
    .option('--noise <name>', 'gumbel, sum-of-gamma, normal or none (default: gumbel)')
    .option(
      '--perturbation <name>',
      'noise-scaled (default of quick), paper (default of paper) or fixed (what imle always has)',
    )
    .option(
      '--lambda <size>',
      'the size of a fixed perturbation; implies --perturbation fixed (default: 1000)',
    )
    .option('--compatibility <name>', "official: all of the paper's code's ways (default: none)")
    .option('--data <name>', 'auto, beer-advocate or reviews-synthetic (default: auto, paper: beer-advocate)')
    .option('--texts <file>', 'texts of your own: CSV or JSON Lines with a text and a score')
    .option('--text-column <name>', 'its column of texts (default: text)')
    .option('--score-column <name>', 'its column of scores (default: score)')
    .option('--score-range <range>', 'the least and the greatest score, such as 1,5 (default: 0,1)')
    .option(
      '--set <name=value>',
      'any other setting of the preset, such as trainCount=2000; may be repeated',
      collect,
    )
    .optionsGroup('How long, and where:')
    .option('--epochs <N>', 'times through the training texts (default: quick 3, paper 20)')
    .option('--steps <N>', 'exact number of steps, instead of --epochs')
    .option('--seed <N>', 'every random number follows from it (default: 0)')
    .option(...engineHelp)
    .option('--run <folder>', 'the run directory (default: runs/l2x-METHOD-TIME)')
    .option('--resume <folder>', 'go on with this run; only --epochs and --steps may change')
    .option('--json', 'print the summary as one JSON document on stdout')
    .addHelpText(
      'after',
      `
Examples:
  aimle train l2x
  aimle train l2x --aspect taste --k 5 --method relaxed-subset
  aimle train l2x --preset paper --aspect appearance --perturbation noise-scaled
  aimle train l2x --texts films.csv --score-column stars --score-range 1,5
  aimle explain runs/l2x-aimle-20240517-093000 "poured a fine head ."`,
    )
    .action(async (raw: unknown) => {
      const { learningToExplain, officialWays } = await import('@aimle/learning-to-explain');
      const configured = {
        newConfig: (
          preset: typeof learningToExplain.presets.quick,
          options: Parameters<typeof newConfig>[1],
        ) => newConfig(preset, options, officialWays),
        resumedConfig,
      };
      await train(learningToExplain, parsed(l2xOptions, raw), configured, call);
    });
}
