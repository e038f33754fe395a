import { discreteVae } from '@aimle/discrete-vae';
import { adam } from '@aimle/engine';
import { aimle, paperAdaptive } from '@aimle/estimators';
import {
  gumbelDivergence,
  negativeLogLikelihood,
  RelationalNetwork,
} from '@aimle/neural-relational-inference';
import { fillNormal, fillUniform, foldIn, gumbel, key, type Noise, sumOfGamma } from '@aimle/random';
import { spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { explainer } from './explainer.js';
import type { Case } from './measure.js';
import { type Trained, trainingStep } from './trainingStep.js';

/** Cases of the official code's timings, with the same sizes and options. */
export const cases: readonly Case[] = [
  layer('op/topk-dvae-sog', { rows: 2000, n: 20, k: 10, samples: 10, noise: sumOfGamma({ kappa: 10 }) }),
  layer('op/topk-dvae-gumbel', { rows: 2000, n: 20, k: 10, samples: 10, noise: gumbel() }),
  layer('op/topk-l2x-gumbel', { rows: 40, n: 350, k: 10, samples: 1, noise: gumbel() }),
  layer('op/topk-large-gumbel', { rows: 64, n: 10_000, k: 50, samples: 4, noise: gumbel() }),
  trainingStep('step/dvae-s1', () => autoencoder(1)),
  trainingStep('step/dvae-s10', () => autoencoder(10)),
  trainingStep('step/l2x', explainer),
  trainingStep('step/nri-t10', relations),
];

interface LayerSize {
  readonly rows: number;
  readonly n: number;
  readonly k: number;
  readonly samples: number;
  readonly noise: Noise;
}

/** The layer alone, forward and backward: AIMLE with a central difference and the paper's controller. */
function layer(name: string, { rows, n, k, samples, noise }: LayerSize): Case {
  return {
    name,
    async prepare() {
      const select = aimle(topK({ size: n, k }), {
        noise,
        perturbation: paperAdaptive({ initialAlpha: 1 }),
      });
      const theta = normal([rows, n], 0);
      const weights = normal([rows, samples, n], 1);
      let step = 0;
      return {
        async run() {
          const stepKey = foldIn(key(2), step++);
          const gradient = tf.grad((input: tf.Tensor) =>
            select.sample(input, { key: stepKey, samples }).mul(weights).sum(),
          )(theta);
          await gradient.data();
          gradient.dispose();
        },
        dispose: () => tf.dispose([theta, weights]),
      };
    },
  };
}

/** The paper's discrete VAE on 100 images. */
async function autoencoder(samples: number): Promise<Trained> {
  const { paper } = discreteVae.presets;
  const sizes = { trainCount: paper.batchSize, validationCount: 0, testCount: 1 };
  const config = { ...paper, ...sizes, samples, data: 'digits' } as const;
  const session = await discreteVae.prepare(config, { folder: '', note() {} });
  const batch = session.batch(0, 0);
  const { model } = session;
  return {
    parameters: model.parameters,
    optimiser: adam({ learningRate: config.learningRate, epsilon: config.adamEpsilon }),
    loss: (stepKey) => model.losses(batch, stepKey),
    dispose() {
      session.disposeBatch(batch);
      session.dispose();
    },
  };
}

/** The official relational model on 128 motions of 10 vertices and frames. */
function relations(): Trained {
  const sizes = { vertices: 10, frames: 10, dimensions: 2, hidden: 256 };
  const batch = 128;
  const network = new RelationalNetwork(sizes, key(0));
  const values = new Float32Array(batch * sizes.frames * sizes.dimensions * sizes.vertices);
  fillUniform(key(1), values);
  const motion = tf.tensor4d(
    values.map((x) => 2 * x - 1),
    [batch, sizes.frames, sizes.dimensions, sizes.vertices],
  );
  const select = aimle(spanningTree({ vertices: sizes.vertices }), {
    noise: sumOfGamma({ kappa: 10 }),
    perturbation: paperAdaptive({ initialAlpha: 1 }),
    difference: 'forward',
  });
  return {
    parameters: network.parameters,
    optimiser: adam({ learningRate: 1e-4, epsilon: 1e-8 }),
    loss(stepKey) {
      const theta = network.encode(motion, { training: true });
      const z = select.sample(theta, { key: stepKey, samples: 1 }) as tf.Tensor3D;
      const predictions = network.decode(motion, z, sizes.frames - 1, { training: true });
      const nll = negativeLogLikelihood(predictions, motion).mean<tf.Tensor1D>(1);
      return nll.add(gumbelDivergence(theta, sizes.vertices));
    },
    dispose() {
      motion.dispose();
      network.dispose();
    },
  };
}

function normal(shape: number[], seed: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  fillNormal(key(seed), values);
  return tf.tensor(values, shape);
}
