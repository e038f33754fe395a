import type { BatchPart } from '@aimle/engine';
import { estimatorOf, type Layer } from '@aimle/estimators';
import { type Key, split } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { type Linear, linear } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import type { DiscreteVaeConfig } from './settings.js';

/**
 * Encoder and decoder of the discrete VAE: pixels - hidden - (codes x codeSize) and its mirror image, with rectifiers
 * between. Weights have PyTorch's names and layouts (`encoder.linear1.weight`, [outputs, inputs]), so a state dict
 * of the official model loads as it is.
 *
 * @example
 * ```ts
 * import { discreteVae, DiscreteVaeNetwork } from '@aimle/discrete-vae';
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const network = new DiscreteVaeNetwork(discreteVae.presets.paper, key(0));
 * network.encode(tf.zeros([3, 784])).shape; // => [3, 20, 20]
 * network.dispose();
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `aaai23/torch/dvae/modules.py`.
 */
export class DiscreteVaeNetwork {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #encoder: readonly Linear[];
  readonly #decoder: readonly Linear[];
  /** Pixels of an image. */
  readonly pixels: number;
  readonly #codes: number;
  readonly #codeSize: number;

  /**
   * Draws Xavier-uniform weights with the rectifier's gain from one key, and zero biases, as in the official code.
   *
   * @param pixels - of an image; default 784, those of MNIST.
   */
  constructor(config: DiscreteVaeConfig, key: Key, pixels = 784) {
    this.pixels = pixels;
    this.#codes = config.codes;
    this.#codeSize = config.codeSize;
    const widths = [pixels, ...config.hidden, config.codes * config.codeSize];
    const [encoderKey, decoderKey] = split(key, 2) as [Key, Key];
    this.#encoder = stack('encoder', widths, encoderKey);
    this.#decoder = stack('decoder', widths.toReversed(), decoderKey);
    this.parameters = new Map<string, tf.Variable>(
      [...this.#encoder, ...this.#decoder].flatMap(({ parameters }) => [...parameters]),
    );
  }

  /** Maps pixels [B, pixels] to theta [B, codes, codeSize]. */
  encode(pixels: tf.Tensor2D): tf.Tensor3D {
    return through(this.#encoder, pixels).reshape([-1, this.#codes, this.#codeSize]);
  }

  /** Maps codes [B, S, codes, codeSize] to the logits of the pixels [B, S, pixels]. */
  decode(z: tf.Tensor): tf.Tensor3D {
    const [batch, samples] = z.shape as [number, number];
    const flat = z.reshape([batch * samples, this.#codes * this.#codeSize]);
    return through(this.#decoder, flat).reshape([batch, samples, this.pixels]);
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }
}

/**
 * Builds the discrete layer of a configuration: k of codeSize bits for each code.
 *
 * theta [B, codes, codeSize] gives z [B, S, codes, codeSize]. **Cost**: solver calls of the method.
 *
 * @example
 * ```ts
 * import { codeLayer, discreteVae } from '@aimle/discrete-vae';
 *
 * codeLayer(discreteVae.presets.paper).name; // => 'aimle'
 * ```
 */
export function codeLayer(config: DiscreteVaeConfig): Layer {
  return estimatorOf(config, topK({ size: config.codeSize, k: config.k }), {
    officialCode: config.officialCode,
    // The curvature correction pushes theta outwards, at the cost of the codes' divergence (results, perturbation size).
    aimle: { curvatureCorrection: false },
    noiseScaled: { scaleWithBatch: false },
  });
}

/** The scores of the codes, and the logits of the reconstructed pixels. */
export interface Reconstruction {
  readonly theta: tf.Tensor3D;
  readonly logits: tf.Tensor3D;
}

/**
 * Encodes pixels [B, P] to theta [B, codes, codeSize], draws codes, and decodes them to logits [B, S, P]. Where the pixels
 * are a part of a batch that several workers share, pass `part`.
 *
 * @example
 * ```ts
 * import { codeLayer, discreteVae, DiscreteVaeNetwork, reconstruct } from '@aimle/discrete-vae';
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const config = discreteVae.presets.quick;
 * const network = new DiscreteVaeNetwork(config, key(0));
 * reconstruct(network, codeLayer(config), tf.zeros([2, 784]), 5, key(1)).logits.shape; // => [2, 5, 784]
 * network.dispose();
 * ```
 */
export function reconstruct(
  network: DiscreteVaeNetwork,
  layer: Layer,
  pixels: tf.Tensor2D,
  samples: number,
  key: Key,
  part?: BatchPart,
): Reconstruction {
  const theta = network.encode(pixels);
  const z = layer.sample(theta, { key, samples, ...(part && { part }) });
  return { theta, logits: network.decode(z) };
}

function stack(name: string, widths: readonly number[], key: Key): Linear[] {
  const keys = split(key, widths.length - 1);
  return keys.map((layerKey, i) =>
    linear({
      name: `${name}.linear${i + 1}`,
      inputs: widths[i]!,
      outputs: widths[i + 1]!,
      key: layerKey,
      init: 'xavier-uniform',
      gain: Math.SQRT2,
    }),
  );
}

function through(layers: readonly Linear[], input: tf.Tensor): tf.Tensor {
  return layers.reduce((x, layer, i) => layer.apply(x, i < layers.length - 1 ? 'relu' : 'linear'), input);
}
