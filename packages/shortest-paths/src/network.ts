import { type Key, split } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { type Convolution, convolution } from './convolution.js';

/** Pixels along a side of a cell, which two convolutions of stride 4 and 2 take together. */
export const CELL_PIXELS = 8;

/** Settings of {@link CostNetwork}. */
export interface CostNetworkOptions {
  /** Channels of the first convolution; the others have twice as many. */
  readonly channels: number;
  readonly key: Key;
}

/**
 * A convolutional network that reads the cost of each cell from a picture.
 *
 *   picture [B, 8 h, 8 w, 3] -> conv 4x4, stride 4 -> conv 2x2, stride 2 -> conv 3x3 -> conv 1x1 -> softplus -> costs [B, h w]
 *
 * with rectifiers between. A cell's cost is read from it and the cells around it; h and w are free, so that one network
 * reads maps of every size. Weights have PyTorch's names and layouts (`conv1.weight`, [outputs, inputs, 4, 4]).
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { CostNetwork } from '@aimle/shortest-paths';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const network = new CostNetwork({ channels: 16, key: key(0) });
 * network.costs(tf.zeros([2, 96, 120, 3])).shape; // => [2, 180]
 * network.dispose();
 * ```
 */
export class CostNetwork {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #layers: readonly Convolution[];

  constructor({ channels, key }: CostNetworkOptions) {
    const wide = 2 * channels;
    const keys = split(key, 4);
    this.#layers = [
      { inputs: 3, outputs: channels, side: 4, stride: 4 },
      { inputs: channels, outputs: wide, side: 2, stride: 2 },
      { inputs: wide, outputs: wide, side: 3, stride: 1 },
      { inputs: wide, outputs: 1, side: 1, stride: 1 },
    ].map((sizes, i) => convolution({ ...sizes, name: `conv${i + 1}`, key: keys[i]! }));
    this.parameters = new Map(this.#layers.flatMap(({ parameters }) => [...parameters]));
  }

  /** Grey levels of red, green and blue in [0, 255] to costs above 0, row by row. */
  costs(pictures: tf.Tensor4D): tf.Tensor2D {
    return tf.tidy(() => {
      // About mean 0 and variance 1, so that no statistics of the training maps have to travel with the weights.
      let x: tf.Tensor4D = pictures.sub(127.5).div(64);
      for (const [i, layer] of this.#layers.entries()) {
        x = layer.apply(x);
        if (i < this.#layers.length - 1) x = x.relu();
      }
      return x.softplus().reshape<tf.Tensor2D>([pictures.shape[0], -1]);
    });
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }
}
