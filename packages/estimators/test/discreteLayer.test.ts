import { enumerated, topK as topKDistribution } from '@aimle/distributions';
import { key, type Noise, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  blackBox,
  clampCosts,
  fixedLambda,
  imle,
  type Layer,
  paperAdaptive,
  perturbedOptimiser,
  relaxedSubset,
  scoreFunction,
  simple,
  stochasticSoftmax,
} from '../src/index.js';
import { discreteLayer, loadModel } from '../src/layers.js';

const size = 8;
const features = tf.randomNormal([256, size], 0, 1, 'float32', 1);
/** The sum of features 2 and 3. */
const answers = features.slice([0, 2], [256, 2]).sum(1, true);

/** A model that can only learn which two features to add: scores that are the same for all inputs, and a fixed sum. */
function selecting(estimator: Layer, seed = 1): tf.LayersModel {
  const input = tf.input({ shape: [size] });
  const one = tf.input({ shape: [1] });
  const scores = tf.layers.dense({ units: size, useBias: false, kernelInitializer: 'zeros', name: 'scores' });
  const z = discreteLayer({ estimator, seed, name: 'pick' }).apply(scores.apply(one)) as tf.SymbolicTensor;
  const chosen = tf.layers.dot({ axes: 1 }).apply([z, input]) as tf.SymbolicTensor;
  const model = tf.model({ inputs: [input, one], outputs: chosen });
  model.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' });
  return model;
}

const inputs = () => [features, tf.ones([256, 1])];

const scoresOf = (model: tf.LayersModel): number[] => [
  ...model.getLayer('scores').getWeights()[0]!.dataSync(),
];

async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let kept: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      kept = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  // As a file would store it.
  return { ...kept, modelTopology: JSON.parse(JSON.stringify(kept.modelTopology)) as object };
}

describe('discreteLayer', () => {
  test('learns in model.fit which features to pick, and predicts by the mode', async () => {
    const model = selecting(aimle(topK({ size, k: 2 })));
    const { history } = await model.fit(inputs(), answers, {
      epochs: 12,
      batchSize: 64,
      shuffle: false,
      verbose: 0,
    });
    const losses = history['loss'] as number[];
    expect(losses[0]).toBeGreaterThan(1);
    expect(losses.at(-1)).toBeLessThan(0.2);
    const best = scoresOf(model)
      .map((score, i) => ({ score, i }))
      .sort((a, b) => b.score - a.score);
    expect(
      best
        .slice(0, 2)
        .map(({ i }) => i)
        .sort(),
    ).toEqual([2, 3]);
    const predicted = model.predict(inputs()) as tf.Tensor;
    expect(tf.losses.absoluteDifference(answers, predicted).dataSync()[0]).toBeLessThan(1e-5);
  });

  test('gives the same training for the same seed, and another for another', async () => {
    const train = async (seed: number): Promise<number[]> => {
      const model = selecting(aimle(topK({ size, k: 2 })), seed);
      await model.fit(inputs(), answers, { epochs: 1, batchSize: 64, shuffle: false, verbose: 0 });
      return scoresOf(model);
    };
    expect(await train(1)).toEqual(await train(1));
    expect(await train(1)).not.toEqual(await train(2));
  });

  test('goes on after save and load as if it had never stopped', async () => {
    const fit = (model: tf.LayersModel) =>
      model.fit(inputs(), answers, { epochs: 2, batchSize: 64, shuffle: false, verbose: 0 });
    const estimator = aimle(topK({ size, k: 2 }));
    const model = selecting(estimator);
    await fit(model);
    const loaded = await loadModel(tf.io.fromMemory(await saved(model)));
    loaded.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' });
    expect((loaded.predict(inputs()) as tf.Tensor).dataSync()).toEqual(
      (model.predict(inputs()) as tf.Tensor).dataSync(),
    );
    await fit(model);
    await fit(loaded);
    expect(scoresOf(loaded)).toEqual(scoresOf(model));
    const restored = (loaded.getLayer('pick') as unknown as { estimator: Layer }).estimator;
    expect(restored.state).toEqual(estimator.state);
  });

  test.each([
    aimle(topK({ size, k: 2, sense: 'minimise' }), { noise: sumOfGamma({ kappa: 2 }), scope: 'instance' }),
    aimle(topK({ size, k: 2 }), { perturbation: paperAdaptive({ step: 0.1 }), difference: 'forward' }),
    aimle(clampCosts(topK({ size, k: 2, sense: 'minimise' })), { perturbation: fixedLambda(3) }),
    imle(topKDistribution({ size, k: 2 }), { lambda: 2, target: 'loss-direction' }),
    blackBox(topK({ size, k: 2 }), { lambda: 2 }),
    simple(topKDistribution({ size, k: 2 })),
    stochasticSoftmax(topKDistribution({ size, k: 2 }), { temperature: 0.5, maxRange: Infinity }),
    relaxedSubset(topK({ size, k: 2 }), { hard: true }),
    perturbedOptimiser(topK({ size, k: 2 }), { noise: normal(), sigma: 0.3 }),
  ])('%# brings its estimator back as it was, options and all', async (estimator) => {
    const layer = discreteLayer({ estimator, samples: 3, inference: 'sample', seed: 7 });
    const input = tf.input({ shape: [size] });
    const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
    const loaded = await loadModel(tf.io.fromMemory(await saved(model)));
    const theta = tf.randomNormal([2, size], 0, 1, 'float32', 3);
    const drawn = model.predict(theta) as tf.Tensor;
    expect(drawn.shape).toEqual([2, 3, size]);
    expect([...(loaded.predict(theta) as tf.Tensor).dataSync()]).toEqual([...drawn.dataSync()]);
    const restored = (loaded.layers[1] as unknown as { estimator: Layer }).estimator;
    const slope = (of: Layer) =>
      tf
        .grad((x: tf.Tensor) =>
          of
            .sample(x, { key: key(2) })
            .mul(tf.range(0, size))
            .sum(),
        )(theta)
        .dataSync();
    expect(slope(restored)).toEqual(slope(estimator));
  });

  test('shows every sample the mode in inference, in the shape of training', () => {
    const layer = discreteLayer({ estimator: aimle(topK({ size: 3, k: 1 })), samples: 2 });
    const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [3] }), layer] });
    const z = model.predict(tf.tensor2d([[1, 5, 2]])) as tf.Tensor;
    expect(z.shape).toEqual([1, 2, 3]);
    expect([...z.dataSync()]).toEqual([0, 1, 0, 0, 1, 0]);
    expect(model.outputs[0]!.shape).toEqual([null, 2, 3]);
    const lines: string[] = [];
    model.summary(80, undefined, (line: string) => lines.push(line));
    expect(lines.join('\n')).toMatch(/Discrete.*\[null,2,3\] +0/);
  });

  test('gives every layer of a program noise of its own, and new noise to every inference', () => {
    const flat = tf.zeros([2, size]);
    const draw = () => discreteLayer({ estimator: aimle(topK({ size, k: 4 })), inference: 'sample' });
    const [first, second] = [draw(), draw()];
    const z = first.apply(flat) as tf.Tensor;
    expect([...z.dataSync()]).not.toEqual([...(second.apply(flat) as tf.Tensor).dataSync()]);
    expect([...z.dataSync()]).not.toEqual([...(first.apply(flat) as tf.Tensor).dataSync()]);
  });

  test('brings back a clamped distribution as a distribution', async () => {
    const states = [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1, 1)];
    const costs = enumerated({ name: 'pair', size: 3, states, sense: 'minimise' });
    const estimator = aimle(clampCosts(costs));
    const input = tf.input({ shape: [3] });
    const model = tf.model({
      inputs: input,
      outputs: discreteLayer({ estimator }).apply(input) as tf.SymbolicTensor,
    });
    const loaded = await loadModel(tf.io.fromMemory(await saved(model)));
    expect([...(loaded.predict(tf.tensor2d([[5, 1, 1]])) as tf.Tensor).dataSync()]).toEqual([0, 1, 1]);
  });

  test('is loaded by loadModel alone, whatever was loaded before', async () => {
    const artifacts = await saved(selecting(aimle(topK({ size, k: 2 }))));
    await loadModel(tf.io.fromMemory(artifacts));
    await expect(tf.loadLayersModel(tf.io.fromMemory(artifacts))).rejects.toThrow(/load it by loadModel/);
  });

  test('refuses what cannot be, with what to do', async () => {
    const pick = aimle(topK({ size, k: 2 }));
    expect(() =>
      discreteLayer({ estimator: scoreFunction(topKDistribution({ size, k: 2 })) as never }),
    ).toThrow(/estimator must return states, .* got score-function/);
    expect(() => discreteLayer({ estimator: pick, samples: 0 })).toThrow(
      /samples must be a positive integer, got 0/,
    );
    expect(() => discreteLayer({ estimator: pick, inference: 'draw' as 'mode' })).toThrow(
      /mode or sample, got "draw"/,
    );
    expect(() =>
      tf.sequential({
        layers: [tf.layers.inputLayer({ inputShape: [3] }), discreteLayer({ estimator: pick })],
      }),
    ).toThrow(/the size of topK, 8, got \[,3\]/);
    expect(() => discreteLayer({ estimator: topKDistribution({ size, k: 2 }) as never })).toThrow(
      /estimator must return states, .* got topK/,
    );
    expect(() => discreteLayer({ estimator: aimle(topK({ size, k: 2 }), { marginalSamples: 2 }) })).toThrow(
      /marginalSamples must be 1, got 2/,
    );
    const scores = [tf.input({ shape: [size] }), tf.input({ shape: [size] })];
    expect(() => discreteLayer({ estimator: pick }).apply(scores)).toThrow(/takes one input, .* got 2/);
    const noise: Noise = { ...normal(), name: 'mine' };
    const model = selecting(aimle(topK({ size, k: 2 }), { noise }));
    await expect(saved(model)).rejects.toThrow(
      /the noise "mine" is not one of this library; save its `state`/,
    );
  });
});
