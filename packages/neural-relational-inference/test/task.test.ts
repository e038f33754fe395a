import { type Adam, adam, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { neuralRelationalInference, type RelationalConfig } from '../src/index.js';

const { quick, paper } = neuralRelationalInference.presets;

const tiny: RelationalConfig = {
  ...quick,
  starts: 1,
  vertices: 4,
  frames: 5,
  predictionSteps: 4,
  hidden: 12,
  batchSize: 16,
  trainCount: 64,
  validationCount: 20,
  testCount: 20,
  samples: 2,
};

const open: { dispose(): void }[] = [];
async function start(config: RelationalConfig = tiny) {
  const session = await neuralRelationalInference.prepare(config, { folder: '', note: () => {} });
  open.push(session);
  return session;
}
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

type Session = Awaited<ReturnType<typeof start>>;

/** Takes a step, and answers with the loss before it. */
function trained(
  model: Session['model'],
  motion: ReturnType<Session['batch']>,
  step: number,
  optimiser: Adam,
): number {
  return tf.tidy(() => {
    const { value, gradients } = valueAndGradients(model.parameters, () =>
      tf.mean(model.losses(motion, foldIn(key(0), step))),
    );
    optimiser.apply(model.parameters, gradients);
    return value.dataSync()[0]!;
  });
}

describe.each(['aimle', 'imle', 'straight-through'] as const)('training by %s', (method) => {
  test('is the same twice, lowers the loss, and leaks nothing', async () => {
    const runs: number[][] = [];
    for (const steps of [12, 6]) {
      const { model, batch, disposeBatch, stepsPerEpoch } = await start({
        ...tiny,
        predictionSteps: 2,
        method,
      });
      const optimiser = adam({ learningRate: 1e-2 });
      const losses: number[] = [];
      let tensors = 0;
      for (let step = 0; step < steps; step++) {
        const motion = batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
        losses.push(trained(model, motion, step, optimiser));
        disposeBatch(motion);
        if (step === 2) tensors = tf.memory().numTensors;
      }
      expect(tf.memory().numTensors).toBe(tensors);
      expect(Object.keys(model.observations())).toEqual(
        method === 'straight-through' ? ['sparsity'] : ['lambda', 'changed', 'sparsity'],
      );
      runs.push(losses);
    }
    expect(runs[0]!.slice(0, 6)).toEqual(runs[1]);
    expect(runs[0]!.at(-1)!).toBeLessThan(0.7 * runs[0]![0]!);
  });
});

test('recordings of twenty frames are trained on ten predicted frames in a row', async () => {
  const { model, batch, disposeBatch, evaluate } = await start({
    ...tiny,
    frames: 20,
    predictionSteps: 10,
    batchSize: 8,
    samples: 1,
  });
  const optimiser = adam({ learningRate: 1e-2 });
  const motion = batch(0, 0);
  expect(motion.shape).toEqual([8, 20, 2, 4]);
  const losses = Array.from({ length: 12 }, (_, step) => trained(model, motion, step, optimiser));
  disposeBatch(motion);
  expect(losses.at(-1)!).toBeLessThan(0.8 * losses[0]!);
  const metrics = Object.values(await evaluate('test', key(0)));
  expect(metrics.length).toBeGreaterThan(0);
  expect(metrics.every(Number.isFinite)).toBe(true);
});

test('a session describes its data, and reports consistent and official metrics', async () => {
  const session = await start();
  expect(session.data).toMatch(/\bgenerator\b.*\b4 vertices, 5 frames\b.*\b64\b.*\b20\b.*\b20\b/);
  const metrics = await session.evaluate('test', key(0));
  expect(Object.keys(metrics)).toEqual([
    'elbo',
    'nll',
    'kl',
    'precision',
    'recall',
    'accuracy',
    'official/elbo',
    'official/precision',
    'official/recall',
    'official/accuracy',
  ]);
  expect(session.monitor).toBe('validation');
  const bare = await start({ ...tiny, validationCount: 0 });
  expect(bare.monitor).toBe('test');
  expect(bare.selection).toBeUndefined();
  expect(await bare.evaluate('validation', key(0))).toEqual({});
});

test('a session goes through every recording once an epoch, and splits share none', async () => {
  const session = await start();
  const rows = (epoch: number) =>
    Array.from({ length: session.stepsPerEpoch }, (_, i) => {
      const batch = session.batch(epoch, i);
      const sums = [...batch.square().sum([1, 2, 3]).dataSync()];
      session.disposeBatch(batch);
      return sums;
    }).flat();
  expect(rows(0)).toEqual(rows(0));
  expect(rows(0)).not.toEqual(rows(1));
  expect(rows(0).sort()).toEqual(rows(1).sort());
  expect(new Set(rows(0)).size).toBe(64);
});

test('a session draws recordings: a trail and a dot a vertex, the true edges, and the predicted ones', async () => {
  const [figure, ...more] = await (await start({ ...tiny, vertices: 5 })).figures(key(2));
  expect(more).toEqual([]);
  if (figure?.kind !== 'drawings') throw new Error('trees are drawn');
  expect(figure.drawings.length).toBe(8);
  for (const { label, svg } of figure.drawings) {
    expect(svg.match(/<polyline/g)?.length).toBe(5);
    expect(svg.match(/<circle/g)?.length).toBe(5);
    const [believed, real] = ['believed', 'real'].map(
      (edges) => new RegExp(`<g class="${edges}">(.*?)</g>`).exec(svg)?.[1],
    );
    expect(real!.match(/<line/g)?.length).toBe(4);
    // 100 trees of four edges: what is drawn of them adds up to almost all.
    const widths = [...believed!.matchAll(/stroke-width="([^"]+)"/g)].map(([, width]) => Number(width) / 6);
    expect(widths.reduce((sum, p) => sum + p, 0)).toBeGreaterThan(3.5);
    expect(widths.reduce((sum, p) => sum + p, 0)).toBeLessThan(4.1);
    expect(svg).not.toContain('NaN');
    expect(label).toMatch(/5 vertices in motion.* 4 true edges, \d\.\d are/);
  }
});

test('a session draws how the predicted edges of one recording changed, from state that a checkpoint keeps', async () => {
  const session = await start();
  const strip = async (of = session) => (await of.figures(key(2))).find(({ name }) => name === 'training');
  await session.evaluate('test', key(0));
  await session.evaluate('validation', key(0));
  expect(await strip()).toBeUndefined();
  const motion = session.batch(0, 0);
  tf.tidy(() => session.model.losses(motion, key(1)));
  session.disposeBatch(motion);
  await session.evaluate('validation', key(0));
  const figure = await strip();
  if (figure?.kind !== 'drawings') throw new Error('belief is drawn');
  expect(figure.caption).toContain('after 0, 1 steps');
  expect(figure.drawings.map(({ label }) => label.split(',')[0])).toEqual(['after 0 steps', 'after 1 steps']);
  const resumed = await start();
  resumed.model.restore(JSON.parse(JSON.stringify(session.model.state())));
  expect(await strip(resumed)).toEqual(figure);
});

test('missing files of recordings are named', async () => {
  await expect(start({ ...tiny, data: 'files' })).rejects.toThrow('run `aimle data get graph-layout`');
});

test.each<[Partial<RelationalConfig>, string]>([
  [{ vertices: 1 }, 'vertices must be an integer of at least 2, got 1'],
  [{ frames: 1 }, 'frames must be an integer of at least 2, got 1'],
  [{ predictionSteps: 11 }, 'predictionSteps must be at most frames, 10, got 11'],
  [{ starts: 0 }, 'starts must be an integer of at least 1, got 0'],
  [{ batchSize: 50_001 }, 'batchSize must be at most trainCount, 50000, got 50001'],
  [{ dropout: 1 }, 'dropout must be a number in [0, 1), got 1'],
  [{ temperature: -1 }, 'temperature must be a finite number of at least 0, got -1'],
  [{ lambda: 0 }, 'lambda must be a finite number above 0, got 0'],
  [
    { method: 'amile' as 'aimle' },
    'method must be one of aimle, imle, straight-through, stochastic-softmax, score-function, nvil, got "amile"',
  ],
  [
    { difference: 'back' as 'forward' },
    'difference must be one of central, forward, or left out, got "back"',
  ],
  [{ noise: 'none', perturbation: 'noise-scaled' }, 'noise must be other than none'],
  [{ relaxation: 0 }, 'relaxation must be a finite number above 0, got 0'],
  [
    { structure: 'forest' as 'tree' },
    'structure must be one of tree, arborescence, top-k, independent, got "forest"',
  ],
  [{ structure: 'arborescence' }, 'structure must be tree, top-k or independent for graph layouts'],
  [
    { method: 'score-function', baseline: 'leave-one-out' },
    'samples must be at least 2 for the baseline leave-one-out',
  ],
  [{ baseline: 'mean' as 'none' }, 'baseline must be one of none, moving-average, leave-one-out, got "mean"'],
  [
    { data: 'mine.txt' },
    'data must be one of simulated, files, a .npy file, a .csv file, a .tsv file, got "mine.txt"',
  ],
  [{ edges: 'mine.csv' }, 'edges must be left out unless data is a file of recordings, got "mine.csv"'],
  [{ temperature: 0, perturbation: 'noise-scaled' }, 'temperature must be above 0'],
])('names the option that cannot be: %o', (change, message) => {
  expect(() => neuralRelationalInference.check({ ...paper, ...change })).toThrow(`nri: ${message}`);
});
