/*
 * Compares layers on the GPU with the same layers on the host, number by number: states, gradients, and what adapts.
 *
 *   node --conditions=@aimle/source --import tsx packages/estimators/bench/webgpu.ts [rows]
 */
import { useEngine } from '@aimle/engine';
import { device } from '@aimle/engine/operations';
import {
  type AimleOptions,
  aimle,
  fixedLambda,
  type Layer,
  noiseScaled,
  paperAdaptive,
} from '@aimle/estimators';
import { fillNormal, foldIn, gumbel, key, noNoise, sumOfGamma } from '@aimle/random';
import { categorical, type Solver, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

const most = Number(process.argv[2] ?? 1_000_000);
await useEngine('webgpu');
// An emulated GPU is compared, too.
Object.assign(device()!, { isSoftware: false });

function normal(shape: readonly number[], seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, axis) => product * axis, 1));
  fillNormal(foldIn(key('webgpu'), seed), values);
  return values;
}

interface Comparison {
  readonly rows: number;
  readonly solver: Solver;
  readonly samples: number;
  readonly steps?: number;
  readonly options: AimleOptions;
}

/** Steps of the same training on either: the states, gradients and lambdas that differ. */
async function compare(
  name: string,
  { rows, solver, samples, steps = 1, options }: Comparison,
): Promise<void> {
  const { size } = solver;
  const used = Math.max(1, Math.min(rows, Math.floor(most / (size * samples))));
  const [here, there] = [aimle(solver, options), aimle(solver, options)] as [Layer, Layer];
  const differing = { states: 0, gradients: 0 };
  const worst = { gradient: 0, lambda: 0 };
  const lambdas: number[] = [];
  for (let step = 0; step < steps; step++) {
    const theta = normal([used, size], 3 * step);
    const weights = normal([used, samples, size], 3 * step + 1);
    const call = { key: foldIn(key(9), step), samples };
    const host = here.forward(theta, call);
    const loss = (z: tf.Tensor) => tf.sum(tf.mul(z, tf.tensor(weights, z.shape)));
    const x = tf.tensor2d(theta, [used, size]);
    let z: tf.Tensor | null = null;
    const gradient = tf.grad((input: tf.Tensor) => {
      z = tf.keep(there.sample(input, call));
      return loss(z);
    })(x);
    const expected = host.vjp(weights);
    const [states, values] = [await z!.data(), await gradient.data()];
    tf.dispose([x, z!, gradient]);
    states.forEach((value, i) => {
      if (value !== host.z[i]) differing.states++;
    });
    values.forEach((value, i) => {
      const error = Math.abs(value - expected[i]!);
      // Half the weight of one change: more is another state, less is rounding.
      if (error > 0.25 / (here.lastStep!.lambda! * samples)) differing.gradients++;
      else worst.gradient = Math.max(worst.gradient, error);
    });
    const [ours, theirs] = [there.lastStep!.lambda!, here.lastStep!.lambda!];
    worst.lambda = Math.max(worst.lambda, Math.abs(ours / theirs - 1));
    lambdas.push(ours);
  }
  const of = { states: used * samples * size * steps, gradients: used * size * steps };
  process.stdout.write(
    `${JSON.stringify({ name, rows: used, size, samples, steps, differing, of, worst, lambda: lambdas.at(-1) })}\n`,
  );
}

const fixed = { perturbation: fixedLambda(1.5) };
const code = topK({ size: 20, k: 10 });
for (const noise of [gumbel(), sumOfGamma({ kappa: 10 }), sumOfGamma({ kappa: 3, terms: 100 }), noNoise()]) {
  await compare(`dvae ${noise.name}`, {
    rows: 50_000,
    solver: code,
    samples: 1,
    options: { ...fixed, noise },
  });
}
await compare('dvae of samples', { rows: 2000, solver: code, samples: 10, options: fixed });
await compare('dvae of draws', { rows: 2000, solver: code, samples: 1, options: { ...fixed, draws: 16 } });
await compare('dvae forward', {
  rows: 2000,
  solver: code,
  samples: 4,
  options: { ...fixed, difference: 'forward' },
});
await compare('one of ten', { rows: 50_000, solver: categorical({ size: 10 }), samples: 1, options: fixed });
await compare('l2x', { rows: 2000, solver: topK({ size: 350, k: 10 }), samples: 1, options: fixed });
await compare('1024', { rows: 200, solver: topK({ size: 1024, k: 100 }), samples: 1, options: fixed });
await compare('large', { rows: 64, solver: topK({ size: 10_000, k: 50 }), samples: 4, options: fixed });
const adapts = { rows: 500, solver: code, samples: 4, steps: 40 };
await compare('default', { ...adapts, options: {} });
await compare('default, one sample', { ...adapts, samples: 1, options: {} });
await compare('paper', {
  ...adapts,
  options: { perturbation: paperAdaptive({ initialAlpha: 1, step: 0.01 }) },
});
await compare('bits', {
  ...adapts,
  solver: topK({ size: 20, k: 1 }),
  options: { perturbation: noiseScaled({ scaleWithBatch: false }) },
});
