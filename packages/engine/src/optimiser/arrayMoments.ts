import type * as tf from '@tensorflow/tfjs';
import { readValues } from '../operations/hostMemory.js';
import { tensorEngine } from '../operations/tensorEngine.js';
import {
  type AdamCoefficients,
  checkSize,
  type MomentArrays,
  type Moments,
  type Moving,
  notFinite,
} from './moments.js';
import { moveByAdam } from './moveByAdam.js';

/** Moments in typed arrays, updated in TypeScript: for every engine, and what the kernel is held against. */
export class ArrayMoments implements Moments {
  readonly place = null;
  readonly #m: Map<string, Float32Array>;
  readonly #v: Map<string, Float32Array>;

  constructor({ m, v }: MomentArrays) {
    this.#m = copies(m);
    this.#v = copies(v);
  }

  step(moving: readonly Moving[], coefficients: AdamCoefficients): void {
    const moved = moving.map(({ name, parameter, gradient }): [tf.Variable, Float32Array] => {
      const next = new Float32Array(parameter.size);
      const m = momentOf(this.#m, name, parameter);
      const v = momentOf(this.#v, name, parameter);
      const g = readValues(gradient);
      const sum = moveByAdam({ next, p: readValues(parameter), g, m, v }, coefficients);
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

function momentOf(moments: Map<string, Float32Array>, name: string, parameter: tf.Tensor): Float32Array {
  const known = moments.get(name) ?? new Float32Array(parameter.size);
  checkSize(name, known.length, parameter.size);
  moments.set(name, known);
  return known;
}

function copies(moments: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  return new Map([...moments].map(([name, values]) => [name, values.slice()]));
}
