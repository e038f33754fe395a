import { digits } from '@aimle/datasets';
import {
  codeDivergence,
  codeLayer,
  DiscreteVaeNetwork,
  discreteVae,
  reconstruct,
  reconstructionLoss,
} from '@aimle/discrete-vae';
import { type Adam, adam, valueAndGradients } from '@aimle/engine';
import type { Layer } from '@aimle/estimators';
import { foldIn, type Key, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { Learner } from '../../live/protocol.js';
import type { Code } from './code.js';

/** Sizes of the code: smaller than the paper's 20 codes of 20 bits with 10 on, so that it learns while you watch. */
export const CODE = { rows: 12, width: 12, on: 4 } as const;

export interface DigitsOptions {
  readonly seed: number;
}

export interface DigitsReport {
  /** Negative evidence bound of an image in nats, averaged over the last steps; null before the first. */
  readonly loss: number | null;
  readonly lambda: number | null;
  /** Fraction of the gradient's coordinates that are zero. */
  readonly sparsity: number | null;
  /** One digit of each kind that is never trained on, and the model's output for it. */
  readonly seen: Float32Array;
  readonly rebuilt: Float32Array;
}

export type DigitsQuestion =
  | { readonly kind: 'encode'; readonly pixels: Float32Array }
  | { readonly kind: 'decode'; readonly bits: Uint8Array };

/** The code of an image where one was given, and what it decodes to. */
export interface DigitsAnswer {
  readonly code: Code | null;
  readonly pixels: Float32Array;
}

const PIXELS = 784;
const IMAGES = 1500;
const BATCH = 32;
const config = {
  ...discreteVae.presets.quick,
  codes: CODE.rows,
  codeSize: CODE.width,
  k: CODE.on,
  hidden: [128, 96],
} as const;

/** A small discrete VAE on generated digits: the package's own network, loss and estimator. */
export class DigitsModel implements Learner<DigitsReport, DigitsQuestion, DigitsAnswer> {
  readonly #origin: Key;
  readonly #images: Float32Array;
  readonly #examples: Float32Array;
  readonly #network: DiscreteVaeNetwork;
  readonly #layer: Layer;
  readonly #optimiser: Adam = adam({ learningRate: 3e-3 });
  #steps = 0;
  #loss: number | null = null;

  constructor({ seed }: DigitsOptions) {
    this.#origin = key(seed);
    this.#images = unit(digits({ count: IMAGES, key: foldIn(this.#origin, 'train') }).images);
    this.#examples = oneOfEach(foldIn(this.#origin, 'shown'));
    this.#network = new DiscreteVaeNetwork(config, foldIn(this.#origin, 'weights'));
    this.#layer = codeLayer(config);
  }

  step(): void {
    const loss = tf.tidy(() => {
      const pixels = tf.tensor2d(this.#batch(), [BATCH, PIXELS]);
      const { value, gradients } = valueAndGradients(this.#network.parameters, () => {
        const stepKey = foldIn(foldIn(this.#origin, 'noise'), this.#steps);
        const { theta, logits } = reconstruct(this.#network, this.#layer, pixels, 1, stepKey);
        return reconstructionLoss(logits, pixels).mean(1).add(codeDivergence(theta)).mean();
      });
      this.#optimiser.apply(this.#network.parameters, gradients);
      return value.dataSync()[0]!;
    });
    this.#steps += 1;
    this.#loss = this.#loss === null ? loss : 0.95 * this.#loss + 0.05 * loss;
  }

  report(): DigitsReport {
    const { lambda = null, sparsity = null } = this.#layer.lastStep ?? {};
    const { pixels } = this.#through(this.#examples);
    return { loss: this.#loss, lambda, sparsity, seen: this.#examples, rebuilt: pixels };
  }

  answer(question: DigitsQuestion): DigitsAnswer {
    if (question.kind === 'encode') {
      const { bits, scores, pixels } = this.#through(question.pixels);
      return { code: { rows: CODE.rows, width: CODE.width, bits, scores }, pixels };
    }
    return { code: null, pixels: tf.tidy(() => this.#decoded(tf.tensor(Float32Array.from(question.bits)))) };
  }

  dispose(): void {
    this.#network.dispose();
  }

  /** Images to their most probable codes, and back. */
  #through(images: Float32Array): { bits: Uint8Array; scores: Float32Array; pixels: Float32Array } {
    return tf.tidy(() => {
      const theta = this.#network.encode(tf.tensor2d(images, [images.length / PIXELS, PIXELS]));
      const z = this.#layer.mode(theta);
      return {
        bits: Uint8Array.from(z.dataSync()),
        scores: new Float32Array(theta.dataSync()),
        pixels: this.#decoded(z),
      };
    });
  }

  #decoded(z: tf.Tensor): Float32Array {
    const codes = z.reshape([-1, 1, CODE.rows, CODE.width]);
    return new Float32Array(tf.sigmoid(this.#network.decode(codes)).dataSync());
  }

  /** The images are used in order, since they were generated at random. */
  #batch(): Float32Array {
    const at = (this.#steps % Math.floor(IMAGES / BATCH)) * BATCH * PIXELS;
    return this.#images.subarray(at, at + BATCH * PIXELS);
  }
}

function unit(grey: Uint8Array): Float32Array {
  return Float32Array.from(grey, (value) => value / 255);
}

function oneOfEach(origin: Key): Float32Array {
  const { images, labels } = digits({ count: 100, key: origin });
  const out = new Float32Array(10 * PIXELS);
  for (let digit = 0; digit < 10; digit++) {
    const at = Math.max(0, labels.indexOf(digit)) * PIXELS;
    out.set(unit(images.subarray(at, at + PIXELS)), digit * PIXELS);
  }
  return out;
}
