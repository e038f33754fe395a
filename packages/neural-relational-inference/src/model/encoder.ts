import { dense } from '@aimle/engine';
import { type Key, split } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { scaled, shifted } from './batchNorm.js';
import { type Pairs, pairsOf, repeated } from './pairs.js';
import { named, type PassOptions, Perceptron, type Weights, xavier } from './perceptron.js';
import { sumRows, takeRows } from './rows.js';

/** The factor-graph encoder: maps vertices to pairs, pairs to vertices, and these to pairs again, which it scores. */
export class Encoder {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #vertices: number;
  readonly #pairs: Pairs;
  readonly #blocks: readonly [Perceptron, Perceptron, Perceptron, Perceptron];
  readonly #out: Weights;

  constructor(vertices: number, features: number, directed: boolean, width: number, key: Key) {
    this.#vertices = vertices;
    this.#pairs = pairsOf(vertices, directed);
    const block = (i: number, inputs: number) => new Perceptron(`encoder.mlp${i}`, inputs, width, key);
    this.#blocks = [block(1, features), block(2, 2 * width), block(3, width), block(4, 3 * width)];
    this.#out = xavier('encoder.fc_out', width, 1, key);
    this.parameters = new Map<string, tf.Variable>([
      ...this.#blocks.flatMap(({ parameters }) => [...parameters]),
      ...named('encoder.fc_out', this.#out),
    ]);
  }

  /** Maps motion [B, vertices, features] to theta [B, edges]; undirected edges get the mean score of both directions. */
  apply(x: tf.Tensor3D, options: PassOptions): tf.Tensor2D {
    const [first, second, third, fourth] = this.#blocks;
    const [one, two, three, four] = split(options.key, 4).map((key) => ({ ...options, key })) as [
      PassOptions,
      PassOptions,
      PassOptions,
      PassOptions,
    ];
    const batch = x.shape[0];
    const n = this.#vertices;
    const vertices = first.apply(
      dense(x.reshape<tf.Tensor2D>([batch * n, -1]), first.first.weight, first.first.bias),
      one,
    );
    const between = this.#betweenVertices(batch);

    const [fromSender, fromReceiver] = tf.split<tf.Tensor2D>(second.first.weight, 2, 1);
    const edges = second.apply(
      between(
        tf.matMul(vertices.rows, scaled(fromSender!, vertices.scale), false, true),
        tf.matMul(vertices.rows, scaled(fromReceiver!, vertices.scale), false, true),
        second.first.bias.add(shifted(second.first.weight, tf.concat([vertices.shift, vertices.shift]))),
      ),
      two,
    );

    // The official code divides the sum of n - 1 messages by n.
    const width = edges.scale.size;
    const incoming = edges.rows.reshape([batch * n, n - 1, width]).sum<tf.Tensor2D>(1);
    const factors = third.apply(
      dense(
        incoming,
        scaled(third.first.weight, edges.scale.div(n)),
        third.first.bias.add(shifted(third.first.weight, edges.shift.mul((n - 1) / n))),
      ),
      three,
    );

    const [fromSender2, fromReceiver2, skip] = tf.split<tf.Tensor2D>(fourth.first.weight, 3, 1);
    const shifts = tf.concat([factors.shift, factors.shift, edges.shift]) as tf.Tensor1D;
    const scores = fourth.apply(
      between(
        tf.matMul(factors.rows, scaled(fromSender2!, factors.scale), false, true),
        tf.matMul(factors.rows, scaled(fromReceiver2!, factors.scale), false, true),
        fourth.first.bias.add(shifted(fourth.first.weight, shifts)),
      ).add(tf.matMul(edges.rows, scaled(skip!, edges.scale), false, true)),
      four,
    );
    const logits = dense(
      scores.rows,
      scaled(this.#out.weight, scores.scale),
      this.#out.bias.add(shifted(this.#out.weight, scores.shift)),
    );
    return this.#ofEdges(logits, batch);
  }

  /** Returns a function that sums a pair's first layer: the sender's part, the receiver's part, and the bias, [B * pairs, width]. */
  #betweenVertices(batch: number) {
    const n = this.#vertices;
    const senders = tf.tensor1d(repeated(this.#pairs.sender, batch, n), 'int32');
    return (fromSender: tf.Tensor2D, fromReceiver: tf.Tensor2D, bias: tf.Tensor): tf.Tensor2D => {
      const width = fromSender.shape[1];
      // Pairs are listed by receiver, so the receiver's part needs no gathering.
      const sent = takeRows(fromSender, senders).reshape([batch * n, n - 1, width]);
      return sent.add(fromReceiver.add(bias).expandDims(1)).reshape([-1, width]);
    };
  }

  /** Averages the scores of pairs to scores of edges, in the edges' order. */
  #ofEdges(logits: tf.Tensor2D, batch: number): tf.Tensor2D {
    const { edge, edges, count } = this.#pairs;
    const rows = tf.tensor1d(repeated(edge, batch, edges), 'int32');
    return sumRows(logits, rows, batch * edges)
      .div(count / edges)
      .reshape([batch, edges]);
  }
}
