import { type Calls, kernels, useKernels } from '@aimle/kernels';
import { fillNormal, fillUniform, foldIn, key } from '@aimle/random';
import { expect, vi } from 'vitest';
import type { Layer } from '../src/index.js';

/** What a call gives, in both passes. */
interface Outcome {
  readonly z: Float32Array;
  readonly gradients: Float32Array[];
  readonly steps: unknown[];
  readonly state: unknown;
}

export interface Problem {
  readonly batch: number;
  readonly blocks?: number;
  readonly samples?: number;
  /** Numbers are multiples of this; 0 for any. Few distinct values make ties. */
  readonly grid?: number;
  /** What theta is multiplied by; default 1. */
  readonly scale?: number;
  /** The share of theta that is forbidden. */
  readonly masked?: number;
  readonly seed?: number;
}

export function numbers(seed: number, length: number, grid: number): Float32Array {
  const values = new Float32Array(length);
  fillNormal(key(seed), values);
  return grid === 0 ? values : values.map((value) => grid * Math.round(value / grid));
}

/** Two steps of a layer that is built anew. */
export function outcome(build: () => Layer, problem: Problem): Outcome {
  const { batch, blocks, samples, grid = 0, scale = 1, masked = 0, seed = 1 } = problem;
  const layer = build();
  const { size, sense } = layer.solver;
  const theta = numbers(seed, batch * (blocks ?? 1) * size, grid).map((value) => scale * value);
  const chance = new Float32Array(theta.length);
  fillUniform(key(seed + 1), chance);
  for (let i = 0; i < theta.length; i++) {
    if (chance[i]! < masked) theta[i] = sense === 'maximise' ? -Infinity : Infinity;
  }
  const gradients: Float32Array[] = [];
  const steps: unknown[] = [];
  let states: Float32Array = new Float32Array(0);
  for (const step of [0, 1]) {
    const options = { key: foldIn(key(seed), step), ...(samples && { samples }), ...(blocks && { blocks }) };
    const { z, vjp } = layer.forward(theta, options);
    states = z;
    gradients.push(vjp(numbers(seed + 2 + step, z.length, grid)));
    steps.push(layer.lastStep);
  }
  return { z: states, gradients, steps, state: layer.state };
}

export function expectSame(found: Float32Array, wanted: Float32Array): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    if (!Object.is(found[i], wanted[i])) throw new Error(`element ${i} is ${found[i]}, not ${wanted[i]}`);
  }
}

/** Runs with kernels, and counts the calls that made states and differences. */
export async function inKernels<T>(work: () => T): Promise<{ result: T; forward: number; backward: number }> {
  await useKernels();
  const loaded = kernels()!;
  const teamOf = loaded.team;
  const made = { sampleStates: 0, averageDifferences: 0 };
  const counted = (calls: Calls): Calls => ({
    ...calls,
    sampleStates: (...values) => {
      made.sampleStates++;
      calls.sampleStates(...values);
    },
    averageDifferences: (...values) => {
      made.averageDifferences++;
      calls.averageDifferences(...values);
    },
  });
  vi.spyOn(loaded, 'team').mockImplementation((nanoseconds) => {
    const team = teamOf(nanoseconds);
    return {
      threads: team.threads,
      reserve: (needs) => team.reserve(needs),
      run: (job) =>
        team.run({ ...job, perform: (calls, task, slot) => job.perform(counted(calls), task, slot) }),
    };
  });
  try {
    const result = work();
    return { result, forward: made.sampleStates, backward: made.averageDifferences };
  } finally {
    vi.restoreAllMocks();
    await useKernels(false);
  }
}

/** Expects the same bits of both implementations, and that kernels made both passes, or only the forward one. */
export async function expectSameBits(
  build: () => Layer,
  problem: Problem,
  passes: 'both' | 'forward' = 'both',
): Promise<void> {
  const wanted = outcome(build, problem);
  const { result: found, forward, backward } = await inKernels(() => outcome(build, problem));
  expectSame(found.z, wanted.z);
  found.gradients.forEach((gradient, i) => {
    expectSame(gradient, wanted.gradients[i]!);
  });
  expect(found.steps).toEqual(wanted.steps);
  expect(found.state).toEqual(wanted.state);
  expect(forward).toBeGreaterThanOrEqual(2);
  if (passes === 'both') expect(backward).toBeGreaterThanOrEqual(2);
}
