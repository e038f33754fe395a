import { foldIn, type Key, split } from '@aimle/random';
import { type Linear, linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { EDGE, type Layout } from '../text/layout.js';
import { type Convolution, convolution, convolve, convolveTokens } from './convolution.js';
import { dropout } from './dropout.js';
import { greatest } from './greatest.js';
import { type Padding, spread } from './spread.js';

const FILTERS = 100;
const WIDTH = 3;

/** How a selector is asked: the scores of a layout's positions, with or without dropout. */
export interface Scoring {
  readonly padding: Padding;
  /** For training: how much is left out, and the key that chooses what. */
  readonly dropout: { readonly probability: number; readonly key: Key } | null;
}

/**
 * Scores the words of a text by what stands around them and by what there is in all of it:
 *
 *   A = relu(conv(tokens)),  global = relu(W max_t A),  local = relu(conv(relu(conv A)))
 *   theta = w relu(V dropout([global, local]))
 */
export class Selector {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #first: Convolution;
  readonly #global: Linear;
  readonly #local1: Convolution;
  readonly #local2: Convolution;
  readonly #final1: Convolution;
  readonly #final2: Convolution;
  readonly #k: number;

  constructor(embeddingSize: number, k: number, key: Key) {
    this.#k = k;
    const keys = split(key, 6) as [Key, Key, Key, Key, Key, Key];
    const name = (layer: string): string => `gumbel_selector.${layer}`;
    const make = (layer: string, inputs: number, outputs: number, width: number, own: Key): Convolution =>
      convolution(name(layer), { inputs, outputs, width, key: own });
    this.#first = make('first_layer', embeddingSize, FILTERS, WIDTH, keys[0]);
    this.#global = linear({
      name: name('global_layer'),
      inputs: FILTERS,
      outputs: FILTERS,
      key: keys[1],
      init: 'xavier-uniform',
      gain: Math.SQRT2,
    });
    this.#local1 = make('local_layer_1', FILTERS, FILTERS, WIDTH, keys[2]);
    this.#local2 = make('local_layer_2', FILTERS, FILTERS, WIDTH, keys[3]);
    this.#final1 = make('final_layer_1', 2 * FILTERS, FILTERS, 1, keys[4]);
    this.#final2 = make('final_layer_2', FILTERS, 1, 1, keys[5]);
    this.parameters = new Map<string, tf.Variable>(
      [this.#first, this.#global, this.#local1, this.#local2, this.#final1, this.#final2].flatMap(
        ({ parameters }) => [...parameters],
      ),
    );
  }

  /** theta, [rows, length]. @param tokens vectors of the layout's distinct tokens. */
  score(tokens: tf.Tensor2D, layout: Layout, { padding, dropout: left }: Scoring): tf.Tensor2D {
    const { sites, starts } = layout;
    const inside = tf.tensor2d(
      Float32Array.from(sites, (place) => (place === EDGE ? 0 : 1)),
      [sites.length, 1],
    );
    // Convolutions see zeros beyond the edge of a text, not what bias and rectifier would make of them.
    const first = convolveTokens(this.#first, tokens, sites).mul<tf.Tensor2D>(inside);
    const global = tf.relu(this.#global.apply(greatest(first, starts))) as tf.Tensor2D;
    const middle = convolve(this.#local1, first).mul<tf.Tensor2D>(inside);
    const local = convolve(this.#local2, middle);
    if (left === null) return spread(this.#final(global, local, rowsOf(layout)), layout, padding, this.#k);
    // Equal places of a long padding have masks of their own, so that all of them count where they may be chosen.
    return padding === 'masked'
      ? spread(this.#final(global, local, rowsOf(layout), left), layout, padding, this.#k)
      : (this.#everywhere(global, local, layout, left) as tf.Tensor2D);
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }

  #everywhere(
    global: tf.Tensor2D,
    local: tf.Tensor2D,
    { rows, length, siteAt }: Layout,
    left: NonNullable<Scoring['dropout']>,
  ): tf.Tensor {
    const rowAt = Int32Array.from(siteAt, (_, i) => Math.floor(i / length));
    const at = tf.gather(local, tf.tensor1d(siteAt, 'int32'));
    return this.#final(global, at, rowAt, left).reshape([rows, length]);
  }

  /** One score for each row of `local`; `rowAt` says to which text it belongs. */
  #final(global: tf.Tensor2D, local: tf.Tensor2D, rowAt: Int32Array, left?: Scoring['dropout']): tf.Tensor {
    const { weight, bias } = this.#final1;
    const matrix = weight.reshape<tf.Tensor2D>([FILTERS, 2 * FILTERS]);
    const ofGlobal = tf.slice(matrix, [0, 0], [FILTERS, FILTERS]);
    const ofLocal = tf.slice(matrix, [0, FILTERS], [FILTERS, FILTERS]);
    const place = tf.tensor1d(rowAt, 'int32');
    // Without dropout a text's half is the same everywhere, and is multiplied once.
    const fromGlobal = left
      ? tf.matMul(
          dropout(tf.gather(global, place), left.probability, foldIn(left.key, 'global')),
          ofGlobal,
          false,
          true,
        )
      : tf.gather(tf.matMul(global, ofGlobal, false, true), place);
    const seen = left ? dropout(local, left.probability, foldIn(left.key, 'local')) : local;
    const hidden = tf.relu(tf.addN([fromGlobal, tf.matMul(seen, ofLocal, false, true)]).add(bias));
    const last = this.#final2.weight.reshape<tf.Tensor2D>([1, FILTERS]);
    return tf
      .matMul(hidden as tf.Tensor2D, last, false, true)
      .add(this.#final2.bias)
      .flatten();
  }
}

/** To which text each site belongs; edges go with the text before. */
function rowsOf({ sites, starts, rows }: Layout): Int32Array {
  const row = new Int32Array(sites.length);
  for (let r = 0; r < rows; r++) row.fill(r, starts[r]!, starts[r + 1]!);
  return row;
}
