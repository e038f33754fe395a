import { dense } from '@aimle/engine';
import { foldIn, type Key } from '@aimle/random';
import { type Linear, linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type BothMessages, hardMessages, softMessages } from './messages.js';
import { type Pairs, pairsOf, repeated } from './pairs.js';
import { dropout, type PassOptions } from './perceptron.js';
import { type Route, type Routes, routesOf } from './routes.js';

/**
 * Initial scale of the messages of pairs that are not joined, if edges are directed, relative to the default. At equal
 * strength the two kinds compete for the true edges, and the more frequent one often wins: the motion is then explained by
 * the edges that are left out, which predicts it less well.
 */
const UNJOINED_SCALE = 0.1;

/** Predicts the next frame from a frame and a graph: messages along the pairs, their sum at each vertex, a move. */
export class Decoder {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #vertices: number;
  readonly #pairs: Pairs;
  readonly #messages: BothMessages;
  readonly #out: readonly Linear[];

  constructor(vertices: number, dimensions: number, directed: boolean, width: number, key: Key) {
    this.#vertices = vertices;
    this.#pairs = pairsOf(vertices, directed);
    const make = (name: string, inputs: number, outputs: number) =>
      linear({ name: `decoder.${name}`, inputs, outputs, key, init: 'kaiming-uniform' });
    const first = [0, 1].map((type) => make(`msg_fc1.${type}`, 2 * dimensions, width));
    const second = [0, 1].map((type) => make(`msg_fc2.${type}`, width, width));
    if (directed) scaleDown(second[0]!);
    this.#messages = [0, 1].map((type) => ({
      first: first[type]!,
      second: second[type]!,
    })) as unknown as BothMessages;
    this.#out = [
      make('out_fc1', dimensions + width, width),
      make('out_fc2', width, width),
      make('out_fc3', width, dimensions),
    ];
    this.parameters = new Map<string, tf.Variable>(
      [...first, ...second, ...this.#out].flatMap(({ parameters }) => [...parameters]),
    );
  }

  /**
   * Predicts frames 1 to T - 1, [B, S, T - 1, vertices, D], from motion [B, T, vertices, D] and edges [B, S, edges]. From
   * every `steps`-th frame it continues on its own predictions for `steps` frames; starts and steps whose predictions would lie
   * beyond the last frame are not computed.
   */
  apply(x: tf.Tensor4D, z: tf.Tensor3D, steps: number, options: PassOptions): tf.Tensor {
    const [batch, frames, n, dimensions] = x.shape;
    const samples = z.shape[1];
    const trees = batch * samples;
    const graph = this.#graphs(z, options.training && options.dropout > 0);
    /** Number of starts whose frame after step `step` is a recorded one. */
    const startsAt = (step: number): number => Math.ceil((frames - 1 - step) / steps);
    const starts = x
      .reshape([batch, 1, frames, n * dimensions])
      .stridedSlice([0, 0, 0, 0], [batch, 1, frames - 1, n * dimensions], [1, 1, steps, 1]);
    let now: tf.Tensor3D = tf.tile(starts, [1, samples, 1, 1]).reshape([trees, -1, n * dimensions]);
    const predicted: tf.Tensor3D[] = [];
    for (let step = 0; step < Math.min(steps, frames - 1); step++) {
      const count = startsAt(step);
      if (count < now.shape[1]) now = now.slice([0, 0, 0], [trees, count, n * dimensions]);
      const next = this.#move(now.reshape([-1, dimensions]), graph(count), {
        ...options,
        key: foldIn(options.key, step),
      });
      now = next.reshape([trees, count, n * dimensions]);
      predicted.push(now);
    }
    const inTime =
      steps === 1
        ? now
        : tf.concat(
            Array.from({ length: frames - 1 }, (_, frame) =>
              predicted[frame % steps]!.slice([0, Math.floor(frame / steps), 0], [trees, 1, n * dimensions]),
            ),
            1,
          );
    return inTime.reshape([batch, samples, frames - 1, n, dimensions]);
  }

  /** Prepares the edges for `copies` frames per tree: sorted if all are 0 or 1, weights otherwise. */
  #graphs(z: tf.Tensor3D, soft: boolean): (copies: number) => Graph {
    const n = this.#vertices;
    const { count, edges: size, sender, receiver, edge } = this.#pairs;
    const edges = z.reshape<tf.Tensor2D>([-1, size]);
    const trees = edges.shape[0];
    const values = soft ? null : new Float32Array(z.dataSync());
    const made = new Map<number, Graph>();
    const make = (copies: number): Graph => {
      const routes = values && routesOf(values, this.#pairs, n, copies);
      if (routes !== null) return { edges, routes };
      const graphs = trees * copies;
      const edgeRows = new Int32Array(graphs * count);
      for (let g = 0; g < graphs; g++) {
        for (let pair = 0; pair < count; pair++) {
          edgeRows[g * count + pair] = Math.floor(g / copies) * size + edge[pair]!;
        }
      }
      const all: Route = {
        sender: tf.tensor1d(repeated(sender, graphs, n), 'int32'),
        receiver: tf.tensor1d(repeated(receiver, graphs, n), 'int32'),
        edge: tf.tensor1d(edgeRows, 'int32'),
        count: graphs * count,
      };
      return { edges, all };
    };
    return (copies) => {
      const graph = made.get(copies) ?? make(copies);
      made.set(copies, graph);
      return graph;
    };
  }

  /** Predicts positions [R, D] one frame later. */
  #move(positions: tf.Tensor2D, graph: Graph, options: PassOptions): tf.Tensor2D {
    const drop = (x: tf.Tensor2D, place: string) =>
      dropout(x, { ...options, key: foldIn(options.key, place) });
    const received =
      'routes' in graph
        ? hardMessages(positions, graph.edges, graph.routes, this.#messages)
        : softMessages(positions, graph.edges, graph.all, this.#messages, (x, type) =>
            drop(x, `message ${type}`),
          );
    const [first, second, third] = this.#out as [Linear, Linear, Linear];
    const one = dense(tf.concat([positions, received], 1), first.weight, first.bias, 'relu');
    const two = dense(drop(one, 'out 1'), second.weight, second.bias, 'relu');
    return positions.add(dense(drop(two, 'out 2'), third.weight, third.bias));
  }
}

function scaleDown({ parameters }: Linear): void {
  // assign() keeps its own reference, so the product can be disposed of.
  for (const variable of parameters.values()) tf.tidy(() => variable.assign(variable.mul(UNJOINED_SCALE)));
}

type Graph = { readonly edges: tf.Tensor2D } & ({ readonly routes: Routes } | { readonly all: Route });
