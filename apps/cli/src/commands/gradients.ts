import type { Comparison } from '@aimle/gradient-study';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { engineHelp, engineOption, startEngine } from '../options/engine.js';
import { integer, integers, names, oneOf, parsed, suggestion } from '../options/values.js';
import { ShareProgress } from '../progress/shareProgress.js';
import { table } from '../terminal/table.js';
import type { Call, Ink } from '../terminal/terminal.js';
import { short } from '../terminal/wording.js';

const options = z.object({
  structure: z.string().default('subset'),
  n: integer('--n', 1).optional(),
  k: integer('--k', 1).optional(),
  methods: names('--methods').optional(),
  samples: integers('--samples', 1).default([1, 10, 100]),
  seeds: integer('--seeds', 1).default(16),
  truth: oneOf('--truth', ['gibbs', 'perturb-and-map']).default('gibbs'),
  seed: integer('--seed', 0).default(0),
  engine: engineOption,
  json: z.boolean().default(false),
});

export function addGradients(command: Command, { terminal }: Call): void {
  command
    .optionsGroup('The problems:')
    .option(
      '--structure <name>',
      'subset, tree, bernoulli, arborescence, assignment or chain (default: subset)',
    )
    .option('--n <N>', 'items, vertices, bits or positions (default: depends on the structure)')
    .option('--k <K>', 'items in a subset, or labels of a chain')
    .option('--seeds <N>', 'how many problems (default: 16)')
    .option(
      '--truth <name>',
      'gibbs: p(z) ~ exp <theta, z>, as in the paper; perturb-and-map: states drawn with Gumbel noise (default: gibbs)',
    )
    .optionsGroup('The estimators:')
    .option('--methods <names>', 'separated by commas (default: a dozen)')
    .option('--samples <S>', 'numbers of samples, separated by commas (default: 1,10,100)')
    .option('--seed <N>', 'seed of every random draw (default: 0)')
    .option(...engineHelp)
    .option('--json', 'print everything as one JSON document on stdout')
    .addHelpText(
      'after',
      `
Examples:
  aimle gradients
  aimle gradients --structure tree --n 6 --methods aimle,imle,simple
  aimle gradients --n 50 --k 1 --samples 1,10,100,1000 --truth perturb-and-map --json`,
    )
    .action(async (raw: unknown) => {
      const { json, seed, engine, ...given } = parsed(options, raw);
      const study = await import('@aimle/gradient-study');
      const structure = Object.hasOwn(study.comparedStructures, given.structure)
        ? study.comparedStructures[given.structure]
        : undefined;
      if (structure === undefined) {
        const names = Object.keys(study.comparedStructures);
        throw new RequestError(
          `--structure must be one of ${names.join(', ')}, got ${JSON.stringify(given.structure)}` +
            suggestion(given.structure, names),
        );
      }
      if (given.k !== undefined && structure.k === null) {
        throw new RequestError(`--k does nothing with --structure ${structure.name}; leave it out`);
      }
      const { n, k, methods, ...rest } = given;
      const chosen = {
        ...rest,
        structure,
        ...(n !== undefined && { n }),
        ...(k !== undefined && { k }),
        ...(methods && { methods }),
      };
      try {
        study.checkComparison(chosen);
      } catch (error) {
        if (error instanceof RangeError) throw new RequestError(error.message, { cause: error });
        throw error;
      }
      await startEngine(engine, terminal);
      const { key } = await import('@aimle/random');
      const progress = new ShareProgress(terminal);
      const found = study.compareEstimators({
        ...chosen,
        key: key(seed),
        onProgress: (share) => progress.at(share),
      });
      progress.clear();
      if (json) terminal.json(documentOf(found));
      else terminal.stdout(described(found, terminal.stdoutInk));
    });
}

/** What scripts may rely on. */
function documentOf({ rows, ...comparison }: Comparison): object {
  return {
    ...comparison,
    rows: rows.map(({ method, samples, lambda, meanLambda, cosine, sparsity, solverCalls }) => ({
      method,
      samples,
      lambda,
      mean_lambda: meanLambda,
      // One problem has no standard error.
      cosine: { mean: cosine.mean, se: comparison.seeds > 1 ? cosine.error : null },
      sparsity,
      solver_calls: solverCalls,
    })),
  };
}

function described({ structure, n, k, seeds, truth, rows }: Comparison, ink: Ink): string {
  const lines = rows.map(({ method, samples, cosine, sparsity, lambda, meanLambda, solverCalls }, at) => [
    rows[at - 1]?.method === method ? '' : method,
    samples.toLocaleString('en'),
    `${cosine.mean.toFixed(3)}${seeds > 1 ? ` ± ${cosine.error.toFixed(3)}` : ''}`,
    `${Math.round(100 * sparsity)} %`,
    meanLambda === null ? '' : `${short(meanLambda)}${lambda === null ? ' adapted' : ''}`,
    String(solverCalls),
  ]);
  const head = ['method', 'S', 'cosine', 'zeros', 'lambda', 'solves'];
  return [
    ink.bold(`Gradient of E |z - b|^2, ${structure}, n = ${n}${k === null ? '' : `, k = ${k}`}`),
    `truth: ${truth}; mean over ${seeds} ${seeds === 1 ? 'problem' : 'problems'} ± standard error`,
    '',
    table([head, ...lines], { heading: ink.dim, right: [1, 2, 3, 5] }),
  ].join('\n');
}
