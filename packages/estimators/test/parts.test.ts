import type { BatchPart } from '@aimle/engine';
import { useKernels } from '@aimle/kernels';
import { fillNormal, foldIn, gumbel, key, sumOfGamma } from '@aimle/random';
import { type Solver, topK } from '@aimle/solvers';
import { toBeAllClose } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aimle,
  estimators,
  fenchelYoung,
  fixedLambda,
  isLayer,
  type JsonValue,
  type Layer,
  noiseScaled,
  paperAdaptive,
} from '../src/index.js';
import { ofSubsets } from './entries.js';

expect.extend({ toBeAllClose });

const SIZE = 6;
const BLOCKS = 2;
const SAMPLES = 2;
const BATCH = 7;
const pick = topK({ size: SIZE, k: 2 });

function numbers(seed: number, length: number): Float32Array {
  const values = new Float32Array(length);
  fillNormal(key(seed), values);
  return values;
}

interface Outcome {
  readonly z: Float32Array;
  readonly gradient: Float32Array;
  readonly state: JsonValue;
  readonly step: unknown;
}

/** Three steps of a new layer on the instances from `from` to `to - 1` of a batch: what the last one gives. */
function steps(build: () => Layer, from: number, to: number, part?: BatchPart): Outcome {
  const layer = build();
  const each = BLOCKS * SIZE;
  let last: Pick<Outcome, 'z' | 'gradient'> | undefined;
  for (let step = 0; step < 3; step++) {
    const theta = numbers(step, BATCH * each).subarray(from * each, to * each);
    const options = { key: foldIn(key(5), step), samples: SAMPLES, blocks: BLOCKS };
    const { z, vjp } = layer.forward(theta, { ...options, ...(part && { part }) });
    const ofRow = z.length / (to - from);
    const upstream = numbers(10 + step, BATCH * ofRow);
    last = { z, gradient: vjp(upstream.subarray(from * ofRow, to * ofRow)) };
  }
  return { ...last!, state: layer.state, step: layer.lastStep };
}

/** What a part still waits for: the sum of this over the parts. */
class Wanted {
  readonly vector: Float64Array;

  constructor(vector: ArrayLike<number>) {
    this.vector = Float64Array.from(vector);
  }
}

/** Runs parts that share sums in one thread: from the start again whenever a sum is known that they waited for. */
function inParts<T>(ends: readonly number[], run: (from: number, to: number, part: BatchPart) => T): T[] {
  const known: Float64Array[][] = [];
  for (;;) {
    const results = ends.map((to, index) => {
      const first = ends[index - 1] ?? 0;
      let calls = 0;
      const shared = (values: ArrayLike<number>): Float64Array[] => {
        const found = known[calls++];
        if (found === undefined) throw new Wanted(values);
        return found;
      };
      const total = (vectors: readonly Float64Array[]) =>
        vectors.reduce((sum, vector) => sum.map((value, i) => value + vector[i]!));
      try {
        return run(first, to, {
          batch: ends.at(-1)!,
          first,
          sum: (values) => total(shared(values)),
          sumBefore: (value) =>
            shared([value])
              .slice(0, index)
              .reduce((sum, [own]) => sum + own!, 0),
        });
      } catch (wanted) {
        if (!(wanted instanceof Wanted)) throw wanted;
        return wanted;
      }
    });
    const wanted = results.filter((result) => result instanceof Wanted);
    if (wanted.length === 0) return results as T[];
    expect(wanted.length).toBe(ends.length);
    known.push(wanted.map(({ vector }) => vector));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

function expectTheWhole(build: () => Layer): void {
  const whole = steps(build, 0, BATCH);
  for (const ends of [[3, BATCH], [1, 2, BATCH], [BATCH]]) {
    const parts = inParts(ends, (from, to, part) => steps(build, from, to, part));
    expect(joined(parts.map(({ z }) => z))).toEqual(whole.z);
    expect(joined(parts.map(({ gradient }) => gradient))).toBeAllClose(whole.gradient, {
      relative: 1e-5,
      absolute: 1e-6,
    });
    for (const { state, step } of parts) {
      expect(flat(state)).toBeAllClose(flat(whole.state), { relative: 1e-12, absolute: 1e-12 });
      expect(flat(step)).toBeAllClose(flat(whole.step), { relative: 1e-12, absolute: 1e-12 });
    }
  }
}

/** The numbers in JSON. */
function flat(json: unknown): number[] {
  if (typeof json === 'number') return [json];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(flat) : [];
}

/** A solver that kernels do not know, whose states are not of zeros and ones for some instances. */
const uneven: Solver = {
  ...pick,
  name: 'uneven',
  solve(theta, z, rows) {
    pick.solve(theta, z, rows);
    for (let row = 0; row < rows; row++) {
      if (theta[row * SIZE]! > 2) for (let i = 0; i < SIZE; i++) z[row * SIZE + i]! *= 2;
    }
  },
};

const layers: Readonly<Record<string, () => Layer>> = {
  'one lambda for the batch': () => aimle(pick),
  'lambda by instance': () => aimle(pick, { scope: 'instance' }),
  "the paper's controller": () =>
    aimle(pick, { perturbation: paperAdaptive({ initialAlpha: 0.5, step: 0.1 }) }),
  'a controller that starts at 0': () => aimle(pick, { perturbation: paperAdaptive({ step: 0.1 }) }),
  'Sum-of-Gamma noise': () => aimle(pick, { noise: sumOfGamma({ kappa: 2 }) }),
  'more draws': () => aimle(pick, { draws: 3, perturbation: noiseScaled({ scaleWithBatch: false }) }),
  'antithetic pairs': () => aimle(pick, { antithetic: true }),
  'marginal samples': () => aimle(pick, { marginalSamples: 2, perturbation: fixedLambda(1) }),
  'states of other numbers in one part': () => aimle(uneven),
};

const score = [
  'score-function',
  'score-function-plain',
  'score-function-leave-one-out',
  'perturbed-score-function',
];
const samplers = [...score, 'simple'];

describe.each([true, false])('kernels: %s', (enabled) => {
  beforeAll(() => useKernels(enabled));
  afterAll(() => useKernels());

  test.each(Object.entries(layers))('parts of a batch compute what the whole does: %s', (_name, build) => {
    expectTheWhole(build);
  });
});

test.each(
  estimators
    .filter(({ name }) => !samplers.includes(name))
    .filter((entry) => isLayer(ofSubsets(entry, SIZE, 2)))
    .map((entry) => [entry.name, entry] as const),
)('%s computes the same in parts', (_name, entry) => {
  expectTheWhole(() => ofSubsets(entry, SIZE, 2) as Layer);
});

test.each(
  estimators.filter(({ name }) => samplers.includes(name)).map((entry) => [entry.name, entry] as const),
)('%s refuses parts', (_name, entry) => {
  const part = { batch: 4, first: 0, sum: Float64Array.from, sumBefore: () => 0 };
  const options = { key: key(0), samples: 2, part };
  const theta = tf.zeros([2, SIZE]);
  const loss = (z: tf.Tensor) => z.sum(-1);
  expect(() => ofSubsets(entry, SIZE, 2).expectation(theta, loss, options)).toThrow(
    /the batch must be whole, got a part; train with one worker, or use aimle$/,
  );
});

test('losses with noise draw that of the whole batch', () => {
  const loss = fenchelYoung(pick, { noise: gumbel() });
  const theta = numbers(1, BATCH * SIZE);
  const target = new Float32Array(theta.length);
  const run = (from: number, to: number, part?: BatchPart) => {
    const of = (values: Float32Array) => values.slice(from * SIZE, to * SIZE);
    const options = { key: key(2), samples: 3, ...(part && { part }) };
    return loss.forward(of(theta), of(target), options).values;
  };
  expect(joined(inParts([2, BATCH], run))).toEqual(run(0, BATCH));
});
