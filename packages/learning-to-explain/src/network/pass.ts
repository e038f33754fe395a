import type { Key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from '../text/layout.js';
import type { Dropout } from './dropout.js';
import type { Greatest } from './greatest.js';

/** Texts to score. */
export interface Scored {
  readonly layout: Layout;
  /** Vectors of the layout's distinct tokens. */
  readonly tokens: tf.Tensor2D;
  /** Positions among [rows, length] that have scores; the others' are minus infinity. */
  readonly open: Int32Array;
  readonly dropout: Dropout;
  /** Chooses what is left out. */
  readonly key: Key;
}

/** What the way back needs of the way there: matrices by rows, which are sites, texts or open positions. */
export interface Pass {
  readonly first: Float32Array;
  readonly best: Greatest;
  readonly middle: Float32Array;
  /** What the last layers see of each open position: what there is in all of its text, and what stands around it. */
  readonly seen: Float32Array;
}
