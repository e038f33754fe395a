import * as tf from '@tensorflow/tfjs';
import { EDGE } from '../text/layout.js';
import { type Layer, WIDTH } from './convolution.js';

/**
 * Convolves a sequence of tokens and rectifies it. Each distinct token is multiplied once, and sites gather the products
 * of their neighbours. Edges are zero.
 *
 * @param tokens - vectors of the distinct tokens, [U, inputs], the first of which is the edge's: zeros.
 * @param sites - the sequence, by places in `tokens`.
 */
export function convolveTokens(
  { weight, bias }: Layer<tf.Tensor>,
  tokens: tf.Tensor2D,
  sites: Int32Array,
): Float32Array {
  const [outputs, inputs] = weight.shape as [number, number];
  const matrix = weight.transpose([1, 2, 0]).reshape<tf.Tensor2D>([inputs, WIDTH * outputs]);
  const products = tf.matMul(tokens, matrix).dataSync<'float32'>();
  const offset = bias.dataSync<'float32'>();
  const out = new Float32Array(sites.length * outputs);
  for (let site = 0; site < sites.length; site++) {
    if (sites[site] === EDGE) continue;
    const before = seenAt(sites, site, 0) * outputs;
    const own = seenAt(sites, site, 1) * outputs;
    const after = seenAt(sites, site, 2) * outputs;
    const to = site * outputs;
    for (let c = 0; c < outputs; c++) {
      const sum = products[before + c]! + products[own + c]! + products[after + c]! + offset[c]!;
      // Math.max, not a branch, which would be unpredictable.
      out[to + c] = Math.max(sum, 0);
    }
  }
  return out;
}

/** Returns the row of `products`, by token and tap, that a site reads. Beyond the ends it is the edge's. */
function seenAt(sites: Int32Array, site: number, tap: number): number {
  return (sites[site + tap - 1] ?? EDGE) * WIDTH + tap;
}

/** Accumulates the gradient of a token convolution site by site, or channel by channel. */
export class TokenGradient {
  readonly #sites: Int32Array;
  readonly #outputs: number;
  readonly #products: Float32Array;
  readonly #bias: Float32Array;

  constructor(tokens: number, outputs: number, sites: Int32Array) {
    this.#sites = sites;
    this.#outputs = outputs;
    this.#products = new Float32Array(tokens * WIDTH * outputs);
    this.#bias = new Float32Array(outputs);
  }

  /** Adds `values[from + c]` to channel c of a site, for channels from `first` until `end`. */
  add(site: number, values: Float32Array, from: number, first = 0, end = this.#outputs): void {
    const products = this.#products;
    const bias = this.#bias;
    for (let tap = 0; tap < WIDTH; tap++) {
      const to = seenAt(this.#sites, site, tap) * this.#outputs;
      for (let c = first; c < end; c++) products[to + c]! += values[from + c]!;
    }
    for (let c = first; c < end; c++) bias[c]! += values[from + c]!;
  }

  /** Returns the gradients of weight and bias. */
  layer(tokens: tf.Tensor2D): Layer<tf.Tensor> {
    const [kinds, inputs] = tokens.shape;
    const products = tf.tensor2d(this.#products, [kinds, WIDTH * this.#outputs]);
    const ofMatrix = tf.matMul(tokens, products, true, false).reshape([inputs, WIDTH, this.#outputs]);
    return { weight: ofMatrix.transpose([2, 0, 1]), bias: tf.tensor1d(this.#bias) };
  }
}
