import { readSafetensors } from '@aimle/datasets';
import * as tf from '@tensorflow/tfjs';

/** One quantity compared: how far off it is, in its own units, and how far it may be. */
export interface Check {
  readonly name: string;
  readonly error: number;
  readonly tolerance: number;
}

/** The largest difference of two arrays, relative to the larger of 1 and the expected value; infinite if one is NaN. */
export function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst;
}

/** A quantity whose error counts relative to its size. */
export function relative(name: string, actual: number, expected: number, tolerance: number): Check {
  return { name, error: Math.abs(actual - expected) / Math.abs(expected), tolerance };
}

/** What the official network of a task answered, as a safetensors file holds it, against ours. */
export class OfficialAnswers {
  readonly tensors: ReturnType<typeof readSafetensors>['tensors'];

  constructor(bytes: Uint8Array) {
    this.tensors = readSafetensors(bytes).tensors;
  }

  numbers(name: string): Float32Array {
    return this.tensors.get(name)!.data as Float32Array;
  }

  output(name: string, actual: tf.Tensor, tolerance: number): Check {
    return { name, error: furthest(actual.dataSync(), this.numbers(name)), tolerance };
  }

  loss(name: string, actual: tf.Tensor, tolerance: number): Check {
    return relative(name, actual.dataSync()[0]!, this.numbers(name)[0]!, tolerance);
  }

  /** The norm of every parameter's gradient; for those in `zero`, an absolute tolerance: their exact gradient is 0. */
  *gradients(
    loss: () => tf.Tensor,
    parameters: ReadonlyMap<string, tf.Variable>,
    tolerance: number,
    zero: Readonly<Record<string, number>> = {},
  ): Generator<Check, tf.NamedTensorMap> {
    const trained = [...parameters].filter(([name]) => this.tensors.has(`grad_norm/${name}`));
    const { grads } = tf.variableGrads(
      () => loss() as tf.Scalar,
      trained.map(([, variable]) => variable),
    );
    for (const [parameter, variable] of trained) {
      const name = `grad_norm/${parameter}`;
      const norm = euclidean(grads[variable.name]!.dataSync());
      const expected = this.numbers(name)[0]!;
      const absolute = zero[parameter];
      yield absolute === undefined
        ? relative(name, norm, expected, tolerance)
        : { name, error: Math.abs(norm - expected), tolerance: absolute };
    }
    return grads;
  }
}

/** In double precision: wasm's own norm adds 401,408 squares in one single-precision sum, which loses 1e-4. */
function euclidean(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}
