import type { Key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import type { TextLayout } from '../text/layout.js';
import type { Dropout } from './dropout.js';
import type { MaxPool } from './maxPool.js';

/** Texts to score. */
export interface Scored {
  readonly layout: TextLayout;
  /** Vectors of the layout's distinct tokens. */
  readonly tokens: tf.Tensor2D;
  /** Positions among [rows, length] that have scores; all others have minus infinity. */
  readonly open: Int32Array;
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
