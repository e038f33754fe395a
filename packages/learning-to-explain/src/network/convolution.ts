import type { Key } from '@aimle/random';
import { linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';

export interface Layer<T> {
  readonly weight: T;
  readonly bias: T;
}

const names = ['first', 'global', 'local1', 'local2', 'final1', 'final2'] as const;

/** The layers of a selector. */
export type Layers<T = tf.Tensor> = Readonly<Record<(typeof names)[number], Layer<T>>>;

export function listed<T>(layers: Layers<T>): T[] {
  return names.flatMap((name) => [layers[name].weight, layers[name].bias]);
}

export function layersOf<T>(list: readonly T[]): Layers<T> {
  const entries = names.map((name, i) => [name, { weight: list[2 * i], bias: list[2 * i + 1] }]);
  return Object.fromEntries(entries) as Layers<T>;
}

/** Convolutions have PyTorch's layout: weights [outputs, inputs, width]. */
export const WIDTH = 3;

/** A layer with its parameters under PyTorch's names. */
export interface NamedLayer extends Layer<tf.Variable> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
}

/** Makes a convolution: Xavier-uniform weights with the rectifier's gain and zero biases. The fan counts the width. */
export function convolution(
  name: string,
  { inputs, outputs, width, key }: { inputs: number; outputs: number; width: number; key: Key },
): NamedLayer {
  // The bound is sqrt(2) sqrt(6 / ((inputs + outputs) width)).
  const { weight: flat, bias } = linear({
    name,
    inputs: inputs * width,
    outputs,
    key,
    init: 'xavier-uniform',
    gain: Math.sqrt((2 * (inputs * width + outputs)) / ((inputs + outputs) * width)),
  });
  const weight = tf.tidy(() => tf.variable(flat.reshape([outputs, inputs, width])));
  flat.dispose();
  return {
    weight,
    bias,
    parameters: new Map<string, tf.Variable>([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
  };
}

/** Convolves a sequence [N, inputs] and rectifies it, by one matrix product. Edges within must be zero already. */
export function convolve({ weight, bias }: Layer<tf.Tensor>, x: Float32Array): Float32Array {
  const inputs = weight.shape[1]!;
  const sites = Int32Array.from({ length: x.length / inputs }, (_, i) => i);
  const a = withNeighbours(x, inputs, sites);
  const y = tf.fused.matMul({ a, b: matrixOf(weight), bias, activation: 'relu' });
  return y.dataSync<'float32'>();
}

/**
 * Computes the gradients of {@link convolve}, only at the sites that the gradient reaches.
 *
 * @param x - the rectified input; its zeros pass no gradient on.
 * @param gradient - with respect to the output, where that was above zero.
 * @returns the gradients of weight and bias, and of x before its rectifier.
 */
export function convolveBackward(
  weight: tf.Tensor,
  x: Float32Array,
  gradient: Rows,
): { layer: Layer<tf.Tensor>; input: Rows } {
  const [outputs, inputs] = weight.shape as [number, number];
  const { at, values } = gradient;
  const upper = tf.tensor2d(values, [at.length, outputs]);
  const ofMatrix = tf
    .matMul(withNeighbours(x, inputs, at), upper, true, false)
    .reshape([WIDTH, inputs, outputs]);
  const reached = withNeighbourSites(at, x.length / inputs);
  // The next site read this one through its first tap, so taps are reversed.
  const back = weight
    .transpose([2, 0, 1])
    .reverse(0)
    .reshape<tf.Tensor2D>([WIDTH * outputs, inputs]);
  const passed = tf.step(tf.tensor2d(rowsAt(x, inputs, reached), [reached.length, inputs]));
  const lower = tf.matMul(rowsWithNeighbours(gradient, outputs, reached), back).mul(passed);
  return {
    layer: { weight: ofMatrix.transpose([2, 1, 0]), bias: upper.sum(0) },
    input: { at: reached, values: lower.dataSync<'float32'>() },
  };
}

/** Reshapes [outputs, inputs, width] to [width inputs, outputs]. */
function matrixOf(weight: tf.Tensor): tf.Tensor2D {
  const [outputs, inputs] = weight.shape as [number, number];
  return weight.transpose([2, 1, 0]).reshape([WIDTH * inputs, outputs]);
}

/** Reusable memory for matrices that are copied to the engine; fresh pages would cost more than the computation. */
class Workspace {
  #memory = new Float32Array(0);

  /** Returns the first `size` elements, with arbitrary contents. */
  take(size: number): Float32Array {
    if (this.#memory.length < size) this.#memory = new Float32Array(Math.ceil(size * 1.2));
    return this.#memory.subarray(0, size);
  }
}

const workspace = new Workspace();

/** Gathers sites with their neighbours: [at.length, 3 channels]. */
function withNeighbours(x: Float32Array, channels: number, at: Int32Array): tf.Tensor2D {
  const out = workspace.take(at.length * WIDTH * channels);
  for (let i = 0; i < at.length; i++) {
    // A site and its neighbours are adjacent in memory.
    const from = (at[i]! - 1) * channels;
    const before = Math.max(from, 0);
    const to = i * WIDTH * channels;
    if (before > from || from + WIDTH * channels > x.length) out.fill(0, to, to + WIDTH * channels);
    out.set(x.subarray(before, from + WIDTH * channels), to + before - from);
  }
  return tf.tensor2d(out, [at.length, WIDTH * channels]);
}

/** Gathers the same from rows of some sites only; the others are zero. */
function rowsWithNeighbours({ at, values }: Rows, channels: number, sites: Int32Array): tf.Tensor2D {
  const out = workspace.take(sites.length * WIDTH * channels).fill(0);
  let row = 0;
  for (let i = 0; i < sites.length; i++) {
    const before = sites[i]! - 1;
    while (row < at.length && at[row]! < before) row++;
    for (let next = row; next < at.length && at[next]! < before + WIDTH; next++) {
      const to = (i * WIDTH + at[next]! - before) * channels;
      out.set(values.subarray(next * channels, (next + 1) * channels), to);
    }
  }
  return tf.tensor2d(out, [sites.length, WIDTH * channels]);
}

/** Returns the given sites and their neighbours among `count`, ascending. */
function withNeighbourSites(sites: Int32Array, count: number): Int32Array {
  const reached: number[] = [];
  for (const site of sites) {
    const from = Math.max(site - 1, reached.length > 0 ? reached[reached.length - 1]! + 1 : 0);
    for (let place = from; place < Math.min(site + WIDTH - 1, count); place++) reached.push(place);
  }
  return Int32Array.from(reached);
}

/** Values of some sites of a sequence, such as a gradient that is zero elsewhere: row i belongs to site `at[i]`. */
export interface Rows {
  /** Ascending. */
  readonly at: Int32Array;
  /** [at.length, channels] */
  readonly values: Float32Array;
}

export function rowsAt(matrix: Float32Array, channels: number, at: Int32Array): Float32Array {
  const out = new Float32Array(at.length * channels);
  at.forEach((row, i) => {
    out.set(matrix.subarray(row * channels, (row + 1) * channels), i * channels);
  });
  return out;
}
