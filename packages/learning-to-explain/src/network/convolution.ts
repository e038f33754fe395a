import type { Key } from '@aimle/random';
import { linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { Layer } from './layers.js';
import type { Rows } from './rows.js';
import { Workspace } from './workspace.js';

/** Convolutions have PyTorch's layout: weights [outputs, inputs, width]. */
export const WIDTH = 3;

/** A layer of weights and biases, by PyTorch's names too. */
export interface NamedLayer extends Layer<tf.Variable> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
}

/** Xavier-uniform weights with the rectifier's gain and zero biases: each side counts its width times. */
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

/**
 * Convolves a sequence [N, inputs] by one matrix product of what each site and its neighbours hold, and rectifies. What
 * comes before and after is taken as zero; edges within must be zero already.
 */
export function convolve({ weight, bias }: Layer<tf.Tensor>, x: Float32Array): Float32Array {
  const inputs = weight.shape[1]!;
  const sites = Int32Array.from({ length: x.length / inputs }, (_, i) => i);
  const a = withNeighbours(x, inputs, sites);
  const y = tf.fused.matMul({ a, b: matrixOf(weight), bias, activation: 'relu' });
  return y.dataSync<'float32'>();
}

/**
 * The way back of {@link convolve}, at those sites alone that the gradient reaches.
 *
 * @param x - what was convolved; rectified, so that what is zero passes no gradient on.
 * @param gradient - in what was rectified, where that was above zero.
 * @returns the gradients of weight and bias, and of x before it was rectified.
 */
export function convolveBack(
  weight: tf.Tensor,
  x: Float32Array,
  { at, values }: Rows,
): { layer: Layer<tf.Tensor>; input: Rows } {
  const [outputs, inputs] = weight.shape as [number, number];
  const upper = tf.tensor2d(values, [at.length, outputs]);
  const seen = withNeighbours(x, inputs, at);
  const ofMatrix = tf.matMul(seen, upper, true, false).reshape([WIDTH, inputs, outputs]);
  const lower = tf.matMul(upper, matrixOf(weight), false, true).mul(tf.step(seen));
  return {
    layer: { weight: ofMatrix.transpose([2, 1, 0]), bias: upper.sum(0) },
    input: gathered(lower.dataSync<'float32'>(), inputs, at, x.length / inputs),
  };
}

/** [outputs, inputs, width] as [width inputs, outputs]. */
function matrixOf(weight: tf.Tensor): tf.Tensor2D {
  const [outputs, inputs] = weight.shape as [number, number];
  return weight.transpose([2, 1, 0]).reshape([WIDTH * inputs, outputs]);
}

const workspace = new Workspace();

/** The given sites, each between those before and after it: [at.length, 3 channels]. */
function withNeighbours(x: Float32Array, channels: number, at: Int32Array): tf.Tensor2D {
  const out = workspace.take(at.length * WIDTH * channels);
  for (let i = 0; i < at.length; i++) {
    // A site and its neighbours lie side by side already.
    const from = (at[i]! - 1) * channels;
    const before = Math.max(from, 0);
    const to = i * WIDTH * channels;
    if (before > from || from + WIDTH * channels > x.length) out.fill(0, to, to + WIDTH * channels);
    out.set(x.subarray(before, from + WIDTH * channels), to + before - from);
  }
  return tf.tensor2d(out, [at.length, WIDTH * channels]);
}

/** What sites and their neighbours receive, [n, 3 channels], summed at each of the `count` sites that is reached. */
function gathered(received: Float32Array, channels: number, at: Int32Array, count: number): Rows {
  // One place more at each end, for what stands beyond.
  const touched = new Uint8Array(count + 2);
  for (const site of at) touched.fill(1, site, site + WIDTH);
  touched[0] = 0;
  touched[count + 1] = 0;
  const rowOf = new Int32Array(count + 2);
  const reached: number[] = [];
  for (let place = 1; place <= count; place++) {
    if (touched[place] === 1) rowOf[place] = reached.push(place - 1) - 1;
  }
  const values = new Float32Array(reached.length * channels);
  for (let i = 0; i < at.length; i++) {
    for (let tap = 0; tap < WIDTH; tap++) {
      const place = at[i]! + tap;
      if (touched[place] === 0) continue;
      const to = rowOf[place]! * channels;
      const from = (i * WIDTH + tap) * channels;
      for (let c = 0; c < channels; c++) values[to + c]! += received[from + c]!;
    }
  }
  return { at: Int32Array.from(reached), values };
}
