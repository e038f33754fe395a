import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateTerrain, type NpyArray, writeNpy } from '@aimle/datasets';
import { adam, valueAndGradients } from '@aimle/engine';
import { foldIn, key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import { makeConfig, type Session } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { type PathBatch, type PathConfig, shortestPaths, withPaths } from '../src/index.js';

const sizes = {
  learningRate: 5e-3,
  size: 6,
  channels: 8,
  batchSize: 10,
  trainCount: 100,
  validationCount: 30,
  testCount: 30,
};
const tiny: PathConfig = { ...shortestPaths.presets.quick, ...sizes };
const open: Session<PathBatch>[] = [];

async function start(config: PathConfig = tiny): Promise<Session<PathBatch>> {
  const session = await shortestPaths.prepare(config, { folder: '', note: () => {} });
  open.push(session);
  return session;
}

afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

/** Trains some steps; the losses. */
function train(
  { model, batch, disposeBatch, stepsPerEpoch }: Session<PathBatch>,
  steps: number,
  learningRate = 5e-3,
): number[] {
  const optimiser = adam({ learningRate });
  return Array.from({ length: steps }, (_, step) => {
    const maps = batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch);
    const { value, gradients } = valueAndGradients(
      model.parameters,
      () => model.losses(maps, foldIn(key(0), step)).mean() as tf.Scalar,
    );
    optimiser.apply(model.parameters, gradients);
    const loss = value.dataSync()[0]!;
    tf.dispose([value, ...gradients.values()]);
    disposeBatch(maps);
    return loss;
  });
}

// The two that learn slowly have what helps them: small steps, and more draws.
describe.each<[string, Partial<PathConfig>]>([
  ['aimle', {}],
  ['imle', {}],
  ['black-box', { learningRate: 1e-3 }],
  ['perturbed-optimiser', { samples: 10 }],
  ['fenchel-young', {}],
])('training by %s', (method, besides) => {
  test('is the same twice, finds better paths on maps it never saw, and leaks nothing', async () => {
    const config: PathConfig = {
      ...makeConfig<PathConfig>(shortestPaths, 'quick', { method }),
      ...sizes,
      ...besides,
    };
    const session = await start(config);
    const before = await session.evaluate('test', key(0));
    const losses = train(session, 3);
    expect(train(await start(config), 3)).toEqual(losses);
    await expectNoLeak(tf, () => train(session, 5));
    train(session, 80, config.learningRate);
    const after = await session.evaluate('test', key(0));
    expect(after['cost_ratio']).toBeLessThan(1 + 0.7 * (before['cost_ratio']! - 1));
    expect(after['optimal']).toBeGreaterThan(before['optimal']!);
  });
});

test('the adaptive state can be saved and restored', async () => {
  const config: PathConfig = { ...tiny, perturbation: 'paper', alphaStep: 0.1, changedTarget: 10 };
  const session = await start(config);
  train(session, 3);
  expect(session.model.observations()['lambda']).toBeGreaterThan(0);
  const other = await start(config);
  other.model.restore(JSON.parse(JSON.stringify(session.model.state())));
  expect(other.model.state()).toEqual(session.model.state());
});

test('figures show eight maps with both paths, and their costs as grey levels', async () => {
  const [paths, costs] = await (await start()).figures(key(0));
  if (paths?.kind !== 'drawings' || costs?.kind !== 'images') throw new Error('figures are of other kinds');
  expect(paths.drawings).toHaveLength(8);
  expect(paths.drawings[0]!.label).toMatch(/^map 1: the predicted path costs \d\.\d{3} times/);
  for (const { pixels } of costs.rows) expect(atob(pixels).length).toBe(8 * 48 * 48);
});

test('the Warcraft files are trained on where they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aimle-warcraft-'));
  const place = join(folder, 'warcraft_shortest_path_oneskin', '4x4');
  await mkdir(place, { recursive: true });
  for (const [split, count] of Object.entries({ train: 12, val: 3, test: 5 })) {
    const maps = withPaths(generateTerrain({ count, height: 4, width: 4, key: key(split) }));
    const arrays: Record<string, NpyArray> = {
      maps: { dtype: 'u1', shape: [count, 32, 32, 3], data: maps.pictures },
      vertex_weights: { dtype: 'f4', shape: [count, 4, 4], data: maps.costs },
      shortest_paths: { dtype: 'u1', shape: [count, 4, 4], data: maps.paths },
    };
    for (const [name, array] of Object.entries(arrays)) {
      await writeFile(join(place, `${split}_${name}.npy`), writeNpy(array));
    }
  }
  const counts = { trainCount: 12, validationCount: 3, testCount: 5 };
  const config: PathConfig = { ...tiny, ...counts, data: 'warcraft', size: 4 };
  const session = await shortestPaths.prepare(config, { folder, note: () => {} });
  open.push(session);
  await rm(folder, { recursive: true });
  expect(session.data).toBe('Warcraft maps, 4x4 cells: 12 to train on, 3 for validation, 5 to test on');
  const { pictures, paths } = session.batch(0, 0);
  expect([pictures.shape, paths.shape]).toEqual([
    [10, 32, 32, 3],
    [10, 16],
  ]);
  session.disposeBatch({ pictures, paths });
});

test('maps of Warcraft that are not there are told, with what to do', async () => {
  await expect(start({ ...tiny, data: 'warcraft' })).rejects.toThrow(/Warcraft maps of 6x6 cells are not in/);
});
