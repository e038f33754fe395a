import { key, type Noise, noNoise, normal } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  blackBox,
  imle,
  type Layer,
  negativeIdentity,
  type Projection,
  straightThrough,
} from '../src/index.js';
import { recording } from './solversForTests.js';

const weights = [0.5, -1, 2, 0.25];

function slope(layer: Layer, theta: tf.Tensor, samples = 1): number[] {
  const grad = tf.grad((x: tf.Tensor) =>
    layer
      .sample(x, { key: key(4), samples })
      .mul(weights)
      .sum()
      .div(samples),
  );
  return [...grad(theta).dataSync()];
}

describe('black-box differentiation', () => {
  test.each([
    ['minimise', 1],
    ['maximise', -1],
  ] as const)(
    'is -[y(theta) - y(theta + lambda g)] / lambda, turned round to maximise: %s',
    (sense, sign) => {
      const plain = topK({ size: 4, k: 2, sense });
      const solver = recording(plain);
      const theta = Float32Array.of(0.1, 0.2, 0.3, 0.4);
      const lambda = 3;
      const moved = theta.map((value, i) => value + sign * lambda * weights[i]!);
      const [y, better] = [new Float32Array(4), new Float32Array(4)];
      plain.solve(theta, y, 1);
      plain.solve(moved, better, 1);
      const got = slope(blackBox(solver, { lambda }), tf.tensor2d(theta, [1, 4]));
      for (let i = 0; i < 4; i++) expect(got[i]).toBeCloseTo((-sign * (y[i]! - better[i]!)) / lambda, 6);
      expect(got.some((value) => value !== 0)).toBe(true);
      expect(solver.asked.length).toBe(2);
      for (let i = 0; i < 4; i++) expect(solver.asked[1]![i]).toBeCloseTo(moved[i]!, 5);
    },
  );

  test('with noise is imle, without it imle of the mode', () => {
    const solver = topK({ size: 4, k: 2 });
    const theta = tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]);
    for (const noise of [noNoise(), normal()]) {
      const ours = slope(blackBox(solver, { lambda: 2, noise }), theta, 16);
      expect(ours).toEqual(slope(imle(solver, { lambda: 2, noise }), theta, 16));
      expect(ours.some((value) => value !== 0)).toBe(true);
    }
  });

  test('needs a lambda above 0', () => {
    expect(() => blackBox(topK({ size: 4, k: 2 }), { lambda: 0 })).toThrow(
      /black-box: lambda must be a positive finite number, got 0/,
    );
  });
});

const projected: Record<Projection, (x: tf.Tensor) => tf.Tensor> = {
  none: (x) => x,
  mean: (x) => x.sub(x.mean(-1, true)),
  norm: (x) => x.div(x.square().sum(-1, true).sqrt()),
  both: (x) => {
    const centred = x.sub(x.mean(-1, true));
    return centred.div(centred.square().sum(-1, true).sqrt());
  },
};

/** Noise of 0 that counts as noise, so that the solver gets the projected theta. */
const silent: Noise = { ...normal(), fill: (_key, into) => into.fill(0) };

describe.each(['none', 'mean', 'norm', 'both'] as const)('negative identity, projection %s', (projection) => {
  const theta = tf.tensor3d([[[0.3, -1, 2, 0.5]], [[10, 20, 5, 7]], [[-0.1, 0.2, 0, 0]]]);

  test.each(['maximise', 'minimise'] as const)(
    'solves for the projected theta and takes the vjp of the projection, %s',
    (sense) => {
      const solver = recording(topK({ size: 4, k: 2, sense }));
      const got = slope(negativeIdentity(solver, { projection, noise: silent }), theta, 3);
      const inputs = projected[projection](theta).dataSync();
      const centred = projection === 'mean' || projection === 'both';
      for (let i = 0; i < 12; i++) {
        // Each of the three samples of an instance: rows 3 b + s.
        const row = 12 * Math.floor(i / 4);
        for (const s of [0, 1, 2]) {
          const asked = solver.asked[0]!.subarray(row + 4 * s, row + 4 * s + 4);
          // A mean that is not subtracted changes no difference between elements.
          const shift = centred ? asked.reduce((sum, x) => sum + x) / 4 : 0;
          expect(asked[i % 4]! - shift).toBeCloseTo(inputs[i]!, 5);
        }
      }
      const sign = sense === 'maximise' ? 1 : -1;
      const expected = tf
        .grad((x: tf.Tensor) => projected[projection](x).mul(weights).sum().mul(sign))(theta)
        .dataSync();
      for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
    },
  );

  test('leaves masks as they are: no gradient, and no part in mean or norm', () => {
    const mask = Number.NEGATIVE_INFINITY;
    const solver = recording(topK({ size: 4, k: 2 }));
    const layer = negativeIdentity(solver, { projection, noise: silent });
    const got = slope(layer, tf.tensor2d([[3, mask, 4, -1]]));
    const rest = projected[projection](tf.tensor2d([[3, 4, -1]])).dataSync();
    const asked = solver.asked[0]!;
    expect(asked[1]).toBe(mask);
    for (const [i, at] of [2, 3].entries())
      expect(asked[at]! - asked[0]!).toBeCloseTo(rest[i + 1]! - rest[0]!, 5);
    // Without a projection this is straight-through, which passes every gradient on.
    expect(got[1]).toBe(projection === 'none' ? weights[1] : 0);
    expect(got.every(Number.isFinite)).toBe(true);
  });

  test('tells small scores apart beside a large one, with and without noise', () => {
    const solver = topK({ size: 5, k: 2 });
    for (const large of [-1e9, -3e38, 1e9, 3e38]) {
      const theta = tf.tensor2d([[large, 0.01, 0.03, 0.04, 0.05]]);
      const best = large < 0 ? [0, 0, 0, 1, 1] : [1, 0, 0, 0, 1];
      for (const noise of [noNoise(), silent]) {
        const layer = negativeIdentity(solver, { projection, noise });
        expect([...layer.mode(theta).dataSync()]).toEqual(best);
        expect([...layer.sample(theta, { key: key(1) }).dataSync()]).toEqual(best);
      }
    }
  });

  test('has a gradient at theta = 0 and where all are equal, so that training can begin there', () => {
    for (const start of [0, 0.1, 3]) {
      const got = slope(negativeIdentity(topK({ size: 4, k: 2 }), { projection }), tf.fill([2, 4], start));
      expect(got.every(Number.isFinite)).toBe(true);
      expect(Math.max(...got.map(Math.abs))).toBeGreaterThan(0.1);
      expect(Math.max(...got.map(Math.abs))).toBeLessThan(10);
    }
  });
});

test.each(['mean', 'both'] as const)(
  'subtracts an offset that all scores share, so that it does not round the noise away: %s',
  (projection) => {
    const layer = negativeIdentity(topK({ size: 4, k: 1 }), { projection, noise: normal() });
    const z = layer.sample(tf.fill([1, 4], 2 ** 28), { key: key(1), samples: 400 });
    // Scores that are all the same win equally often.
    for (const share of z.mean([0, 1]).dataSync()) expect(Math.abs(share - 0.25)).toBeLessThan(0.11);
  },
);

test('negative identity without a projection is straight-through, noise included', () => {
  const solver = topK({ size: 4, k: 2, sense: 'minimise' });
  const theta = tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]);
  const options = { noise: normal(), temperature: 0.5 };
  const [ours, plain] = [
    negativeIdentity(solver, { ...options, projection: 'none' }),
    straightThrough(solver, options),
  ];
  expect(slope(ours, theta)).toEqual(slope(plain, theta));
  const states = (layer: Layer) => [...layer.sample(theta, { key: key(1), samples: 9 }).dataSync()];
  expect(states(ours)).toEqual(states(plain));
  expect(() => negativeIdentity(solver, { projection: 'std' as Projection })).toThrow(
    /projection must be one of none, mean, norm, both, got "std"/,
  );
});

describe('imle by means and modes', () => {
  const theta = tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]);

  test('map-map has no noise anywhere', () => {
    const solver = recording(topK({ size: 4, k: 2 }));
    slope(imle(solver, { lambda: 2, noise: normal(), means: 'map-map' }), theta);
    const [origin, target] = solver.asked as [Float32Array, Float32Array];
    for (let i = 0; i < 4; i++) {
      expect(origin[i]).toBeCloseTo(0.1 * (i + 1), 6);
      expect(target[i]).toBeCloseTo(0.1 * (i + 1) - 2 * weights[i]!, 6);
    }
  });

  test('marginal-map has noise in the states alone, and compares these with the target', () => {
    const solver = recording(topK({ size: 4, k: 2 }));
    const layer = imle(solver, { lambda: 2, noise: normal(), means: 'marginal-map' });
    const got = slope(layer, theta);
    expect(solver.asked.length).toBe(2);
    const [origin, target] = solver.asked as [Float32Array, Float32Array];
    expect(Math.abs(origin[0]! - 0.1)).toBeGreaterThan(0.01);
    for (let i = 0; i < 4; i++) expect(target[i]).toBeCloseTo(0.1 * (i + 1) - 2 * weights[i]!, 6);
    const [z, better] = [new Float32Array(4), new Float32Array(4)];
    solver.solve(origin, z, 1);
    solver.solve(target, better, 1);
    for (let i = 0; i < 4; i++) expect(got[i]).toBeCloseTo((z[i]! - better[i]!) / 2, 6);
  });

  test('marginal-map has no central form', () => {
    const options = { lambda: 2, means: 'marginal-map', difference: 'central' } as const;
    expect(() => imle(topK({ size: 4, k: 2 }), options)).toThrow(
      /means must be .*map-map .*, got marginal-map/,
    );
  });
});
