import { adam, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { edgeChoice, neuralRelationalInference, type RelationalConfig } from '../src/index.js';

const { quick } = neuralRelationalInference.presets;

const tiny: RelationalConfig = {
  ...quick,
  starts: 1,
  vertices: 4,
  frames: 4,
  predictionSteps: 2,
  hidden: 8,
  batchSize: 16,
  trainCount: 32,
  validationCount: 10,
  testCount: 10,
  samples: 2,
};

const methods: Partial<RelationalConfig>[] = [
  { method: 'aimle' },
  { method: 'aimle', perturbation: 'paper', difference: 'forward' },
  { method: 'imle' },
  { method: 'straight-through' },
  { method: 'stochastic-softmax' },
  { method: 'score-function', baseline: 'none' },
  { method: 'score-function', baseline: 'moving-average' },
  { method: 'score-function', baseline: 'leave-one-out' },
  { method: 'nvil', samples: 1 },
];
const undirected = ['tree', 'top-k', 'independent'] as const;
const all = methods.flatMap((method) => undirected.map((structure) => ({ ...method, structure })));

const open: { dispose(): void }[] = [];
async function start(config: RelationalConfig) {
  const session = await neuralRelationalInference.prepare(config, { folder: '', note: () => {} });
  open.push(session);
  return session;
}
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

describe.each(all)('two steps by %o', (change) => {
  test('have finite losses, a gradient in the encoder, and leak nothing', async () => {
    const { model, batch, disposeBatch, evaluate } = await start({ ...tiny, ...change });
    const optimiser = adam({ learningRate: 1e-3 });
    let tensors = 0;
    for (let step = 0; step < 2; step++) {
      const motion = batch(0, step);
      tf.tidy(() => {
        const { value, gradients } = valueAndGradients(model.parameters, () =>
          tf.mean(model.losses(motion, foldIn(key(1), step))),
        );
        expect(Number.isFinite(value.dataSync()[0]!)).toBe(true);
        for (const name of [
          'encoder.mlp1.fc1.weight',
          'decoder.msg_fc1.1.weight',
          'decoder.out_fc3.weight',
        ]) {
          const norm = gradients.get(name)!.norm().dataSync()[0]!;
          expect(norm, name).toBeGreaterThan(1e-3);
          expect(Number.isFinite(norm)).toBe(true);
        }
        if (change.method === 'nvil') {
          expect(gradients.get('baseline.out.weight')!.norm().dataSync()[0]!).toBeGreaterThan(0);
        }
        optimiser.apply(model.parameters, gradients);
      });
      disposeBatch(motion);
      if (step === 0) tensors = tf.memory().numTensors;
    }
    expect(tf.memory().numTensors).toBe(tensors);
    const { kl, precision } = await evaluate('test', key(0));
    expect(kl!).toBeGreaterThan(0);
    expect(precision!).toBeGreaterThan(0);
    expect(precision!).toBeLessThanOrEqual(1);
  });
});

test.each(methods)('%o continues from a checkpoint with the gradients that it had', async (change) => {
  const { model, batch, disposeBatch } = await start({ ...tiny, ...change });
  const motion = batch(0, 0);
  const gradientOf = (step: number) =>
    tf.tidy(() => {
      const { gradients } = valueAndGradients(model.parameters, () =>
        tf.mean(model.losses(motion, foldIn(key(1), step))),
      );
      return gradients.get('encoder.mlp1.fc1.weight')!.dataSync<'float32'>();
    });
  gradientOf(0);
  const kept = JSON.stringify(model.state());
  const gradient = gradientOf(1);
  for (let step = 2; step < 5; step++) gradientOf(step);
  model.restore(JSON.parse(kept));
  expect(gradientOf(1)).toEqual(gradient);
  disposeBatch(motion);
});

/** The gradient of the estimator alone: what passes the edges into theta, without the divergence. */
function gradientIn(config: RelationalConfig): Float32Array {
  const { estimator } = edgeChoice(config);
  const theta = tf.variable(tf.tensor2d([[0.3, -0.2, 0.1, 0.5, -0.4, 0.2]]));
  const loss = (z: tf.Tensor) => z.mul([3, -1, 2, -2, 1, 0.5]).sum(-1).add(5);
  const { gradients } = valueAndGradients(new Map([['theta', theta]]), () =>
    tf.mean(estimator.expectation(theta, loss, { key: key(3), samples: 2000 })),
  );
  const values = gradients.get('theta')!.dataSync<'float32'>();
  theta.dispose();
  return values;
}

test('relaxed edges and drawn ones lower a loss in the same directions', () => {
  const relaxed = gradientIn({ ...tiny, method: 'stochastic-softmax', relaxation: 1 });
  const drawn = gradientIn({ ...tiny, method: 'score-function', baseline: 'leave-one-out' });
  const [a, b] = [tf.tensor1d(relaxed), tf.tensor1d(drawn)];
  const cosine = a.mul(b).sum().div(a.norm().mul(b.norm())).dataSync()[0]!;
  expect(cosine).toBeGreaterThan(0.9);
});

test('stochastic softmax trains on relaxed edges, and draws hard ones', () => {
  for (const structure of undirected) {
    const { estimator, layer } = edgeChoice({ ...tiny, method: 'stochastic-softmax', structure });
    const theta = tf.zeros<tf.Rank.R2>([5, 6]);
    let between = false;
    estimator.expectation(
      theta,
      (z) => {
        between = z.dataSync().some((value) => value > 0.01 && value < 0.99);
        return z.sum(-1);
      },
      { key: key(0) },
    );
    expect(between).toBe(true);
    const hard = layer.sample(theta, { key: key(0), samples: 4 }).dataSync();
    expect([...new Set(hard)].sort()).toEqual([0, 1]);
  }
});

test('independent edges are drawn by their Bernoulli distribution, whether it is relaxed in training or not', () => {
  const theta = tf.fill<tf.Rank.R2>([1, 6], Math.log(3));
  for (const method of ['stochastic-softmax', 'score-function'] as const) {
    const { layer } = edgeChoice({ ...tiny, method, structure: 'independent' });
    const share = layer
      .sample(theta, { key: key(4), samples: 3000 })
      .mean()
      .dataSync()[0]!;
    // 3/4, to four standard errors of 18,000 draws.
    expect(Math.abs(share - 0.75)).toBeLessThan(0.013);
  }
});

test('divergences are exact where edges have an exact distribution, and zero at theta = 0', () => {
  const theta = tf.tensor2d([[2, 0, 0, 0, 0, 0]]);
  expect(edgeChoice({ ...tiny, method: 'aimle' }).divergence).toBe(null);
  // Of one edge of six, with n = 4: p log 2p + (1 - p) log 2(1 - p), p = 1 / (1 + e^-2).
  const p = 1 / (1 + Math.exp(-2));
  const expected = (p * Math.log(2 * p) + (1 - p) * Math.log(2 * (1 - p))) / 4;
  const { divergence } = edgeChoice({ ...tiny, structure: 'independent' });
  expect(divergence!(theta).dataSync()[0]).toBeCloseTo(expected, 5);
  expect(divergence!(tf.zerosLike(theta)).dataSync()[0]).toBeCloseTo(0, 6);
  const ofTrees = edgeChoice({ ...tiny, method: 'score-function' }).divergence!;
  expect(ofTrees(tf.zerosLike(theta)).dataSync()[0]).toBeCloseTo(0, 6);
  // Of 16 trees of four vertices, each edge is in 8: A(theta) = log(8 e^2 + 8), <mu, theta> = 2 p.
  const exact = (2 * p - Math.log(8 * Math.exp(2) + 8) + Math.log(16)) / 4;
  expect(ofTrees(theta).dataSync()[0]).toBeCloseTo(exact, 5);
});

test('nvil needs a baseline to learn, which is trained to predict losses', async () => {
  expect(() => edgeChoice({ ...tiny, method: 'nvil' })).toThrow('nvil needs predictLoss');
  const { model } = await start({ ...tiny, method: 'nvil', samples: 1 });
  expect([...model.parameters.keys()].filter((name) => name.startsWith('baseline.'))).toEqual([
    'baseline.hidden.weight',
    'baseline.hidden.bias',
    'baseline.out.weight',
    'baseline.out.bias',
  ]);
});
