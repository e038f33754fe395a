import type { Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { TextLayout } from '../text/layout.js';
import {
  convolveBackward,
  type Layer,
  type Layers,
  layersOf,
  listed,
  type Rows,
  rowsAt,
} from './convolution.js';
import type { Dropout } from './dropout.js';
import type { MaxPool } from './maxPool.js';
import { TokenGradient } from './tokenConvolution.js';

export interface Scored {
  readonly layout: TextLayout;
  /** Vectors of the layout's distinct tokens. */
  readonly tokens: tf.Tensor2D;
  /** Positions among [rows, length] that have scores; all others have minus infinity. */
  readonly open: Int32Array;
  /** How many such positions the texts of a larger batch have before these. */
  readonly before: number;
  readonly dropout: Dropout;
  /** Chooses the dropped elements. */
  readonly key: Key;
}

/** Values that the backward pass needs from the forward pass: matrices whose rows are sites, texts or open positions. */
export interface Pass {
  readonly first: Float32Array;
  readonly best: MaxPool;
  readonly middle: Float32Array;
  /** Inputs of the last layers for each open position: its text's global features and its local features. */
  readonly seen: Float32Array;
}

interface BackwardInputs extends Scored {
  /** Input of the last layer, [open, channels]. */
  readonly hidden: tf.Tensor2D;
  /** Gradient with respect to theta, [rows, length]. */
  readonly gradient: Float32Array;
}

/** Computes the gradients of all layers, only from rows that the gradient of theta reaches. */
export function scoresBackward(layers: Layers, pass: Pass, given: BackwardInputs): Layers {
  const { layout, tokens, open, gradient } = given;
  const channels = layers.first.bias.size;
  const live = Int32Array.from(open.keys()).filter((i) => gradient[open[i]!] !== 0);
  // Two equal choices have no gradient, and engines disagree on products of empty matrices.
  if (live.length === 0) return layersOf(listed(layers).map((weight) => tf.zerosLike(weight)));
  const { final1, final2, seen } = finalBackward(layers, pass, given, live);
  const { ofTexts, ofSites } = splitGradient(seen, channels, given, live);
  const upper = tf.tensor2d(ofTexts, [layout.rows, channels]);
  const best = tf.tensor2d(pass.best.values, [layout.rows, channels]);
  const global = { weight: tf.matMul(upper, best, true, false), bias: upper.sum(0) };
  const ofBest = tf.matMul(upper, layers.global.weight as tf.Tensor2D).dataSync<'float32'>();
  const local2 = convolveBackward(layers.local2.weight, pass.middle, ofSites);
  const local1 = convolveBackward(layers.local1.weight, pass.first, local2.input);
  const first = new TokenGradient(tokens.shape[0], channels, layout.sites);
  local1.input.at.forEach((site, i) => {
    first.add(site, local1.input.values, i * channels);
  });
  pass.best.values.forEach((value, i) => {
    const c = i % channels;
    if (value > 0) first.add(pass.best.at[i]!, ofBest, i - c, c, c + 1);
  });
  return { first: first.layer(tokens), global, local1: local1.layer, local2: local2.layer, final1, final2 };
}

/** Computes the gradients of the two last layers and of their input, [live, 2 channels]. They see one position at a time. */
function finalBackward(
  { final1, final2 }: Layers,
  { seen }: Pass,
  { hidden, open, gradient, dropout }: BackwardInputs,
  live: Int32Array,
): { final1: Layer<tf.Tensor>; final2: Layer<tf.Tensor>; seen: Float32Array } {
  const channels = final1.bias.size;
  const count = live.length;
  const reached = tf.gather(hidden, tf.tensor1d(live, 'int32'));
  const ofScores = tf.tensor2d(
    Float32Array.from(live, (i) => gradient[open[i]!]!),
    [count, 1],
  );
  const upper = tf
    .matMul(ofScores, final2.weight.reshape<tf.Tensor2D>([1, channels]))
    .mul<tf.Tensor2D>(tf.step(reached));
  const saw = tf.tensor2d(rowsAt(seen, 2 * channels, live), [count, 2 * channels]);
  // Zeros, from dropout or the rectifier, pass no gradient on.
  const lower = tf
    .matMul(upper, final1.weight.squeeze<tf.Tensor2D>([2]).mul(dropout.scale))
    .mul(tf.step(saw));
  return {
    final1: {
      weight: tf.matMul(upper, saw, true, false).mul(dropout.scale).expandDims(2),
      bias: upper.sum(0),
    },
    final2: {
      weight: tf.matMul(ofScores, reached, true, false).reshape([1, channels, 1]),
      bias: ofScores.sum(0),
    },
    seen: lower.dataSync<'float32'>(),
  };
}

function splitGradient(
  gradient: Float32Array,
  channels: number,
  { layout, open }: BackwardInputs,
  live: Int32Array,
): { ofTexts: Float32Array; ofSites: Rows } {
  const { rows, length, siteAt } = layout;
  const ofTexts = new Float32Array(rows * channels);
  const siteOf = live.map((i) => siteAt[open[i]!]!);
  // Positions are ascending, and so are their sites.
  const at = siteOf.filter((site, i) => i === 0 || site !== siteOf[i - 1]);
  const values = new Float32Array(at.length * channels);
  let row = -1;
  for (let i = 0; i < live.length; i++) {
    if (i === 0 || siteOf[i] !== siteOf[i - 1]) row++;
    const text = Math.floor(open[live[i]!]! / length) * channels;
    const from = 2 * i * channels;
    for (let c = 0; c < channels; c++) ofTexts[text + c]! += gradient[from + c]!;
    for (let c = 0; c < channels; c++) values[row * channels + c]! += gradient[from + channels + c]!;
  }
  return { ofTexts, ofSites: { at, values } };
}
