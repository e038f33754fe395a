import { topK } from '@aimle/distributions';
import { useEngine } from '@aimle/engine';
import { aimle, diagnose, scoreFunction, straightThrough } from '@aimle/estimators';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// One theta, one loss, and its exact gradient from the list of all pairs. How close does each estimator come with ten samples?
const pairs = topK({ size: 5, k: 2 });
const theta = tf.tensor2d([[0.5, -0.2, 0.3, 0, -0.6]]);
const wanted = tf.tensor1d([1, 0, 0, 1, 0]);
const loss = (z: tf.Tensor) => z.sub(wanted).square().sum(-1).square();

const candidates = {
  aimle: aimle(pairs),
  straightThrough: straightThrough(pairs),
  scoreFunction: scoreFunction(pairs, { baseline: 'leave-one-out' }),
};
const compared = Object.entries(candidates).map(([name, estimator]) => {
  const found = diagnose(estimator, theta, loss, { key: key(1), samples: 10, repeats: 30, truth: pairs });
  return { name, cosine: found.truth!.cosine.mean, bias: found.truth!.bias.value };
});
compared; // show

// The score function has no bias, and needs only the value of the loss. The straight-through estimator has a large bias.
const [differences, identity, score] = compared.map(({ bias }) => bias);
score! < 0.1; // => true
differences! < identity!; // => true
