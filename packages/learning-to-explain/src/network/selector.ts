import type { BatchPart } from '@aimle/engine';
import { type Key, split } from '@aimle/random';
import { linear } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import { openPositions, type Padding, type TextLayout } from '../text/layout.js';
import { convolution, type Layers, type NamedLayer, WIDTH } from './convolution.js';
import { dropout } from './dropout.js';
import { scores } from './scores.js';

const FILTERS = 100;
const NO_KEY: Key = [0, 0];

/** How positions are scored: which may be chosen, and whether with dropout. */
export interface ScoringOptions {
  readonly padding: Padding;
  /** For training: the share that is dropped, the key that chooses it, and the texts' place in a larger batch. */
  readonly dropout: { readonly probability: number; readonly key: Key; readonly part?: BatchPart } | null;
}

/**
 * Scores the words of a text from their neighbourhood and from the whole text:
 *
 *   A = relu(conv(tokens)),  global = relu(W max_t A),  local = relu(conv(relu(conv A)))
 *   theta = w relu(V dropout([global, local]))
 */
export class Selector {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #layers: Layers<tf.Variable>;
  readonly #k: number;
  #dropout = dropout(0);

  constructor(embeddingSize: number, k: number, key: Key) {
    this.#k = k;
    const keys = split(key, 6) as [Key, Key, Key, Key, Key, Key];
    const name = (layer: string): string => `gumbel_selector.${layer}`;
    const make = (layer: string, inputs: number, own: Key, width = WIDTH, outputs = FILTERS): NamedLayer =>
      convolution(name(layer), { inputs, outputs, width, key: own });
    const layers = {
      first: make('first_layer', embeddingSize, keys[0]),
      global: linear({
        name: name('global_layer'),
        inputs: FILTERS,
        outputs: FILTERS,
        key: keys[1],
        init: 'xavier-uniform',
        gain: Math.SQRT2,
      }),
      local1: make('local_layer_1', FILTERS, keys[2]),
      local2: make('local_layer_2', FILTERS, keys[3]),
      final1: make('final_layer_1', 2 * FILTERS, keys[4], 1),
      final2: make('final_layer_2', FILTERS, keys[5], 1, 1),
    };
    this.#layers = layers;
    this.parameters = new Map(Object.values(layers).flatMap(({ parameters }) => [...parameters]));
  }

  /** Returns theta, [rows, length]. @param tokens Vectors of the layout's distinct tokens. */
  score(tokens: tf.Tensor2D, layout: TextLayout, { padding, dropout: given }: ScoringOptions): tf.Tensor2D {
    const { probability, key, part } = given ?? { probability: 0, key: NO_KEY };
    // Keeps the table of gaps from step to step.
    if (this.#dropout.probability !== probability) this.#dropout = dropout(probability);
    const open = openPositions(layout, padding, this.#k);
    // Positions of the texts before draw first.
    const before = probability > 0 ? (part?.sumBefore(open.length) ?? 0) : 0;
    return scores(this.#layers, { tokens, layout, open, before, dropout: this.#dropout, key });
  }
}
