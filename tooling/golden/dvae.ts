import { readFileSync } from 'node:fs';
import { codeDivergence, DiscreteVaeNetwork, discreteVae, reconstructionLoss } from '@aimle/discrete-vae';
import { key } from '@aimle/random';
import { loadWeights, readCheckpoint } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Check, OfficialAnswers } from './check.js';

/** Single precision through three layers of up to 784 terms. */
const TOLERANCE = { logits: 2e-5, loss: 1e-5, gradient: 1e-4 } as const;

/**
 * The official network with its own weights, and a softmax over each code where the discrete layer stands, so that
 * everything is deterministic: outputs, losses, and the norm of every parameter's gradient.
 */
export async function* checkDvae(path: string): AsyncIterable<Check> {
  const bytes = new Uint8Array(readFileSync(path));
  const official = new OfficialAnswers(bytes);
  const network = new DiscreteVaeNetwork(discreteVae.presets.paper, key(0));
  // Loaded as a user's PyTorch weights are: the file is an ordinary checkpoint.
  loadWeights(network.parameters, (await readCheckpoint(bytes, path)).weights, path);
  const pixels = tf.tensor2d(official.numbers('input/x'), [8, 784]);
  const run = () => {
    const theta = network.encode(pixels);
    const logits = network.decode(tf.softmax(theta).expandDims(1));
    const bce = reconstructionLoss(logits, pixels).mean();
    const kl = codeDivergence(theta).mean();
    return { theta, logits, bce, kl };
  };
  const { theta, logits, bce, kl } = run();
  yield official.output('output/logits', theta, TOLERANCE.logits);
  yield official.output('output/reconstruction_logits', logits, TOLERANCE.logits);
  yield official.loss('output/bce', bce, TOLERANCE.loss);
  yield official.loss('output/kl', kl, TOLERANCE.loss);
  const loss = (): tf.Tensor => {
    const { bce, kl } = run();
    return bce.add(kl);
  };
  const grads = yield* official.gradients(loss, network.parameters, TOLERANCE.gradient);
  const last = network.parameters.get('decoder.linear3.bias')!;
  yield official.output('grad/decoder.linear3.bias', grads[last.name]!, TOLERANCE.gradient);
  network.dispose();
}
