import { estimatorRules, estimatorSettings } from '@aimle/estimators/settings';
import {
  atMost,
  type ConfigOf,
  loopSettings,
  parametersFit,
  settingsTable,
  splitSettings,
} from '@aimle/training/settings';

const { method, noise, temperature } = estimatorSettings;
const perturbed = ['aimle', 'imle', 'perturbed-optimiser', 'fenchel-young'];

/** Everything that decides a run of shortest paths. */
export const settings = settingsTable({
  name: 'path',
  title: 'Shortest paths on terrain maps',
  about:
    'A network reads from a picture what the cells of a map cost, and learns it from shortest paths alone.',
  examples: ['', '--method fenchel-young --seed 1', '--size 30 --set trainCount=500', '--preset paper'],
  metrics: {
    cost_ratio: 'true cost of the predicted path over that of the best one, at least 1; lower is better',
    optimal: 'share of the maps whose predicted path costs no more than the best one; higher is better',
    hamming:
      'cells that only one of the two paths has; lower is better, above 0 also where two paths are equally good',
    loss: 'what training minimises: how much the predicted path differs from the true one',
  },
  groups: {
    Gradient: {
      ...estimatorSettings,
      method: {
        ...method,
        of: ['aimle', 'imle', 'black-box', 'perturbed-optimiser', 'fenchel-young'],
        help: 'how the gradient passes the path; fenchel-young is a loss of the costs, and passes none',
        sets: {
          ...method.sets,
          'black-box': { ...method.sets['black-box'], lambda: 20, learningRate: 1e-3 },
          'perturbed-optimiser': { noise: 'normal', temperature: 0.5 },
          'fenchel-young': { temperature: 1 },
        },
      },
      noise: { ...noise, when: { method: perturbed } },
      temperature: { ...temperature, when: { method: perturbed } },
    },
    Model: {
      channels: { kind: 'integer', min: 1, default: 16, help: 'channels of the first convolution' },
    },
    Data: {
      data: {
        kind: 'choice',
        of: ['terrain', 'warcraft'],
        default: 'warcraft',
        option: '<name>',
        titles: { terrain: 'our own maps', warcraft: 'Warcraft maps' },
        help: 'terrain: maps that we draw; warcraft: the published files, in the data folder',
      },
      size: { kind: 'integer', min: 2, max: 100, default: 12, option: '<N>', help: 'cells along a side' },
      ...splitSettings,
    },
    Training: loopSettings,
  },
  presets: {
    paper: { perturbation: 'paper', batchSize: 70, learningRate: 5e-4, learningRateDecay: 0.91, epochs: 50 },
    quick: {
      perturbation: 'noise-scaled',
      noise: 'gumbel',
      temperature: 0.3,
      batchSize: 20,
      learningRate: 3e-3,
      learningRateDecay: 0.7,
      epochs: 10,
      data: 'terrain',
      trainCount: 2000,
      validationCount: 200,
      testCount: 1000,
    },
  },
  rules: [
    atMost('batchSize', 'trainCount'),
    parametersFit('channels', ({ channels }: { channels: number }) => 44 * channels ** 2),
    ...estimatorRules,
    {
      setting: 'noise',
      must: 'normal for the perturbed optimiser, which multiplies costs by it',
      holds: ({ method, noise }) => method !== 'perturbed-optimiser' || noise === 'normal',
    },
  ],
});

/** A configuration of shortest paths: plain JSON, kept in the run's config.json. */
export type PathConfig = ConfigOf<typeof settings>;
