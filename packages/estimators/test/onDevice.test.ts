import * as distributions from '@aimle/distributions';
import { device } from '@aimle/engine/operations';
import { foldIn, gumbel, key, noNoise, sumOfGamma } from '@aimle/random';
import { betweenK, categorical, type Solver, spanningTree, topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AimleOptions,
  aimle,
  curvatureCorrection,
  fixedLambda,
  imle,
  type Layer,
  noiseScaled,
  paperAdaptive,
} from '../src/index.js';
import { numbers } from './kernelCases.js';

interface Problem {
  readonly batch: number;
  readonly samples?: number;
  readonly steps?: number;
  /** Numbers are multiples of this; 0 for any. */
  readonly grid?: number;
  readonly masked?: boolean;
}

const gpu = tf.getBackend() === 'webgpu' ? device() : null;
/** Suites run on an emulated GPU, where layers stay on the host unless a test says otherwise. */
const emulated = gpu?.isSoftware;

/** Runs steps of a layer on the device and on the host, and expects the same states and gradients. */
function expectAlike(build: () => Layer, problem: Problem): { readonly there: Layer; readonly here: Layer } {
  const { batch, samples = 1, steps = 1, grid = 0, masked = false } = problem;
  const [there, here] = [build(), build()];
  const { size, sense } = there.solver;
  for (let step = 0; step < steps; step++) {
    const values = numbers(step + 1, batch * size, grid);
    if (masked) {
      for (let i = 0; i < values.length; i += 7) values[i] = sense === 'maximise' ? -Infinity : Infinity;
    }
    const weights = numbers(step + 100, batch * samples * size, grid);
    const call = { key: foldIn(key(4), step), samples };
    const pass = here.forward(values, call);
    const expected = pass.vjp(weights);
    const [states, gradient] = onDevice(there, tf.tensor2d(values, [batch, size]), weights, call);
    expect(states).toEqual(pass.z);
    const { lambda } = here.lastStep!;
    // Less than the weight of half a change: every difference is the same, and only its rounding is not.
    const tolerance = lambda ? 1e-5 / lambda : 0;
    gradient.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance);
    });
    const [ours, theirs] = [there.lastStep!, here.lastStep!];
    // The host leaves rounding where differences of samples cancel, which are exact zeros on the device.
    expect(ours.sparsity).toBeCloseTo(gradient.filter((value) => value === 0).length / gradient.length, 6);
    for (const name of ['lambda', 'changedCoordinates', 'changedShare'] as const) {
      expect(ours[name]).toBeCloseTo(theirs[name]!, 4);
    }
    expect([ours.solverCalls, ours.samples]).toEqual([theirs.solverCalls, theirs.samples]);
  }
  return { there, here };
}

/** The states of a call and the gradient of the sum of their products with weights. */
function onDevice(
  layer: Layer,
  theta: tf.Tensor,
  weights: Float32Array,
  call: { key: readonly [number, number]; samples: number },
): [Float32Array, Float32Array] {
  let states: tf.Tensor | null = null;
  const gradient = tf.grad((x: tf.Tensor) => {
    states = tf.keep(layer.sample(x, call));
    return tf.sum(tf.mul(states, tf.tensor(weights, states.shape)));
  })(theta);
  const result = [states!, gradient].map((x) => (x as tf.Tensor).dataSync() as Float32Array);
  tf.dispose([states!, gradient, theta]);
  return result as [Float32Array, Float32Array];
}

describe.runIf(gpu?.difference)('layers on a GPU', () => {
  beforeEach(() => void Object.assign(gpu!, { isSoftware: false }));
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(gpu!, { isSoftware: emulated });
  });

  const perturbation = fixedLambda(1.5);
  const code = topK({ size: 20, k: 10 });

  const layers: Readonly<Record<string, () => Layer>> = {
    gumbel: () => aimle(code, { perturbation }),
    'sum of gamma': () => aimle(code, { perturbation, noise: sumOfGamma({ kappa: 10 }) }),
    'no noise': () => aimle(code, { perturbation, noise: noNoise() }),
    minimise: () => aimle(topK({ size: 20, k: 10, sense: 'minimise' }), { perturbation }),
    categorical: () => aimle(categorical({ size: 9 }), { perturbation }),
    betweenK: () => aimle(betweenK({ size: 20, low: 3, high: 8 }), { perturbation }),
    'more than a workgroup': () => aimle(topK({ size: 300, k: 7 }), { perturbation }),
    'long rows': () => aimle(topK({ size: 1500, k: 40 }), { perturbation }),
    forward: () => aimle(code, { perturbation, difference: 'forward' }),
    'two temperatures': () =>
      aimle(code, { perturbation, difference: 'forward', temperature: { forward: 0.5, backward: 1.5 } }),
    draws: () => aimle(code, { perturbation, draws: 3 }),
    imle: () => imle(code, { lambda: 3, target: 'loss-direction' }),
  };

  test.each(Object.entries(layers))('have the states and gradients of the host: %s', (_name, build) => {
    const { size } = build().solver;
    const batch = size > 1000 ? 3 : size > 100 ? 9 : 40;
    expectAlike(build, { batch });
    expectAlike(build, { batch: Math.ceil(batch / 3), samples: 3, steps: 2 });
  });

  test('have the same states in thousands of rows', () => {
    const layer = aimle(code, { perturbation });
    const values = numbers(1, 4000 * 20, 0);
    const z = tf.tidy(() => layer.sample(tf.tensor2d(values, [4000, 20]), { key: key(8) }).dataSync());
    expect(z).toEqual(layer.forward(values, { key: key(8) }).z);
  });

  test.each([20, 1500])('break ties as the host does, masks included, %d items', (size) => {
    for (const sense of ['maximise', 'minimise'] as const) {
      const build = () =>
        aimle(topK({ size, k: size >> 2, sense }), { noise: noNoise(), perturbation: fixedLambda(1) });
      expectAlike(build, { batch: 6, grid: 1 });
      expectAlike(build, { batch: 6, grid: 1, masked: true });
    }
  });

  test.each([
    ['the default', {}, 1],
    ['the default, of samples', {}, 4],
    [
      'a large network',
      { perturbation: noiseScaled({ scaleWithBatch: false }), curvatureCorrection: false },
      2,
    ],
    ['the paper', { perturbation: paperAdaptive({ initialAlpha: 1, step: 0.05, momentum: 0.5 }) }, 2],
  ] as [string, AimleOptions, number][])('adapt as on the host: %s', (_name, options, samples) => {
    const solver = options.curvatureCorrection === false ? code : betweenK({ size: 20, low: 0, high: 12 });
    const { there, here } = expectAlike(() => aimle(solver, options), { batch: 24, samples, steps: 8 });
    expect(flat(there.state)).toEqual(flat(here.state).map((value) => closeTo(value)));
    const saved = there.state;
    const again = aimle(solver, options);
    again.state = saved;
    expect(again.state).toEqual(saved);
  });

  test('go on where passes on the host stopped, and the other way round', () => {
    const options = { perturbation: paperAdaptive({ initialAlpha: 1, step: 0.1 }) };
    const [mixed, host] = [aimle(code, options), aimle(code, options)];
    const [values, weights] = [numbers(1, 200, 0), numbers(2, 200, 0)];
    for (let step = 0; step < 6; step++) {
      const call = { key: foldIn(key(1), step), samples: 1 };
      host.forward(values, call).vjp(weights);
      if (step % 3 === 1) mixed.forward(values, call).vjp(weights);
      else onDevice(mixed, tf.tensor2d(values, [10, 20]), weights, call);
    }
    expect(flat(mixed.state)).toEqual(flat(host.state).map((value) => closeTo(value)));
    mixed.state = { policy: 'paper', state: { alpha: 0.5, changed: 1, move: 0 } };
    expect(mixed.state).toEqual({ policy: 'paper', state: { alpha: 0.5, changed: 1, move: 0 } });
  });

  test('read nothing in a step, not even what they report once a loss was awaited', async () => {
    const layer = aimle(code);
    const theta = tf.tensor2d(numbers(1, 200, 0), [10, 20]);
    const read = vi.spyOn(tf.backend() as unknown as { readSync(id: object): unknown }, 'readSync');
    for (let step = 0; step < 3; step++) {
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
        tf.sum(tf.square(layer.sample(x, { key: foldIn(key(1), step) }))),
      )(theta);
      await value.data();
      tf.dispose([value, grad]);
      expect(layer.lastStep!.lambda).toBeGreaterThan(0);
    }
    expect(read).not.toHaveBeenCalled();
    theta.dispose();
  });

  test('draw NaN for a row of theta that has one, and name it in a later call', async () => {
    const layer = aimle(code, { perturbation });
    const values = numbers(1, 200, 0);
    values[3 * 20 + 7] = Number.NaN;
    const [states, gradient] = onDevice(layer, tf.tensor2d(values, [10, 20]), numbers(2, 200, 0), {
      key: key(1),
      samples: 1,
    });
    states.forEach((value, i) => {
      expect(Number.isNaN(value)).toBe(Math.floor(i / 20) === 3);
    });
    expect(gradient.every(Number.isNaN)).toBe(true);
    const message = 'aimle: theta must not be NaN, got NaN in row 3, element 7, of an earlier call';
    const good = tf.tensor2d(numbers(1, 200, 0), [10, 20]);
    let failure: unknown = null;
    while (failure === null) {
      try {
        tf.dispose(layer.sample(good, { key: key(1) }));
        await new Promise((resolve) => setTimeout(resolve, 1));
      } catch (error) {
        failure = error;
      }
    }
    expect((failure as Error).message).toContain(message);
    expect(layer.sample(good, { key: key(1) }).dataSync()).toEqual(
      layer.forward(numbers(1, 200, 0), { key: key(1) }).z,
    );
  });

  test('name NaN in theta in a later call without a backward pass, and read nothing meanwhile', async () => {
    const layer = aimle(code, { perturbation });
    const good = tf.tensor2d(numbers(1, 200, 0), [10, 20]);
    // Also after a backward pass whose numbers have arrived.
    onDevice(layer, good.clone(), numbers(2, 200, 0), { key: key(1), samples: 1 });
    await good.data();
    const read = vi.spyOn(tf.backend() as unknown as { readSync(id: object): unknown }, 'readSync');
    const bad = tf.fill([10, 20], Number.NaN);
    tf.dispose(layer.sample(bad, { key: key(1) }));
    let failure: unknown = null;
    for (let tries = 0; tries < 500 && failure === null; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      try {
        tf.dispose(layer.sample(good, { key: key(1) }));
      } catch (error) {
        failure = error;
      }
    }
    expect(String(failure)).toContain('aimle: theta must not be NaN, got NaN in row 0, element 0');
    expect(read).not.toHaveBeenCalled();
    tf.dispose([good, bad]);
  });

  test('refuse a gradient that is not finite, and learn nothing from it', () => {
    const layer = aimle(code);
    const step = (weights: Float32Array) =>
      onDevice(layer, tf.tensor2d(numbers(1, 200, 0), [10, 20]), weights, { key: key(1), samples: 1 })[1];
    step(numbers(2, 200, 0));
    const before = layer.state;
    const weights = numbers(2, 200, 0);
    weights[45] = Number.POSITIVE_INFINITY;
    expect(step(weights).every(Number.isNaN)).toBe(true);
    expect(() => layer.lastStep).toThrow(
      'aimle: the gradient of the loss in z must be finite, got NaN or an infinity in row 2, element 5, of an earlier call',
    );
    expect(layer.state).toEqual(before);
  });

  test('refuse infinite scores where the structure does', () => {
    const layer = aimle(distributions.topK({ size: 20, k: 10 }), { perturbation });
    const values = numbers(1, 200, 0);
    values[5] = Number.NEGATIVE_INFINITY;
    const z = layer.sample(tf.tensor2d(values, [10, 20]), { key: key(1) }).dataSync();
    expect(z.slice(0, 20).every(Number.isNaN)).toBe(true);
  });

  test('have no second derivative, and leak nothing', async () => {
    const layer = aimle(code, { perturbation });
    const theta = tf.tensor2d(numbers(1, 200, 0), [10, 20]);
    const slope = (x: tf.Tensor) =>
      tf.grad((t: tf.Tensor) => tf.sum(tf.square(layer.sample(t, { key: key(1) }))))(x);
    expect(() => tf.grad((x: tf.Tensor) => tf.sum(tf.square(slope(x))))(theta)).toThrow(
      'aimle: has no second derivative',
    );
    await expectNoLeak(tf, () => tf.dispose(slope(theta)));
  });

  test('stay on the host where the device does not know them', () => {
    const tree = spanningTree({ vertices: 7 });
    const others: [Solver, AimleOptions][] = [
      [tree, { perturbation }],
      [topK({ size: 21, k: 10 }), { perturbation, antithetic: true }],
      [topK({ size: 21, k: 10 }), { perturbation, marginalSamples: 2 }],
      [topK({ size: 21, k: 10 }), { perturbation, scope: 'instance' }],
      [topK({ size: 21, k: 10 }), { perturbation, noise: { ...gumbel() } }],
      [topK({ size: 21, k: 10 }), { perturbation: { ...fixedLambda(1) } }],
    ];
    for (const [solver, options] of others) {
      const layer = aimle(solver, options);
      const started = vi.fn(gpu!.difference!);
      Object.assign(gpu!, { difference: started });
      const z = layer.sample(tf.tensor2d(numbers(1, 42, 0), [2, 21]), { key: key(1), samples: 2 });
      expect(started).not.toHaveBeenCalled();
      expect(z.dataSync()).toEqual(layer.forward(numbers(1, 42, 0), { key: key(1), samples: 2 }).z);
      Object.assign(gpu!, { difference: started.getMockImplementation()! });
    }
  });

  test('learn the curvature that the host learns', () => {
    const options = { perturbation, curvatureCorrection: true };
    const { there, here } = expectAlike(() => aimle(code, options), { batch: 30, samples: 2, steps: 5 });
    const c = (layer: Layer) =>
      curvatureCorrection.estimate((layer.state as unknown as { curvature: never }).curvature);
    expect(c(there)).toBeCloseTo(c(here), 5);
  });
});

/** All numbers of a state. */
function flat(state: unknown): number[] {
  if (typeof state === 'number') return [state];
  return state === null || typeof state !== 'object' ? [] : Object.values(state).flatMap(flat);
}

function closeTo(value: number): unknown {
  return expect.closeTo(value, value === 0 ? 6 : Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value)))));
}
