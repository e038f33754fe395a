import { key } from '@aimle/random';
import { loadWeights, openCheckpoint, type RunStore } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Images, pixelsAt, pixelsOf } from '../images/images.js';
import { reconstructionLoss } from '../loss.js';
import { codeLayer, DiscreteVaeNetwork } from '../network.js';
import { type DiscreteVaeConfig, settings } from '../settings.js';

/** Codes of images, and what they keep of them. */
export interface CodedImages {
  /** 1 for each bit that is on, [images, codes, codeSize]. */
  readonly codes: Uint8Array;
  /** Grey values of the decoded images, 0 to 255, [images, height, width]. */
  readonly reconstructions: Uint8Array;
  /** Cross-entropy of each image and its reconstruction, summed over the pixels, in nats, [images]. */
  readonly bce: Float32Array;
}

/** A trained discrete VAE that codes images. */
export interface ImageCoder {
  readonly config: DiscreteVaeConfig;
  /** Pixels of an image. */
  readonly pixels: number;
  /**
   * Codes images by their most probable codes, without noise, and decodes them.
   *
   * @throws RangeError when the images have another number of pixels than those of training.
   */
  code(images: Images): CodedImages;
  /** Frees the model. */
  dispose(): void;
}

const BATCH = 100;

/**
 * Opens a run to code images with its best checkpoint, or its last if it has no best. The run's data is not needed.
 *
 * @param location - the run directory, or a store.
 * @param options - `note` is called with a warning, such as that the last checkpoint is damaged and the one before is used.
 * @throws RequestError when there is no such run or checkpoint, or it is of another task.
 * @example
 * ```ts
 * import { digits } from '@aimle/datasets';
 * import { discreteVae, openImageCoder } from '@aimle/discrete-vae';
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { memoryStore, trainTask } from '@aimle/training';
 *
 * await useEngine('auto', { report: () => {} });
 * const config = {
 *   ...discreteVae.presets.quick, data: 'digits', hidden: [8, 8], trainCount: 100, validationCount: 5, testCount: 5, steps: 1,
 * } as const;
 * const run = memoryStore('small');
 * await trainTask(discreteVae, config, { run, dataFolder: '' });
 * const coder = await openImageCoder(run);
 * const { codes } = coder.code(digits({ count: 1, key: key(9) }));
 * codes.reduce((sum, bit) => sum + bit, 0); // => 200
 * coder.dispose();
 * ```
 */
export async function openImageCoder(
  location: string | RunStore,
  { note }: { readonly note?: (message: string) => void } = {},
): Promise<ImageCoder> {
  const { config, weights, path, warning } = await openCheckpoint(settings, location);
  if (warning !== undefined) note?.(warning);
  const pixels = weights.get('encoder.linear1.weight')?.shape[1] ?? 0;
  const network = new DiscreteVaeNetwork(config, key(0), pixels);
  try {
    loadWeights(network.parameters, weights, path);
  } catch (error) {
    network.dispose();
    throw error;
  }
  const layer = codeLayer(config);
  return {
    config,
    pixels,
    code(images) {
      if (pixelsOf(images) !== pixels) {
        throw new RangeError(
          `predict: images must have the ${pixels} pixels of those of training, got ${images.width} by ${images.height}`,
        );
      }
      const codes = new Uint8Array(images.count * config.codes * config.codeSize);
      const reconstructions = new Uint8Array(images.count * pixels);
      const bce = new Float32Array(images.count);
      for (let from = 0; from < images.count; from += BATCH) {
        const indices = Array.from({ length: Math.min(BATCH, images.count - from) }, (_, i) => from + i);
        tf.tidy(() => {
          const input = tf.tensor2d(pixelsAt(images, indices), [indices.length, pixels]);
          const z = layer.mode(network.encode(input));
          const logits = network.decode(z.expandDims(1));
          codes.set(z.dataSync(), from * config.codes * config.codeSize);
          reconstructions.set(logits.sigmoid().mul(255).round().dataSync(), from * pixels);
          bce.set(reconstructionLoss(logits, input).dataSync(), from);
        });
      }
      return { codes, reconstructions, bce };
    },
    dispose: () => network.dispose(),
  };
}
