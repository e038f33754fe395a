import { readFileSync } from 'node:fs';
import { readSafetensors } from '@aimle/datasets';
import { codeDivergence, DiscreteVaeNetwork, discreteVae, reconstructionLoss } from '@aimle/discrete-vae';
import { key } from '@aimle/random';
import { loadWeights, readCheckpoint } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Check, euclidean, furthest, relative } from './check.js';

/** Single precision through three layers of up to 784 terms. */
const TOLERANCE = { logits: 2e-5, loss: 1e-5, gradient: 1e-4 } as const;

/**
 * The official network with its own weights, and a softmax over each code where the discrete layer stands, so that
 * everything is deterministic: outputs, losses, and the norm of every parameter's gradient.
 */
export async function* checkDvae(path: string): AsyncIterable<Check> {
  const bytes = new Uint8Array(readFileSync(path));
  const { tensors } = readSafetensors(bytes);
  const numbers = (name: string): Float32Array => tensors.get(name)!.data as Float32Array;
  const network = new DiscreteVaeNetwork(discreteVae.presets.paper, key(0));
  // Loaded as a user's PyTorch weights are: the file is an ordinary checkpoint.
  loadWeights(network.parameters, (await readCheckpoint(bytes, path)).weights, path);
  const pixels = tf.tensor2d(numbers('input/x'), [8, 784]);
  const run = () => {
    const theta = network.encode(pixels);
    const logits = network.decode(tf.softmax(theta).expandDims(1));
    const bce = reconstructionLoss(logits, pixels).mean();
    const kl = codeDivergence(theta).mean();
    return { theta, logits, bce, kl };
  };
  const { theta, logits, bce, kl } = run();
  const compare = (name: string, actual: tf.Tensor, tolerance: number): Check => {
    return { name, error: furthest(actual.dataSync(), numbers(name)), tolerance };
  };
  yield compare('output/logits', theta, TOLERANCE.logits);
  yield compare('output/reconstruction_logits', logits, TOLERANCE.logits);
  yield relative('output/bce', bce.dataSync()[0]!, numbers('output/bce')[0]!, TOLERANCE.loss);
  yield relative('output/kl', kl.dataSync()[0]!, numbers('output/kl')[0]!, TOLERANCE.loss);
  const { grads } = tf.variableGrads(() => {
    const { bce, kl } = run();
    return bce.add(kl) as tf.Scalar;
  }, [...network.parameters.values()]);
  for (const [name, variable] of network.parameters) {
    const norm = euclidean(grads[variable.name]!.dataSync());
    yield relative(`grad_norm/${name}`, norm, numbers(`grad_norm/${name}`)[0]!, TOLERANCE.gradient);
  }
  const last = [...network.parameters].find(([name]) => name === 'decoder.linear3.bias')![1];
  yield compare('grad/decoder.linear3.bias', grads[last.name]!, TOLERANCE.gradient);
  network.dispose();
}
