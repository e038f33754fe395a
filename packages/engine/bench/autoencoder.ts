import { adam, bceWithLogits, valueAndGradients } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';

const layers = [
  [784, 512],
  [512, 256],
  [256, 400],
  [400, 256],
  [256, 512],
  [512, 784],
] as const;

/** The cross-entropy as one would write it without {@link bceWithLogits}. */
export function plainCrossEntropy(logits: tf.Tensor, pixels: tf.Tensor): tf.Tensor {
  const y = tf.expandDims(pixels, 1);
  const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
  return tf.add(tf.sub(tf.maximum(logits, 0), tf.mul(logits, y)), softplus);
}

/** One Adam step of a network of the discrete VAE's sizes, without its solver: batch 100, S samples each. */
export function autoencoderStep(samples: number, ours: boolean): () => void {
  const parameters = new Map(
    layers.flatMap(([inputs, outputs], i) => [
      [`${i}.weight`, tf.variable(tf.randomNormal([outputs, inputs], 0, 0.05, 'float32', i))] as const,
      [`${i}.bias`, tf.variable(tf.zeros([outputs]))] as const,
    ]),
  );
  const pixels = tf.randomUniform([100, 784], 0, 1, 'float32', 9);
  const linear = (x: tf.Tensor, i: number) =>
    tf.add(
      tf.matMul(x as tf.Tensor2D, parameters.get(`${i}.weight`) as tf.Tensor2D, false, true),
      parameters.get(`${i}.bias`)!,
    );
  const crossEntropy = ours ? bceWithLogits : plainCrossEntropy;
  const loss = () => {
    const theta = linear(tf.relu(linear(tf.relu(linear(pixels, 0)), 1)), 2);
    const q = tf.softmax(tf.reshape(theta, [100, 20, 20]));
    const each = tf.mul(tf.reshape(theta, [100, 1, 400]), tf.ones([1, samples, 1]));
    const z = tf.reshape(each, [100 * samples, 400]);
    const logits = linear(tf.relu(linear(tf.relu(linear(z, 3)), 4)), 5);
    const bce = crossEntropy(tf.reshape(logits, [100, samples, 784]), pixels);
    return tf.add(tf.mean(tf.sum(bce, -1)), tf.mean(tf.sum(tf.mul(q, tf.log(q)), [1, 2])));
  };
  const optimiser = adam({ learningRate: 1e-3 });
  const stock = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  return () =>
    tf.tidy(() => {
      const { value, gradients } = valueAndGradients(parameters, loss);
      if (ours) optimiser.apply(parameters, gradients);
      else {
        stock.applyGradients(
          [...parameters].map(([name, { name: id }]) => ({ name: id, tensor: gradients.get(name)! })),
        );
      }
      value.dataSync();
      parameters.get('5.weight')!.dataSync();
    });
}
