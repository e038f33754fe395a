import { fillNormal, fillUniform, foldIn, key } from '@aimle/random';
import { spanningTree } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { negativeLogLikelihood, RelationalNetwork, type RelationalNetworkSizes } from '../src/index.js';

const sizes: RelationalNetworkSizes = { vertices: 4, frames: 6, dimensions: 2, hidden: 7 };
const edges = 6;
const open: RelationalNetwork[] = [];

function network(seed = 0, changed: Partial<RelationalNetworkSizes> = {}): RelationalNetwork {
  const made = new RelationalNetwork({ ...sizes, ...changed }, key(seed));
  // Biases of zero and weights of one would hide a mistake.
  for (const [name, variable] of made.parameters) {
    if (/bias|bn.*(weight|mean)/.test(name)) {
      const values = new Float32Array(variable.size);
      fillNormal(foldIn(key(seed), name), values);
      variable.assign(
        tf.tensor(
          values.map((x) => 0.3 * x + (name.endsWith('bn.weight') ? 1 : 0)),
          variable.shape,
        ),
      );
    }
  }
  open.push(made);
  return made;
}

function motion(batch = 3, { frames, dimensions, vertices } = sizes): tf.Tensor4D {
  const values = new Float32Array(batch * frames * dimensions * vertices);
  fillUniform(key('motion'), values);
  return tf.tensor4d(
    values.map((x) => 2 * x - 1),
    [batch, frames, dimensions, vertices],
  );
}

function trees(batch = 3, samples = 2): tf.Tensor3D {
  const theta = new Float32Array(batch * samples * edges);
  fillNormal(key('trees'), theta);
  const z = new Float32Array(theta.length);
  spanningTree({ vertices: 4 }).solve(theta, z, batch * samples);
  return tf.tensor3d(z, [batch, samples, edges]);
}

afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

describe('the decoder', () => {
  test.each([1, 2, 3, 5, 6])('predicts with %s steps what it predicts step by step', (steps) => {
    const net = network();
    const x = motion();
    const z = trees();
    const whole = net.decode(x, z, steps, { training: false });
    expect(whole.shape).toEqual([3, 2, 5, 2, 4]);
    for (let frame = 1; frame < sizes.frames; frame++) {
      // From the recorded frame before, one at a time: the network of two frames has the same weights.
      const single = new RelationalNetwork({ ...sizes, frames: 2 }, key(1));
      open.push(single);
      for (const [name, variable] of single.parameters) {
        if (name.startsWith('decoder')) variable.assign(net.parameters.get(name)!);
      }
      const start = Math.floor((frame - 1) / steps) * steps;
      for (let sample = 0; sample < 2; sample++) {
        let now = x.slice([0, start, 0, 0], [3, 1, 2, 4]);
        for (let t = start; t < frame; t++) {
          const two = tf.concat([now, now], 1);
          const z1 = z.slice([0, sample, 0], [3, 1, edges]);
          now = single.decode(two, z1, 1, { training: false }).reshape([3, 1, 2, 4]);
        }
        const found = whole.slice([0, sample, frame - 1, 0, 0], [3, 1, 1, 2, 4]);
        expect(
          found
            .sub(now.reshape([3, 1, 1, 2, 4]))
            .abs()
            .max()
            .dataSync()[0],
        ).toBeLessThan(1e-5);
      }
    }
  });

  test.each([1, 3, 5])(
    'with hard edges and %s steps has the values and gradients of weighted messages',
    (steps) => {
      const net = network();
      const x = motion();
      const z = trees();
      const names = [...net.parameters.keys()].filter((name) => name.startsWith('decoder'));
      const variables = names.map((name) => net.parameters.get(name)!);
      // A weight by a hair off 0 takes the way of weights, on which both messages are computed and differentiated.
      const nearly = tf.where(z.equal(0), tf.fill(z.shape, 1e-7), z) as tf.Tensor3D;
      const results = [z, nearly].map((edgeWeights) => {
        const loss = (w: tf.Tensor) =>
          negativeLogLikelihood(
            net.decode(x, w as tf.Tensor3D, steps, { training: true }),
            x,
            1,
          ).mean() as tf.Scalar;
        const inWeights = tf.grad(loss)(edgeWeights);
        const { value, grads } = tf.variableGrads(() => loss(edgeWeights), variables);
        return { value, inWeights, grads: variables.map(({ name }) => grads[name]!) };
      });
      const [hard, soft] = results as [(typeof results)[0], (typeof results)[0]];
      expect(hard.value.dataSync()[0]).toBeCloseTo(soft.value.dataSync()[0]!, 4);
      const apart = (a: tf.Tensor, b: tf.Tensor) => tf.sub(a, b).abs().max().div(b.abs().max()).dataSync()[0];
      expect(apart(hard.inWeights, soft.inWeights)).toBeLessThan(1e-4);
      for (const [i, gradient] of hard.grads.entries()) {
        expect(apart(gradient, soft.grads[i]!), names[i]).toBeLessThan(1e-4);
      }
    },
  );

  test('gives edges a gradient that finite differences confirm', () => {
    const net = network();
    const x = motion(1);
    const z = trees(1, 1);
    const loss = (w: tf.Tensor) =>
      negativeLogLikelihood(net.decode(x, w as tf.Tensor3D, 2, { training: false }), x, 1).sum();
    const gradient = tf.grad(loss)(z).dataSync();
    const step = 1e-2;
    for (let e = 0; e < edges; e++) {
      const bump = tf
        .oneHot(tf.tensor1d([e], 'int32'), edges)
        .reshape([1, 1, edges])
        .mul(step);
      const slope =
        loss(z.add(bump))
          .sub(loss(z.sub(bump)))
          .dataSync()[0]! /
        (2 * step);
      expect(gradient[e]).toBeCloseTo(slope, 2);
    }
  });

  test('drops hidden units in training only, the same ones for the same key', () => {
    const net = network();
    const [x, z] = [motion(), trees()];
    const at = (training: boolean, seed: number) =>
      net.decode(x, z, 2, { training, dropout: 0.5, key: key(seed) }).dataSync();
    expect(at(true, 1)).toEqual(at(true, 1));
    expect(at(true, 1)).not.toEqual(at(true, 2));
    expect(at(false, 1)).toEqual(net.decode(x, z, 2, { training: false }).dataSync());
  });
});

describe('the encoder', () => {
  test('gives renumbered vertices the renumbered edges', () => {
    const net = network();
    const x = motion();
    const order = [2, 0, 3, 1];
    const theta = net.encode(x, { training: false }).arraySync();
    const moved = net.encode(tf.gather(x, order, 3), { training: false }).arraySync();
    const place = (i: number, j: number) => {
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      return (low * (7 - low)) / 2 + high - low - 1;
    };
    for (let b = 0; b < 3; b++) {
      for (let i = 0; i < 4; i++) {
        for (let j = i + 1; j < 4; j++) {
          expect(moved[b]![place(i, j)]).toBeCloseTo(theta[b]![place(order[i]!, order[j]!)]!, 5);
        }
      }
    }
  });

  test('normalises by the batch in training and updates running statistics by a tenth; in evaluation by these', () => {
    const net = network();
    const x = motion();
    const mean = net.parameters.get('encoder.mlp1.bn.running_mean')!;
    const variance = net.parameters.get('encoder.mlp1.bn.running_var')!;
    const before = mean.dataSync().slice();
    const alone = net.encode(x.slice([0, 0, 0, 0], [1, 6, 2, 4]), { training: false }).dataSync();
    const together = net.encode(x, { training: false }).dataSync().slice(0, edges);
    for (let e = 0; e < edges; e++) expect(alone[e]).toBeCloseTo(together[e]!, 5);
    expect(mean.dataSync()).toEqual(before);
    // What the statistics of a fixed batch tend to makes evaluation what training is, but for the unbiased variance.
    const trained = net.encode(x, { training: true }).dataSync();
    expect(mean.dataSync()).not.toEqual(before);
    const first = variance.dataSync().slice();
    tf.tidy(() => {
      for (let i = 0; i < 120; i++) net.encode(x, { training: true });
    });
    for (const [name, each] of net.parameters) {
      const match = /encoder\.mlp(\d)\.bn\.running_var/.exec(name);
      if (match === null) continue;
      const rows = match[1] === '1' || match[1] === '3' ? 12 : 36;
      each.assign(each.mul((rows - 1) / rows));
    }
    expect(variance.dataSync()).not.toEqual(first);
    const remembered = net.encode(x, { training: false }).dataSync();
    for (let i = 0; i < trained.length; i++) expect(remembered[i]).toBeCloseTo(trained[i]!, 3);
  });

  test('has a gradient in its weights that finite differences confirm', () => {
    const net = network();
    const x = motion();
    const loss = () => net.encode(x, { training: true }).square().sum() as tf.Scalar;
    for (const name of [
      'encoder.mlp1.fc1.weight',
      'encoder.mlp2.fc1.weight',
      'encoder.mlp2.bn.bias',
      'encoder.mlp4.fc1.weight',
    ]) {
      const variable = net.parameters.get(name)!;
      const gradient = tf.variableGrads(loss, [variable]).grads[variable.name]!;
      const direction = gradient.div(gradient.norm());
      const origin = variable.clone();
      const step = 2e-3;
      const at = (s: number) => {
        variable.assign(origin.add(direction.mul(s)));
        return loss().dataSync()[0]!;
      };
      const slope = (at(step) - at(-step)) / (2 * step);
      variable.assign(origin);
      expect(slope / gradient.norm().dataSync()[0]!, name).toBeCloseTo(1, 1);
    }
  });
});

test('a forward and a backward pass leave no tensor behind', async () => {
  const net = network();
  const [x, z] = [motion(), trees()];
  await expectNoLeak(tf, () => {
    tf.tidy(() => {
      const theta = net.encode(x, { training: true });
      const loss = () => {
        const theta = net.encode(x, { training: true });
        return negativeLogLikelihood(net.decode(x, z, 3, { training: true }), x)
          .mean()
          .add(theta.mean()) as tf.Scalar;
      };
      tf.variableGrads(loss);
      theta.dispose();
    });
  });
});

test.each<[string, (net: RelationalNetwork) => unknown]>([
  [
    'motion must have shape [B, 6, 2, 4] (frames, dimensions, vertices), got [3, 5, 2, 4]',
    (net) => net.encode(motion(3, { ...sizes, frames: 5 }), { training: false }),
  ],
  [
    'edges must have shape [3, S, 6], got [2, 2, 6]',
    (net) => net.decode(motion(), trees(2), 1, { training: false }),
  ],
  [
    'steps must be an integer in [1, 6], got 0',
    (net) => net.decode(motion(), trees(), 0, { training: false }),
  ],
  ['dropout needs a key, got none', (net) => net.encode(motion(), { training: true, dropout: 0.1 })],
  ['dropout must be in [0, 1), got 1', (net) => net.encode(motion(), { training: true, dropout: 1 })],
  ['vertices must be an integer of at least 2, got 1', () => network(0, { vertices: 1 })],
])('says what is wrong: %s', (message, act) => {
  const net = network();
  expect(() => act(net)).toThrow(`RelationalNetwork: ${message}`);
});
