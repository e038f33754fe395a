import { useEngine } from '@aimle/engine';
import { aimle, fixed, noiseScaled } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();
const pairs = topK({ size: 8, k: 2 });
const theta = tf.tensor2d([[1, 0.5, 0, 0, -0.5, 0, 0.5, -1]]);
const wanted = tf.tensor1d([0, 0, 0, 1, 0, 1, 0, 0]);

// Sparsity is the share of zeros in the gradient. With a short lambda most samples say nothing at all.
const sparsity = (lambda: number) => {
  const { z, info } = differences(aimle(pairs, { perturbation: fixed(lambda) }), 0);
  z.dispose();
  return info.sparsity!;
};

function differences(layer: ReturnType<typeof aimle>, step: number) {
  let info: ReturnType<typeof layer.apply>['info'] | undefined;
  const z = tf.grad((x: tf.Tensor) => {
    const applied = layer.apply(x, { key: foldIn(key(4), step), samples: 8 });
    info = applied.info;
    return applied.z.sub(wanted).square().sum(-1).mean();
  })(theta);
  return { z, info: info! };
}

const lambdas = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const zeros = lambdas.map(sparsity);
zeros; // plot
zeros[0]! > 0.6 && zeros.at(-1)! < 0.5; // => true

// The default measures the gradient's spread as it goes, and sets lambda to match the noise.
const adaptive = aimle(pairs, { perturbation: noiseScaled() });
const course: number[] = [];
for (let step = 0; step < 30; step++) course.push(differences(adaptive, step).info.lambda!);
course; // plot
