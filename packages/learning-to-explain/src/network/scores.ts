import { customGradient, dense } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { EDGE, type TextLayout } from '../text/layout.js';
import { convolve, type Layers, layersOf, listed } from './convolution.js';
import { maxPool } from './maxPool.js';
import { type Pass, type Scored, scoresBackward } from './scoresBackward.js';
import { convolveTokens } from './tokenConvolution.js';

/** Computes the scores of padded texts, [rows, length]; the backward pass skips what no gradient reaches. */
export function scores(layers: Layers, scored: Scored): tf.Tensor2D {
  const { tokens, layout, open, before, dropout, key } = scored;
  return customGradient(listed(layers), (given, save) => {
    const { first: ofTokens, global: ofText, local1, local2, final1, final2 } = layersOf(given);
    const channels = ofTokens.bias.size;
    const first = convolveTokens(ofTokens, tokens, layout.sites);
    const best = maxPool(first, channels, layout.starts);
    const pooled = tf.tensor2d(best.values, [layout.rows, channels]);
    const global = dense(pooled, ofText.weight as tf.Tensor2D, ofText.bias as tf.Tensor1D, 'relu');
    // Convolutions must see zeros beyond a text, not the output of bias and rectifier there.
    const middle = withoutEdges(convolve(local1, first), layout);
    const local = convolve(local2, middle);
    const seen = together(global.dataSync<'float32'>(), local, scored);
    dropout.leaveOut(seen, key, before * 2 * channels);
    const hidden = dense(
      tf.tensor2d(seen, [open.length, 2 * channels]),
      final1.weight.squeeze<tf.Tensor2D>([2]).mul(dropout.scale),
      final1.bias as tf.Tensor1D,
      'relu',
    );
    const found = dense(hidden, final2.weight.squeeze<tf.Tensor2D>([2]), final2.bias as tf.Tensor1D);
    const pass: Pass = { first, best, middle, seen };
    save([tokens, hidden, ...given]);
    return {
      value: spread(found.dataSync<'float32'>(), scored),
      backward: (gradient, [tokens, hidden, ...weights]) =>
        listed(
          scoresBackward(layersOf(weights), pass, {
            ...scored,
            tokens: tokens as tf.Tensor2D,
            hidden: hidden as tf.Tensor2D,
            gradient: gradient.dataSync<'float32'>(),
          }),
        ),
    };
  }) as tf.Tensor2D;
}

function withoutEdges(x: Float32Array, { sites }: TextLayout): Float32Array {
  const channels = x.length / sites.length;
  sites.forEach((place, site) => {
    if (place === EDGE) x.fill(0, site * channels, (site + 1) * channels);
  });
  return x;
}

/** Concatenates the global and local features of each open position: [open, 2 channels]. */
function together(global: Float32Array, local: Float32Array, { open, layout }: Scored): Float32Array {
  const { siteAt, length, rows } = layout;
  const channels = global.length / rows;
  const out = new Float32Array(open.length * 2 * channels);
  for (let i = 0; i < open.length; i++) {
    const text = Math.floor(open[i]! / length) * channels;
    const site = siteAt[open[i]!]! * channels;
    out.set(global.subarray(text, text + channels), 2 * i * channels);
    out.set(local.subarray(site, site + channels), (2 * i + 1) * channels);
  }
  return out;
}

function spread(found: Float32Array, { open, layout: { rows, length } }: Scored): tf.Tensor2D {
  const theta = new Float32Array(rows * length).fill(Number.NEGATIVE_INFINITY);
  open.forEach((position, i) => {
    theta[position] = found[i]!;
  });
  return tf.tensor2d(theta, [rows, length]);
}
