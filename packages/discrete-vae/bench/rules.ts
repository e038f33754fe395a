/**
 * Two epochs of the paper's discrete VAE by one perturbation rule: a line of JSON every 300 steps.
 * `AIMLE_DATA=FOLDER ... bench/rules.ts RULE [--seed N] [--steps N] [--size LAMBDA] [--corrected] [--length X]`
 * RULE: shared or apart (noise-scaled, lambda scaled by the batch size or not), paper, fixed (of --size). --length multiplies the layer's gradient.
 */
import { parseArgs } from 'node:util';
import { type ImageSet, loadMnist } from '@aimle/datasets';
import { adam, stopGradient, useEngine, valueAndGradients } from '@aimle/engine';
import { aimle, fixedLambda, noiseScaled, type PerturbationPolicy, paperAdaptive } from '@aimle/estimators';
import { foldIn, key, noiseByName, randomPermutation } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { codeDivergence, DiscreteVaeNetwork, discreteVae, reconstructionLoss } from '../src/index.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '0' },
    steps: { type: 'string', default: '1200' },
    size: { type: 'string', default: '100' },
    corrected: { type: 'boolean', default: false },
    length: { type: 'string', default: '1' },
  },
});
const policies: Readonly<Record<string, PerturbationPolicy>> = {
  shared: noiseScaled(),
  apart: noiseScaled({ scaleWithBatch: false }),
  paper: paperAdaptive({ step: 1e-3, target: 10 }),
  fixed: fixedLambda(Number(values.size)),
};
const perturbation = policies[positionals[0] ?? ''];
if (perturbation === undefined) throw new RangeError(`the rule must be one of ${Object.keys(policies)}`);

await useEngine('native');
const [batchSize, perEpoch, judged] = [100, 600, 4000];
const origin = key(Number(values.seed));
const network = new DiscreteVaeNetwork(discreteVae.presets.paper, foldIn(origin, 'weights'));
const layer = aimle(topK({ size: 20, k: 10 }), {
  noise: noiseByName('sum-of-gamma', 10),
  perturbation,
  curvatureCorrection: values.corrected,
});
const optimiser = adam({ learningRate: 1e-3 });
const folder = process.env['AIMLE_DATA'] ?? 'data';
const train = await loadMnist({ folder, split: 'train', download: 'if-missing' });
const test = await loadMnist({ folder, split: 'test', download: 'if-missing' });

function pixelsOf({ images }: ImageSet, chosen: ArrayLike<number>): tf.Tensor2D {
  const pixels = Float32Array.from({ length: chosen.length * 784 }, (_, at) => {
    return images[chosen[Math.floor(at / 784)]! * 784 + (at % 784)]! / 255;
  });
  return tf.tensor2d(pixels, [chosen.length, 784]);
}

/** The two parts of the loss of every image, and what the layer did. */
function parts(pixels: tf.Tensor2D, random: ReturnType<typeof key>) {
  const theta = network.encode(pixels);
  const length = Number(values.length);
  // The same values with a gradient of another length, for the layer alone.
  const scaled =
    length === 1 ? theta : tf.add(tf.mul(theta, length), stopGradient(tf.mul(theta, 1 - length)));
  const z = layer.sample(scaled, { key: random, samples: 1 });
  const bce = reconstructionLoss(network.decode(z), pixels).mean<tf.Tensor1D>(1);
  return { bce, kl: codeDivergence(theta) };
}

let order: ArrayLike<number> = [];
for (let step = 0; step < Number(values.steps); step++) {
  const index = step % perEpoch;
  if (index === 0) order = randomPermutation(foldIn(foldIn(origin, 'order'), step / perEpoch), train.count);
  const chosen = Array.from({ length: batchSize }, (_, i) => order[index * batchSize + i]!);
  const pixels = pixelsOf(train, chosen);
  const { value, gradients } = valueAndGradients(network.parameters, () => {
    const part = parts(pixels, foldIn(foldIn(origin, 'step'), step));
    return part.bce.add(part.kl).mean();
  });
  optimiser.apply(network.parameters, gradients);
  tf.dispose([pixels, value, ...gradients.values()]);
  if ((step + 1) % 300 === 0) {
    const { lambda, sparsity } = layer.lastStep!;
    process.stdout.write(
      `${JSON.stringify({ ...values, rule: positionals[0], step: step + 1, ...judge(), lambda, sparsity })}\n`,
    );
  }
}

/** Means over the first test images, codes drawn as in training. */
function judge(): { bce: number; kl: number } {
  const sums = { bce: 0, kl: 0 };
  for (let from = 0; from < judged; from += 200) {
    const chosen = Array.from({ length: 200 }, (_, i) => from + i);
    tf.tidy(() => {
      const { bce, kl } = parts(pixelsOf(test, chosen), foldIn(foldIn(origin, 'test'), from));
      sums.bce += bce.sum().dataSync()[0]! / judged;
      sums.kl += kl.sum().dataSync()[0]! / judged;
    });
  }
  return sums;
}
