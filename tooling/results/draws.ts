/**
 * Prints the quality of one estimate of AIMLE by samples and draws of the noise: the cosine with the true gradient,
 * the bias and the spread, both in lengths of the true gradient. 5 of 10, losses that are quadratic in z.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/results/draws.ts
 */
import { useEngine } from '@aimle/engine';
import { aimle, noiseScaled } from '@aimle/estimators';
import { fillNormal, foldIn, gumbel, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

const size = 10;
const estimates = 4000;
const solver = topK({ size, k: 5 });
const settings = [
  { samples: 1, draws: 1 },
  { samples: 1, draws: 4 },
  { samples: 1, draws: 16 },
  { samples: 4, draws: 1 },
  { samples: 16, draws: 1 },
];

type Loss = (z: tf.Tensor) => tf.Tensor;

await useEngine('wasm', { report: () => {} });
write('| loss | problem | samples | draws | cosine | bias | spread |\n|---|---:|---:|---:|---:|---:|---:|');
for (let problem = 0; problem < 3; problem++) {
  const theta = normal(5, problem, [1, size]);
  const target = normal(6, problem, [size]);
  const matrix = normal(7, problem, [size, size]) as tf.Tensor2D;
  const square: Loss = (z) => z.sub(target).square().sum(-1);
  const coupled: Loss = (z) => {
    const image = tf.matMul(z.reshape<tf.Tensor2D>([-1, size]), matrix).reshape(z.shape);
    return image.sub(target).square().sum(-1);
  };
  for (const [name, loss] of Object.entries({ square, coupled })) {
    const truth = trueGradient(theta, loss);
    for (const setting of settings) {
      const quality = qualityOf(theta, loss, truth, setting);
      write(
        `| ${[name, problem, setting.samples, setting.draws, ...quality.map((x) => x.toFixed(2))].join(' | ')} |`,
      );
    }
  }
}

/** By the score of Gumbel noise, whose derivative is exp(-epsilon) - 1, from 400,000 draws. */
function trueGradient(theta: tf.Tensor, loss: Loss): tf.Tensor {
  const rows = 20_000;
  const count = 20;
  return tf.tidy(() => {
    const means = Array.from({ length: count }, (_, i) =>
      tf.tidy(() => {
        const epsilon = new Float32Array(rows * size);
        gumbel().fill(foldIn(key(8), i), epsilon);
        const noise = tf.tensor2d(epsilon, [rows, size]);
        const z = new Float32Array(rows * size);
        solver.solve(noise.add(theta).dataSync<'float32'>(), z, rows);
        const losses = loss(tf.tensor2d(z, [rows, size]));
        const score = tf.sub(1, noise.neg().exp());
        return score.mul(losses.sub(losses.mean()).expandDims(1)).mean(0);
      }),
    );
    return tf.stack(means).mean(0);
  });
}

function qualityOf(
  theta: tf.Tensor,
  loss: Loss,
  truth: tf.Tensor,
  { samples, draws }: { samples: number; draws: number },
): number[] {
  // The batch only gives many estimates at once: each must be as good as one alone.
  const layer = aimle(solver, { draws, perturbation: noiseScaled({ scaleWithBatch: false }) });
  const gradientOf = (call: number): tf.Tensor =>
    tf.grad((x: tf.Tensor) =>
      loss(layer.sample(x, { key: foldIn(key(9), call), samples }))
        .mean(1)
        .sum(),
    )(theta.tile([estimates, 1]));
  return tf.tidy(() => {
    // The first pass learns the curvature.
    gradientOf(0);
    const gradients = gradientOf(1);
    const length = truth.norm();
    const mean = gradients.mean(0);
    const cosines = gradients.mul(truth).sum(1).divNoNan(gradients.norm('euclidean', 1).mul(length));
    const spread = gradients.sub(mean).square().sum(1).mean().sqrt();
    return [cosines.mean(), mean.sub(truth).norm().div(length), spread.div(length)].map(
      (value) => value.dataSync()[0]!,
    );
  });
}

function normal(seed: number, problem: number, shape: number[]): tf.Tensor {
  const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
  fillNormal(foldIn(key(seed), problem), values);
  return tf.tensor(values, shape);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
