import { discreteVae } from '@aimle/discrete-vae';
import { adam } from '@aimle/engine';
import { aimle, clampCosts, paperAdaptive } from '@aimle/estimators';
import {
  gumbelDivergence,
  negativeLogLikelihood,
  RelationalNetwork,
} from '@aimle/neural-relational-inference';
import { fillUniform, key, sumOfGamma } from '@aimle/random';
import { gridPath, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { engineCases } from './engineCases.js';
import { explainer } from './explainer.js';
import { layerCase } from './layerCase.js';
import type { Case } from './measure.js';
import { type Trained, trainingStep } from './trainingStep.js';

/** Noise of the discrete VAE's codes, and of the trees. */
const sog10 = sumOfGamma({ kappa: 10 });
const code = { rows: 2000, solver: topK({ size: 20, k: 10 }) };

/**
 * Every case that needs an engine. Those of the official code's timings have the same sizes and options; it has no draws
 * beside the sample's own, and no cases of engines.
 */
export const cases: readonly Case[] = [
  layerCase('op/topk-dvae-sog', { ...code, samples: 10, noise: sog10 }),
  layerCase('op/topk-dvae-gumbel', { ...code, samples: 10 }),
  layerCase('op/topk-dvae-gumbel-draws16', { ...code, samples: 1, draws: 16 }),
  layerCase('op/topk-dvae-gumbel-draws64', { ...code, samples: 1, draws: 64 }),
  layerCase('op/topk-l2x-gumbel', { rows: 40, solver: topK({ size: 350, k: 10 }), samples: 1 }),
  layerCase('op/topk-large-gumbel', { rows: 64, solver: topK({ size: 10_000, k: 50 }), samples: 4 }),
  // The official layer is given each edge in both directions, 90 numbers, and solves for the 45 that our layer has.
  layerCase('op/tree-nri-sog', {
    rows: 128,
    solver: spanningTree({ vertices: 10 }),
    samples: 1,
    noise: sog10,
  }),
  layerCase('op/path-grid30', {
    rows: 70,
    solver: clampCosts(gridPath({ height: 30, width: 30 }), { minimum: 0.01 }),
    samples: 1,
    noise: sumOfGamma({ kappa: 39 }),
    difference: 'forward',
  }),
  trainingStep('step/dvae-s1', () => autoencoder(1)),
  trainingStep('step/dvae-s10', () => autoencoder(10)),
  trainingStep('step/l2x', explainer),
  trainingStep('step/nri-t10', relations),
  ...engineCases,
];

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
