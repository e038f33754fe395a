import { estimatorRules, estimatorSettings } from '@aimle/estimators/settings';
import {
  atMost,
  type ConfigOf,
  loopSettings,
  parametersFit,
  settingsTable,
  splitSettings,
} from '@aimle/training/settings';

/** Relaxations of the choice, which have their own noise and temperature. */
const relaxed = ['l2x', 'relaxed-subset'] as const;
const own = { data: ['texts'] } as const;
const madeUp = { data: ['auto', 'reviews-synthetic'] } as const;

/** The settings of a run. The published setting is on BeerAdvocate, with AIMLE as in the official README. */
export const settings = settingsTable({
  name: 'l2x',
  title: 'Learning to explain',
  about:
    'Learning to explain: which k words of a text carry its rating. On BeerAdvocate, on generated reviews, or on your ' +
    'own texts.',
  examples: [
    '',
    '--aspect taste --k 5 --method relaxed-subset',
    '--preset paper --aspect appearance --perturbation noise-scaled',
    '--texts films.csv --score-column stars --score-range 1,5',
  ],
  metrics: {
    mse100: '100 times the mean squared error of the rating, which is in [0, 1]; lower is better',
    subset_precision: 'share of the chosen words that people marked, over all chosen words; higher is better',
    macro_precision: 'the same, averaged over the texts; higher is better',
    chance_precision: 'the precision that random words would have',
    loss: 'what training minimises: the squared error of the rating',
  },
  groups: {
    Choice: {
      aspect: {
        kind: 'choice',
        of: ['appearance', 'aroma', 'palate', 'taste', 'score'],
        default: 'aroma',
        option: '<name>',
        help: 'which rating is explained: appearance, aroma, palate or taste; or score, the one of your own texts',
      },
      k: { kind: 'integer', min: 1, default: 10, option: '<N>', help: 'number of chosen words' },
    },
    Gradient: {
      ...estimatorSettings,
      method: {
        ...estimatorSettings.method,
        of: ['aimle', 'imle', 'straight-through', ...relaxed, 'simple', 'score-function'],
      },
      draws: {
        kind: 'integer',
        min: 1,
        default: 1,
        when: { method: ['aimle'] },
        help: 'noise draws averaged in an estimate; they cost solver calls, but no pass of the network',
      },
      relaxation: {
        kind: 'number',
        min: 0,
        default: 0,
        when: { method: relaxed },
        help: 'temperature of a relaxation; 0: the published one, 0.1 for l2x and 0.5 for relaxed-subset',
      },
    },
    Model: {
      maxLength: { kind: 'integer', min: 1, default: 350, help: 'maximum number of words read from a text' },
      hidden: { kind: 'integer', min: 1, default: 250, help: "units of the predictor's hidden layer" },
      dropout: {
        kind: 'number',
        min: 0,
        below: 1,
        default: 0.2,
        help: 'share of the selector features that is dropped in training',
      },
      vectors: {
        kind: 'choice',
        of: ['auto', 'trained'],
        default: 'auto',
        help: 'word vectors; auto: the official ones if present, else trained; trained: on the training texts',
      },
    },
    Data: {
      data: {
        kind: 'choice',
        of: ['auto', 'beer-advocate', 'reviews-synthetic', 'texts'],
        default: 'beer-advocate',
        option: '<name>',
        titles: { 'beer-advocate': 'BeerAdvocate' },
        help: 'auto: BeerAdvocate if its files are present, else generated reviews; beer-advocate; reviews-synthetic; or texts',
      },
      texts: {
        kind: 'file',
        optional: true,
        option: '<file>',
        when: own,
        sets: { '*': { data: 'texts', aspect: 'score' } },
        help: 'your own texts: CSV or JSON Lines with a text and a score',
      },
      textColumn: { kind: 'text', default: 'text', option: '<name>', when: own, help: 'its column of texts' },
      scoreColumn: {
        kind: 'text',
        default: 'score',
        option: '<name>',
        when: own,
        help: 'its column of scores',
      },
      scoreRange: {
        kind: 'pair',
        ascending: true,
        default: [0, 1],
        option: '<range>',
        when: own,
        help: 'the lowest and the highest score, such as 1,5',
      },
      trainCount: { ...splitSettings.trainCount, min: 0, help: 'texts to train on at most; 0 for all' },
      validationCount: { ...splitSettings.validationCount, min: 1, when: madeUp },
      testCount: { ...splitSettings.testCount, when: madeUp },
    },
    'Where the official code differs from its sources': {
      officialCode: {
        kind: 'choice',
        of: ['off', 'on'],
        default: 'off',
        option: '<off|on>',
        sets: {
          on: {
            ties: 'all',
            concrete: 'single',
            relaxedNoise: 'negative-gumbel',
            chosenBefore: 'last',
            truncate: 'end',
            tested: 'best',
            sampleLoss: 'sum',
            padding: 'selectable',
          },
        },
        help: 'off; or on: every setting of this group as in the official code',
      },
      ties: {
        kind: 'choice',
        of: ['first', 'all'],
        default: 'first',
        help: 'first: exactly k words, the first of equals; all: every word that reaches the k-th score (D9)',
      },
      concrete: {
        kind: 'choice',
        of: ['max', 'single'],
        default: 'max',
        when: { method: ['l2x'] },
        help: 'max: the maximum of k concrete draws; single: one draw, which sums to 1 (D12)',
      },
      relaxedNoise: {
        kind: 'choice',
        of: ['gumbel', 'negative-gumbel'],
        default: 'gumbel',
        when: { method: relaxed },
        help: 'noise of the relaxations (D13)',
      },
      chosenBefore: {
        kind: 'choice',
        of: ['all', 'last'],
        default: 'all',
        when: { method: ['relaxed-subset'] },
        help: 'choices that the relaxed subset excludes: all before, or only the last (D14)',
      },
      truncate: {
        kind: 'choice',
        of: ['end', 'beginning'],
        default: 'end',
        help: 'which end of a long text is cut off (D15)',
      },
      tested: {
        kind: 'choice',
        of: ['best', 'last'],
        default: 'best',
        help: 'which checkpoint is tested: the best in validation, or the last (D16)',
      },
      sampleLoss: {
        kind: 'choice',
        of: ['mean', 'sum'],
        default: 'mean',
        help: 'how the losses of the samples of a text add up (D17)',
      },
      padding: {
        kind: 'choice',
        of: ['masked', 'selectable'],
        default: 'masked',
        help: 'masked: padding is chosen only where a text has fewer than k words; selectable: in place of any word',
      },
    },
    Training: loopSettings,
  },
  presets: {
    paper: {
      noise: 'gumbel',
      perturbation: 'paper',
      lambda: 1000,
      alphaStep: 1e-4,
      trainCount: 0,
      validationCount: 500,
      epochs: 20,
      batchSize: 40,
      adamEpsilon: 1e-7,
    },
    quick: { perturbation: 'noise-scaled', draws: 16, data: 'auto', trainCount: 4000, epochs: 3 },
  },
  rules: [
    atMost('k', 'maxLength'),
    // Word vectors have 200 numbers.
    parametersFit('hidden', ({ hidden }: { hidden: number }) => 200 * hidden),
    {
      setting: 'batchSize',
      must: ({ trainCount }) => `at most trainCount, ${trainCount}`,
      holds: ({ batchSize, trainCount }) => trainCount === 0 || batchSize <= trainCount,
    },
    {
      setting: 'texts',
      must: 'a file with data texts, and left out otherwise',
      holds: ({ data, texts }) => (data === 'texts') === (texts !== undefined),
    },
    {
      setting: 'aspect',
      must: 'score with data texts, and one of the others otherwise',
      holds: ({ data, aspect }) => (data === 'texts') === (aspect === 'score'),
    },
    ...estimatorRules,
  ],
});

/** Configuration of a run: plain JSON, kept in the run's config.json. */
export type LearningToExplainConfig = ConfigOf<typeof settings>;
