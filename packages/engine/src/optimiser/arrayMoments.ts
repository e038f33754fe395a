import type * as tf from '@tensorflow/tfjs';
import { readValues } from '../operations/hostMemory.js';
import { tensorEngine } from '../operations/tensorEngine.js';
import {
  type Coefficients,
  checkSize,
  type MomentArrays,
  type Moments,
  type Moving,
  notFinite,
} from './moments.js';

/** Moments in typed arrays, updated in TypeScript: for every engine, and what the kernel is held against. */
export class ArrayMoments implements Moments {
  readonly place = null;
  readonly #m: Map<string, Float32Array>;
  readonly #v: Map<string, Float32Array>;

  constructor({ m, v }: MomentArrays) {
    this.#m = copies(m);
    this.#v = copies(v);
  }

  step(moving: readonly Moving[], coefficients: Coefficients): void {
    const moved = moving.map(({ name, parameter, gradient }): [tf.Variable, Float32Array] => {
      const next = new Float32Array(parameter.size);
      const m = momentOf(this.#m, name, parameter);
      const v = momentOf(this.#v, name, parameter);
      const g = readValues(gradient);
      const sum = update({ next, p: readValues(parameter), g, m, v }, coefficients);
      if (!Number.isFinite(sum)) throw notFinite(name, g);
      return [parameter, next];
    });
    for (const [parameter, next] of moved) {
      const tensor = tensorEngine().makeTensor(next, parameter.shape, 'float32');
      parameter.assign(tensor);
      tensor.dispose();
    }
  }

  export(): MomentArrays {
    return { m: copies(this.#m), v: copies(this.#v) };
  }

  dispose(): void {}
}

interface Arrays {
  /** The parameter after the step. A new array, since engines may share the memory of `p` and `g`. */
  readonly next: Float32Array;
  readonly p: Float32Array;
  readonly g: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/**
 * Updates one parameter and returns the sum of its gradient, which is finite only if every element is: float32
 * numbers cannot overflow a float64 sum. Here the sum costs nothing beside the divisions; a separate pass would cost
 * a tenth more.
 */
function update({ next, p, g, m, v }: Arrays, { beta1, beta2, epsilon, rate, scale }: Coefficients): number {
  let sum = 0;
  for (let i = 0; i < next.length; i++) {
    const gradient = g[i]!;
    sum += gradient;
    const mean = beta1 * m[i]! + (1 - beta1) * gradient;
    const square = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    next[i] = p[i]! - (rate * mean) / (Math.sqrt(square) * scale + epsilon);
  }
  return sum;
}

function momentOf(moments: Map<string, Float32Array>, name: string, parameter: tf.Tensor): Float32Array {
  const known = moments.get(name) ?? new Float32Array(parameter.size);
  checkSize(name, known.length, parameter.size);
  moments.set(name, known);
  return known;
}

function copies(moments: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  return new Map([...moments].map(([name, values]) => [name, values.slice()]));
}
