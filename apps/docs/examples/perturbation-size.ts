import { useEngine } from '@aimle/engine';
import { aimle, fixedLambda, type Layer, noiseScaled } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();
const pairs = topK({ size: 8, k: 2 });
const theta = tf.tensor2d([[1, 0.5, 0, 0, -0.5, 0, 0.5, -1]]);
const wanted = tf.tensor1d([0, 0, 0, 1, 0, 1, 0, 0]);

// What one step did: its lambda, and how much of the gradient is zero.
function stepOf(layer: Layer, step: number) {
  const loss = (x: tf.Tensor) => {
    const z = layer.sample(x, { key: foldIn(key(4), step), samples: 8 });
    return z.sub(wanted).square().sum(-1).mean();
  };
  tf.grad(loss)(theta).dispose();
  return layer.lastStep!;
}

// With a small lambda most samples contribute nothing: most of the gradient is zero.
const sparsity = (lambda: number) => stepOf(aimle(pairs, { perturbation: fixedLambda(lambda) }), 0).sparsity!;

const lambdas = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const zeros = lambdas.map(sparsity);
zeros; // plot
zeros[0]! > 0.6 && zeros.at(-1)! < 0.5; // => true

// The default measures the gradient's spread as it goes, and sets lambda to match the noise.
const adaptive = aimle(pairs, { perturbation: noiseScaled() });
const lambdaByStep: number[] = [];
for (let step = 0; step < 30; step++) lambdaByStep.push(stepOf(adaptive, step).lambda!);
lambdaByStep; // plot
