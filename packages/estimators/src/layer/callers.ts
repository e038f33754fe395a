import { checkOptions } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { SampleOptions } from './estimator.js';

/** Throws for an array or anything else that is no tensor: only callers without types get here. */
export function requireTensor(name: string, what: string, value: tf.Tensor): void {
  if (typeof value === 'object' && value !== null && 'shape' in value && 'dataSync' in value) return;
  throw new TypeError(
    `${name}: ${what} must be a tensor, such as tf.tensor2d([[0.5, 1, 2]]), got ${described(value)}`,
  );
}

/** Throws for an array of numbers where single precision is needed. */
export function requireFloats(name: string, what: string, value: Float32Array): void {
  if (value instanceof Float32Array) return;
  throw new TypeError(
    `${name}: ${what} must be a Float32Array, such as Float32Array.of(0.5, 1, 2), got ${described(value)}`,
  );
}

/** Throws where the options of a draw are missing, misspelt or without a key. */
export function requireDraw(name: string, options: SampleOptions & { readonly blocks?: number }): void {
  if (options === undefined || (options as { key?: unknown } | null)?.key === undefined) {
    if (options !== undefined && options !== null) {
      checkOptions(name, options, { key: true, samples: true, context: true, part: true, blocks: true });
    }
    throw new TypeError(
      `${name}: a draw needs a key, and another one each time, such as { key: key(step) } with key of @aimle/random, got ` +
        `${options === undefined ? 'no options' : 'none'}`,
    );
  }
  checkOptions(name, options, { key: true, samples: true, context: true, part: true, blocks: true });
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  return value === null ? 'null' : typeof value;
}
