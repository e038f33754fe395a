import { fillNormal, foldIn, key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { ExplainerNetwork } from '../src/index.js';
import { layoutOf } from '../src/text/layout.js';

const SIZE = 6;
const WORDS = 8;
const LENGTH = 16;
const K = 3;

function normal(length: number, name: string): Float32Array {
  const values = new Float32Array(length);
  fillNormal(foldIn(key('network'), name), values);
  return values;
}

/** Padding (id 0) is given a vector that is not zero, so that a mistake with it shows. */
const embedding = { size: SIZE, values: normal(WORDS * SIZE, 'embedding') };
const texts = [1, 6, 8, 9, 10, LENGTH].map((length) =>
  Int32Array.from({ length }, (_, i) => 3 + ((i * 7 + length) % 5)),
);

function network(): ExplainerNetwork {
  const made = new ExplainerNetwork({ k: K, hidden: 8, maxLength: LENGTH, embedding }, key(1));
  // Biases start at zero, where a mistake with them would not show.
  for (const [name, variable] of made.parameters) {
    if (name.endsWith('bias')) variable.assign(tf.tensor(normal(variable.size, name), variable.shape));
  }
  return made;
}

function selectors({ parameters }: ExplainerNetwork): tf.Variable[] {
  return [...parameters].filter(([name]) => name.startsWith('gumbel_selector')).map(([, value]) => value);
}

/** The official code's computation: every text padded in front, every position convolved. */
function plainly(parameters: ReadonlyMap<string, tf.Variable>, z: (theta: tf.Tensor) => tf.Tensor) {
  const weight = (layer: string): tf.Tensor => parameters.get(`${layer}.weight`)!;
  const bias = (layer: string): tf.Tensor => parameters.get(`${layer}.bias`)!;
  const conv = (x: tf.Tensor, layer: string): tf.Tensor3D =>
    tf
      .conv1d(x as tf.Tensor3D, weight(layer).transpose([2, 1, 0]) as tf.Tensor3D, 1, 'same')
      .add(bias(layer));
  const dense = (x: tf.Tensor, layer: string): tf.Tensor =>
    tf.matMul(x as tf.Tensor2D, weight(layer) as tf.Tensor2D, false, true).add(bias(layer));
  const ids = texts.flatMap((text) => [...new Array<number>(LENGTH - text.length).fill(0), ...text]);
  const x = tf
    .gather(tf.tensor2d(embedding.values, [WORDS, SIZE]), tf.tensor1d(ids, 'int32'))
    .reshape<tf.Tensor3D>([texts.length, LENGTH, SIZE]);
  const first = tf.relu(conv(x, 'gumbel_selector.first_layer'));
  // TensorFlow.js would give the gradient of a maximum to each of equals, PyTorch gives it to one.
  const best = tf.oneHot(first.argMax(1), LENGTH).transpose([0, 2, 1]).cast('float32');
  const max = first.mul(best).sum(1);
  const global = tf.relu(dense(max, 'gumbel_selector.global_layer'));
  const local = tf.relu(
    conv(tf.relu(conv(first, 'gumbel_selector.local_layer_1')), 'gumbel_selector.local_layer_2'),
  );
  const both = tf.concat([tf.tile(global.expandDims(1), [1, LENGTH, 1]), local], 2);
  const hidden = tf.relu(conv(both, 'gumbel_selector.final_layer_1'));
  const theta = conv(hidden, 'gumbel_selector.final_layer_2').squeeze<tf.Tensor2D>([2]);
  const mean = z(theta).expandDims(-1).mul(x).sum(1).div(K);
  const prediction = tf.sigmoid(
    dense(tf.relu(dense(mean, 'prediction_model.layer_1')), 'prediction_model.layer_2'),
  );
  return { theta, prediction };
}

describe('skipping what repeats', () => {
  test('gives the scores, ratings and gradients of the plain convolution', () => {
    const model = network();
    const soft = (theta: tf.Tensor): tf.Tensor => tf.softmax(theta).mul(K);
    const read = model.read(texts);
    const ours = () => {
      const theta = model.score(read, { padding: 'selectable', dropout: null });
      return { theta, prediction: model.rate(soft(theta).expandDims(1), read) };
    };
    const plain = () => plainly(model.parameters, soft);
    expect(ours().theta.dataSync()).toBeAllClose(plain().theta.dataSync(), {
      absolute: 1e-5,
      relative: 1e-5,
    });
    expect(ours().prediction.dataSync()).toBeAllClose(plain().prediction.dataSync(), { absolute: 1e-6 });
    const weights = tf.tensor2d(normal(texts.length * LENGTH, 'weights'), [texts.length, LENGTH]);
    const gradients = (run: () => { theta: tf.Tensor; prediction: tf.Tensor }) =>
      tf.variableGrads(() => {
        const { theta, prediction } = run();
        return theta.mul(weights).sum().add(prediction.sum()) as tf.Scalar;
      }, [...model.parameters.values()]).grads;
    const [found, expected] = [gradients(ours), gradients(plain)];
    for (const [name, { name: own, size }] of model.parameters) {
      const scale = Math.max(1, ...expected[own]!.abs().dataSync());
      expect(found[own]!.size, name).toBe(size);
      expect(found[own]!.dataSync(), name).toBeAllClose(expected[own]!.dataSync(), {
        absolute: 1e-5 * scale,
        relative: 1e-4,
      });
    }
    model.dispose();
  });

  test('gives gradients of zero where none reaches the scores', () => {
    const model = network();
    const read = model.read(texts);
    const { grads } = tf.variableGrads(
      () => model.score(read, { padding: 'selectable', dropout: null }).mul(0).sum() as tf.Scalar,
      selectors(model),
    );
    for (const gradient of Object.values(grads)) {
      expect([...gradient.dataSync()].every((value) => value === 0)).toBe(true);
    }
    model.dispose();
  });

  test('gives the gradient of few positions as that of many that are zero', () => {
    const model = network();
    const read = model.read(texts);
    const dropout = { probability: 0.3, key: key('dropout') };
    const gradientsOf = (weights: Float32Array) =>
      tf.variableGrads(
        () =>
          tf
            .where(tf.tensor2d(weights, [texts.length, LENGTH]).notEqual(0), scoresOf(), 0)
            .mul(tf.tensor2d(weights, [texts.length, LENGTH]))
            .sum() as tf.Scalar,
        selectors(model),
      ).grads;
    const scoresOf = (): tf.Tensor => model.score(read, { padding: 'masked', dropout });
    // Word 3 of text 2 and the last of each other: alone, and together.
    const one = new Float32Array(texts.length * LENGTH);
    one[2 * LENGTH + LENGTH - 5] = 2;
    const others = Float32Array.from(one, (_, i) => (i % LENGTH === LENGTH - 1 ? -1 : 0));
    const [first, second] = [gradientsOf(one), gradientsOf(others)];
    const both = gradientsOf(one.map((value, i) => value + others[i]!));
    for (const [name, gradient] of Object.entries(both)) {
      expect(gradient.dataSync(), name).toBeAllClose(first[name]!.add(second[name]!).dataSync(), {
        absolute: 1e-4,
        relative: 1e-4,
      });
    }
    model.dispose();
  });

  test('keeps at most seven places of a padding, and one edge a text', () => {
    const { sites, starts } = layoutOf(texts, LENGTH);
    const places = texts.map(({ length }) => length + Math.min(7, LENGTH - length) + 1);
    expect(sites.length).toBe(1 + places.reduce((sum, count) => sum + count, 0));
    expect([...starts].slice(1).map((start, row) => start - starts[row]!)).toEqual(places);
  });

  test('lists each distinct token once', () => {
    const { distinct } = layoutOf([Int32Array.of(5, 4, 5), Int32Array.of(4)], 9);
    expect([...distinct]).toEqual([-1, 0, 5, 4]);
  });
});

describe('padding', () => {
  test('has its own score where it may be chosen, and minus infinity where it is masked', () => {
    const model = network();
    const read = model.read(texts);
    const masked = model.score(read, { padding: 'masked', dropout: null }).arraySync();
    const open = model.score(read, { padding: 'selectable', dropout: null }).arraySync();
    texts.forEach((text, row) => {
      const front = Math.min(LENGTH - text.length, LENGTH - K);
      expect(masked[row]!.slice(0, front).every((score) => score === -Infinity)).toBe(true);
      expect(masked[row]!.slice(front)).toEqual(open[row]!.slice(front));
      expect(open[row]!.every(Number.isFinite)).toBe(true);
    });
    model.dispose();
  });
});

describe('dropout', () => {
  const dropout = { probability: 0.2, key: key('dropout') };

  test.each(['masked', 'selectable'] as const)('keeps the mean score where padding is %s', (padding) => {
    const model = network();
    const read = model.read([texts[3]!]);
    // The last rectifier bends means: with a great bias before it, and small weights, it is never met.
    model.parameters.get('gumbel_selector.final_layer_1.bias')!.assign(tf.fill([100], 1000));
    const still = model.score(read, { padding, dropout: null }).dataSync();
    const draws = Array.from({ length: 60 }, (_, i) =>
      tf.tidy(() =>
        model.score(read, { padding, dropout: { ...dropout, key: foldIn(dropout.key, i) } }).dataSync(),
      ),
    );
    for (let at = 0; at < LENGTH; at++) {
      if (still[at] === -Infinity) continue;
      const values = draws.map((draw) => draw[at]! - still[at]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(variance).toBeGreaterThan(0);
      // Five standard errors: less than one in ten thousand a place, and the key is fixed.
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / values.length));
    }
    model.dispose();
  });

  test('gives equal places of a padding separate masks where they may be chosen', () => {
    const model = network();
    const read = model.read([texts[0]!]);
    const scores = model.score(read, { padding: 'selectable', dropout }).dataSync();
    expect(new Set(scores.slice(4, 12)).size).toBe(8);
    model.dispose();
  });
});

test('a pass leaves no tensor behind', async () => {
  const model = network();
  await expectNoLeak(tf, () =>
    tf.tidy(() => {
      const read = model.read(texts);
      const { grads } = tf.variableGrads(
        () =>
          model
            .rate(tf.softmax(model.score(read, { padding: 'selectable', dropout: null })).expandDims(1), read)
            .sum() as tf.Scalar,
        [...model.parameters.values()],
      );
      tf.dispose(grads);
    }),
  );
  model.dispose();
});
