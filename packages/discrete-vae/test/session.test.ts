import { adam } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { type DiscreteVaeConfig, discreteVae } from '../src/index.js';

const tiny: DiscreteVaeConfig = {
  ...discreteVae.presets.quick,
  data: 'digits',
  batchSize: 10,
  trainCount: 60,
  validationCount: 20,
  testCount: 25,
  hidden: [24, 16],
  codes: 4,
  codeSize: 6,
  k: 3,
  samples: 2,
};
const open: { dispose(): void }[] = [];

async function start(config: DiscreteVaeConfig = tiny) {
  const session = await discreteVae.prepare(config, { folder: '', note: () => {} });
  open.push(session);
  return session;
}

afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

describe('a session', () => {
  test('says that generated digits are not MNIST', async () => {
    expect((await start()).data).toMatch(/digits drawn by our own generator, not MNIST/);
  });

  test('has the official names and PyTorch layouts of weights', async () => {
    const { model } = await start();
    const shapes = [...model.parameters].map(([name, { shape }]) => `${name} ${shape}`);
    expect(shapes).toEqual([
      'encoder.linear1.weight 24,784',
      'encoder.linear1.bias 24',
      'encoder.linear2.weight 16,24',
      'encoder.linear2.bias 16',
      'encoder.linear3.weight 24,16',
      'encoder.linear3.bias 24',
      'decoder.linear1.weight 16,24',
      'decoder.linear1.bias 16',
      'decoder.linear2.weight 24,16',
      'decoder.linear2.bias 24',
      'decoder.linear3.weight 784,24',
      'decoder.linear3.bias 784',
    ]);
  });

  test('goes through every training image once an epoch, in another order each time', async () => {
    const session = await start();
    const sums = (epoch: number): number[] => {
      return Array.from({ length: session.stepsPerEpoch }, (_, i) => {
        const batch = session.batch(epoch, i);
        const rows = [...batch.sum(1).dataSync()];
        session.disposeBatch(batch);
        return rows;
      }).flat();
    };
    const [first, second] = [sums(0), sums(1)];
    expect(first).toEqual(sums(0));
    expect(first).not.toEqual(second);
    const sorted = (values: number[]): number[] =>
      values.map((v) => Math.round(v * 100)).sort((a, b) => a - b);
    expect(sorted(first)).toEqual(sorted(second));
    expect(first.length).toBe(60);
  });

  test('reports the bounds of a model with certain codes and uninformed pixels', async () => {
    const { model, evaluate } = await start();
    for (const variable of model.parameters.values()) variable.assign(tf.zerosLike(variable));
    const certain = Array.from({ length: 4 * 6 }, (_, i) => (i % 6 === 0 ? 60 : 0));
    model.parameters.get('encoder.linear3.bias')!.assign(tf.tensor1d(certain));
    const metrics = await evaluate('test', key(3));
    // Each pixel costs one bit, each code log 6; the official loss counts the latter by S = 2.
    const [bce, kl] = [784 * Math.log(2), 4 * Math.log(6)];
    for (const [name, expected] of Object.entries({
      bce,
      kl,
      negative_elbo: bce + kl,
      official_loss: bce + kl / 2,
    })) {
      expect(metrics[name]! / expected, name).toBeCloseTo(1, 5);
    }
  });

  test('draws figures of the promised size', async () => {
    const figures = await (await start()).figures(key(1));
    expect(figures.map(({ name }) => name)).toEqual(['reconstructions', 'codes', 'changes', 'samples']);
    for (const figure of figures) {
      if (figure.kind !== 'images') throw new Error(`${figure.name} is made of ${figure.kind}`);
      const { rows, columns, width, height } = figure;
      expect(rows.length).toBeGreaterThan(0);
      for (const { pixels } of rows) expect(atob(pixels).length).toBe(columns * width * height);
    }
  });
});

describe.each(['aimle', 'imle', 'straight-through'] as const)('training by %s', (method) => {
  test('is the same twice, lowers the loss, and leaks nothing', async () => {
    const runs: number[][] = [];
    for (let run = 0; run < 2; run++) {
      const { model, batch, disposeBatch, stepsPerEpoch } = await start({ ...tiny, method });
      const optimiser = adam({ learningRate: 3e-3, epsilon: 1e-8 });
      const losses: number[] = [];
      let tensors = 0;
      for (let step = 0; step < 40; step++) {
        const pixels = batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
        losses.push(
          tf.tidy(() => {
            const { value, grads } = tf.variableGrads(
              () => model.losses(pixels, foldIn(key(0), step)).mean() as tf.Scalar,
              [...model.parameters.values()],
            );
            optimiser.apply(
              model.parameters,
              new Map([...model.parameters].map(([name, v]) => [name, grads[v.name]!])),
            );
            return value.dataSync()[0]!;
          }),
        );
        disposeBatch(pixels);
        if (step === 5) tensors = tf.memory().numTensors;
      }
      expect(tf.memory().numTensors).toBe(tensors);
      runs.push(losses);
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]!.at(-1)!).toBeLessThan(0.75 * runs[0]![0]!);
  });
});

test('the adaptive state and what it did can be read, saved and restored', async () => {
  const config = { ...tiny, perturbation: 'paper', alphaStep: 0.1 } as const;
  const { model, batch } = await start(config);
  const pixels = batch(0, 0);
  for (let step = 0; step < 3; step++) {
    tf.tidy(() => tf.variableGrads(() => model.losses(pixels, key(step)).mean() as tf.Scalar));
  }
  expect(model.observations()['lambda']).toBeGreaterThan(0);
  const other = (await start(config)).model;
  other.restore(JSON.parse(JSON.stringify(model.state())));
  expect(other.state()).toEqual(model.state());
});
