import { useEngine } from '@aimle/engine';
import { fillNormal, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

interface Outcome {
  readonly values: Float32Array;
  readonly gradients: readonly Float32Array[];
  readonly shape: readonly number[];
}

/** The engine under test; pure JavaScript is the reference, so it cannot be compared with itself. */
export const engineUnderTest = process.env.AIMLE_ENGINE ?? 'wasm';

/**
 * Expects the same values, shape and gradients (for a random gradient of the output) from the engine under test and
 * pure JavaScript, and no leaks.
 */
export async function expectAgreement(
  operation: (...inputs: tf.Tensor[]) => tf.Tensor,
  shapes: readonly (readonly number[])[],
  { tolerance = 2e-5, gradients = true } = {},
): Promise<void> {
  const before = tf.memory().numTensors;
  const [found, expected] = [
    evaluate(operation, shapes, gradients),
    await onCpu(() => evaluate(operation, shapes, gradients)),
  ];
  expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
  expect(found.shape).toEqual(expected.shape);
  expectClose(found.values, expected.values, tolerance, 'value');
  found.gradients.forEach((gradient, i) => {
    expectClose(gradient, expected.gradients[i]!, tolerance, `gradient in input ${i}`);
  });
}

function evaluate(
  operation: (...inputs: tf.Tensor[]) => tf.Tensor,
  shapes: readonly (readonly number[])[],
  gradients: boolean,
): Outcome {
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => normal(shape, i));
    const value = operation(...inputs);
    const outcome = { values: value.dataSync() as Float32Array, shape: value.shape };
    if (!gradients) return { ...outcome, gradients: [] } as never;
    const slopes = tf.grads(operation)(inputs, normal(value.shape, 99));
    return { ...outcome, gradients: slopes.map((slope) => slope.dataSync()) } as never;
  }) as unknown as Outcome;
}

function normal(shape: readonly number[], stream: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((size, axis) => size * axis, 1));
  fillNormal(key(stream), values);
  return tf.tensor(values, [...shape]);
}

async function onCpu<T>(work: () => T): Promise<T> {
  const silence = { report: () => {} };
  await useEngine('cpu', silence);
  try {
    return work();
  } finally {
    await useEngine(undefined, silence);
  }
}

function expectClose(found: Float32Array, expected: Float32Array, tolerance: number, what: string): void {
  expect(found.length, what).toBe(expected.length);
  const scale = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
  const worst = found.reduce((max, value, i) => {
    const error = Math.abs(value - expected[i]!);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(error, max);
  }, 0);
  expect(worst / scale, `${what}: max error, relative to the largest element`).toBeLessThanOrEqual(tolerance);
}
