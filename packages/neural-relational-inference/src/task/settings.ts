import { estimatorRules, estimatorSettings } from '@aimle/estimators/settings';
import {
  atMost,
  type ConfigOf,
  loopSettings,
  parametersFit,
  settingsTable,
  splitSettings,
} from '@aimle/training/settings';

const ownFiles = ['*.npy', '*.csv', '*.tsv'] as const;
const graphLayouts = ['simulated', 'files'] as const;
const isOwn = ({ data }: { readonly data: string }) => !(graphLayouts as readonly string[]).includes(data);

/**
 * The settings of a run of neural relational inference. The published setting is the paper's best for T = 10 and forward
 * differences, as in the official README.
 */
export const settings = settingsTable({
  name: 'nri',
  title: 'Neural relational inference',
  about:
    'Neural relational inference: which vertices interact, inferred from their motion alone. An encoder scores every ' +
    'pair, a spanning tree is drawn, and a decoder predicts the motion along it. On simulations, or your own ' +
    'recordings.',
  notes:
    'Your own recordings are a table with the columns sample, time, vertex and one for each coordinate, or an array of\n' +
    '[recordings, frames, dimensions, vertices]; edges a table of sample (if they differ), from, to, or [recordings, ' +
    'vertices,\nvertices].',
  examples: [
    '',
    '--method straight-through --seed 1',
    '--method stochastic-softmax --structure top-k',
    '--data fish.csv --edges who-leads.csv --structure arborescence',
    '--preset paper --temperature 0.1 --difference central --set learningRate=5e-4',
    '--preset paper --frames 20 --temperature 0.1 --set learningRate=5e-4 --set predictionSteps=10',
    '--resume runs/nri-aimle-20240517-093000 --epochs 20',
  ],
  metrics: {
    elbo: 'log-likelihood of the motion, one frame predicted at a time, less the KL, in nats per vertex and up to a constant; higher is better',
    nll: 'negative log-likelihood of the motion, in nats per vertex; lower is better',
    kl: 'divergence of the edges from the prior, in nats per vertex',
    precision: 'share of the predicted edges that are true; higher is better',
    recall: 'share of the true edges that are predicted; higher is better',
    accuracy: 'share of all pairs that are told right; higher is better',
    'official/elbo': 'the ELBO in the conventions of the official code',
    'official/precision': 'precision as the official code counts it',
    'official/recall': 'recall as the official code counts it',
    'official/accuracy': 'accuracy as the official code counts it',
    loss: 'what training minimises: the negative ELBO, in nats per vertex; over predictionSteps frames in a row, where evaluation predicts one',
  },
  groups: {
    Gradient: {
      ...estimatorSettings,
      method: {
        ...estimatorSettings.method,
        of: ['aimle', 'imle', 'straight-through', 'stochastic-softmax', 'score-function', 'nvil'],
      },
      relaxation: {
        kind: 'number',
        above: 0,
        default: 0.5,
        option: '<tau>',
        when: { method: ['stochastic-softmax'] },
        help: 'temperature of the relaxed edges in training',
      },
      baseline: {
        kind: 'choice',
        of: ['none', 'moving-average', 'leave-one-out'],
        default: 'moving-average',
        option: '<name>',
        when: { method: ['score-function'] },
        help: 'what is subtracted from a loss; leave-one-out needs two samples or more',
      },
    },
    Model: {
      structure: {
        kind: 'choice',
        of: ['tree', 'arborescence', 'top-k', 'independent'],
        default: 'tree',
        option: '<name>',
        help: 'which edges are possible: tree; arborescence, a tree with directions; top-k, the best n - 1; or independent',
      },
      hidden: { kind: 'integer', min: 1, default: 256, help: 'units of every hidden layer' },
      dropout: {
        kind: 'number',
        min: 0,
        below: 1,
        default: 0,
        help: 'share of hidden units dropped in training',
      },
      starts: {
        kind: 'integer',
        min: 1,
        default: 1,
        help:
          'initialisations that are trained for 80 steps each before the first step; the best one is kept. A run of fewer ' +
          'steps than they take together has one',
      },
      predictionSteps: {
        kind: 'integer',
        min: 1,
        default: 9,
        help: 'frames predicted in a row in training; evaluation predicts one',
      },
    },
    Data: {
      data: {
        kind: 'choice',
        of: [...graphLayouts, ...ownFiles],
        default: 'simulated',
        option: '<name>',
        help:
          'simulated, in seconds when needed; files of `data get graph-layout` or of the official code; or your own ' +
          'recordings: a .npy file or a .csv file',
      },
      edges: {
        kind: 'choice',
        of: ownFiles,
        optional: true,
        option: '<file>',
        when: { data: ownFiles },
        help: 'the true edges of your own recordings, for metrics only: a .npy file or a .csv file',
      },
      frames: {
        kind: 'integer',
        min: 2,
        default: 10,
        option: '<T>',
        when: { data: graphLayouts },
        help: 'frames of a recording',
      },
      vertices: {
        kind: 'integer',
        min: 2,
        default: 10,
        option: '<n>',
        when: { data: graphLayouts },
        help: 'vertices that move',
      },
      ...splitSettings,
      trainCount: { ...splitSettings.trainCount, min: 2 },
    },
    // Batch normalisation needs two instances.
    Training: { ...loopSettings, batchSize: { ...loopSettings.batchSize, min: 2 } },
  },
  presets: {
    paper: {
      epochs: 128,
      steps: 50_000,
      batchSize: 128,
      learningRate: 1e-4,
      difference: 'forward',
      perturbation: 'paper',
      // The official code counts each edge twice, so its 1 is 0.5 here.
      changedTarget: 0.5,
      trainCount: 50_000,
      validationCount: 10_000,
      testCount: 10_000,
    },
    // Predicts one frame at a time, as in evaluation: over nine in a row errors accumulate, and hide which edge moved what.
    quick: {
      epochs: 10,
      steps: undefined,
      batchSize: 64,
      learningRate: 3e-3,
      difference: undefined,
      perturbation: 'noise-scaled',
      hidden: 64,
      starts: 3,
      predictionSteps: 1,
      trainCount: 4000,
      validationCount: 500,
      testCount: 500,
    },
  },
  rules: [
    atMost('batchSize', 'trainCount'),
    // Ten squares in the encoder, four in the decoder.
    parametersFit('hidden', ({ hidden }: { hidden: number }) => 14 * hidden ** 2),
    {
      setting: 'edges',
      must: 'left out unless data is a file of recordings',
      holds: (config) => isOwn(config) || config.edges === undefined,
    },
    {
      setting: 'predictionSteps',
      must: ({ frames }) => `at most frames, ${frames}`,
      holds: (config) => isOwn(config) || config.predictionSteps <= config.frames,
    },
    {
      setting: 'structure',
      must: 'tree, top-k or independent for graph layouts, whose springs pull both ways',
      holds: (config) => isOwn(config) || config.structure !== 'arborescence',
    },
    {
      setting: 'samples',
      must: 'at least 2 for the baseline leave-one-out',
      holds: ({ method, baseline, samples }) =>
        method !== 'score-function' || baseline !== 'leave-one-out' || samples >= 2,
    },
    ...estimatorRules,
  ],
});

/** Configuration of a run: plain JSON, kept in the run's config.json. */
export type RelationalConfig = ConfigOf<typeof settings>;

export const onOwnRecordings = (config: RelationalConfig): boolean => isOwn(config);
