import { estimatorRules, estimatorSettings } from '@aimle/estimators/settings';
import {
  atMost,
  type ConfigOf,
  loopSettings,
  parametersFit,
  settingsTable,
  splitSettings,
} from '@aimle/training/settings';

const knownData = ['auto', 'mnist', 'digits'] as const;

/** The settings of a discrete VAE run. The published setting is that of the official README, with one sample. */
export const settings = settingsTable({
  name: 'dvae',
  title: 'Discrete variational autoencoder',
  about:
    'A discrete variational autoencoder of grey images: an encoder switches on k of n bits in each of m codes, and a ' +
    'decoder draws the image from them. On MNIST, generated digits, or your own images.',
  examples: [
    '',
    '--method straight-through --seed 1',
    '--preset paper --samples 10',
    '--lambda 3 --epochs 2 --set trainCount=2000',
    '--data photos/ --set hidden=256,128',
    '--resume runs/dvae-aimle-20240517-093000 --epochs 24',
  ],
  metrics: {
    negative_elbo: 'BCE + KL, in nats per image; lower is better',
    bce: 'cross-entropy of an image and its reconstruction from one drawn code, in nats; lower is better',
    kl: 'divergence of the codes from the uniform distribution, each taken as one n-way choice, in nats',
    official_loss:
      'BCE + KL / S, the convention of the official code; comparable only between runs with the same number of samples S',
    loss: 'what training minimises: the negative ELBO with codes drawn anew, in nats per image',
  },
  groups: {
    Gradient: {
      ...estimatorSettings,
      method: { ...estimatorSettings.method, of: ['aimle', 'imle', 'straight-through'] },
      officialCode: {
        kind: 'choice',
        of: ['off', 'on'],
        default: 'off',
        option: '<off|on>',
        when: { method: ['aimle', 'imle'] },
        help: "off; or on: gradients as the official code computes them, where it differs from the paper's formulas (D1, D5, D6)",
      },
    },
    Model: {
      codes: { kind: 'integer', min: 1, default: 20, help: 'codes that describe an image' },
      codeSize: { kind: 'integer', min: 2, default: 20, help: 'bits of a code' },
      k: { kind: 'integer', min: 1, default: 10, help: 'bits of a code that are on' },
      hidden: {
        kind: 'pair',
        integer: true,
        min: 1,
        default: [512, 256],
        help: "units of the encoder's two hidden layers; the decoder mirrors them",
      },
    },
    Data: {
      data: {
        kind: 'choice',
        of: [...knownData, '*/'],
        default: 'mnist',
        option: '<name|path>',
        titles: { mnist: 'MNIST' },
        help:
          'auto: MNIST if it is present or can be downloaded, else generated digits; or mnist, or digits; or your own grey ' +
          'images of any size: a folder of PNG pictures, or a .npy, .npz or idx file',
      },
      ...splitSettings,
    },
    Training: loopSettings,
  },
  presets: {
    paper: {
      perturbation: 'paper',
      changedTarget: 10,
      epochs: 100,
      trainCount: 60_000,
      validationCount: 0,
      testCount: 10_000,
    },
    quick: {
      perturbation: 'noise-scaled',
      epochs: 10,
      data: 'auto',
      trainCount: 10_000,
      validationCount: 1000,
      testCount: 2000,
    },
  },
  rules: [
    atMost('k', 'codeSize'),
    atMost('batchSize', 'trainCount'),
    parametersFit('hidden', ({ hidden: [first, second], codes, codeSize }: Widths) => {
      return 2 * (784 * first + first * second + second * codes * codeSize);
    }),
    ...estimatorRules,
  ],
});

interface Widths {
  readonly hidden: readonly [number, number];
  readonly codes: number;
  readonly codeSize: number;
}

/** Configuration of a discrete VAE run: plain JSON, kept in the run's config.json. */
export type DiscreteVaeConfig = ConfigOf<typeof settings>;

export const isOwnData = ({ data }: Pick<DiscreteVaeConfig, 'data'>): boolean =>
  !(knownData as readonly string[]).includes(data);
