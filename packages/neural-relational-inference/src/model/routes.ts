import * as tf from '@tensorflow/tfjs';
import type { Pairs } from './pairs.js';

/** The pairs of one type over all graphs of a batch, in order: which rows each reads and writes. */
export interface Route {
  /** Row of the sender and of the receiver, among [graphs * vertices]. */
  readonly sender: tf.Tensor1D;
  readonly receiver: tf.Tensor1D;
  /** The edge that decides the pair's type, among [trees * edges]. */
  readonly edge: tf.Tensor1D;
  /** Number of pairs. */
  readonly count: number;
}

export type Routes = readonly [none: Route, joined: Route];

/**
 * Sorts the pairs of every graph by whether their edge is in the tree. Each tree serves `copies` consecutive graphs. Null
 * if an element of z is neither 0 nor 1.
 */
export function routesOf(z: Float32Array, pairs: Pairs, vertices: number, copies: number): Routes | null {
  if (!z.every((value) => value === 0 || value === 1)) return null;
  const { edges } = pairs;
  const graphs = (z.length / edges) * copies;
  const lists = [0, 1].map((type) => {
    const inTree = (graph: number, pair: number): boolean =>
      z[Math.floor(graph / copies) * edges + pairs.edge[pair]!] === type;
    let count = 0;
    for (let graph = 0; graph < graphs; graph++) {
      for (let pair = 0; pair < pairs.count; pair++) if (inTree(graph, pair)) count++;
    }
    const [sender, receiver, edge] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
    let at = 0;
    for (let graph = 0; graph < graphs; graph++) {
      for (let pair = 0; pair < pairs.count; pair++) {
        if (!inTree(graph, pair)) continue;
        sender[at] = graph * vertices + pairs.sender[pair]!;
        receiver[at] = graph * vertices + pairs.receiver[pair]!;
        edge[at] = Math.floor(graph / copies) * edges + pairs.edge[pair]!;
        at++;
      }
    }
    return {
      sender: tf.tensor1d(sender, 'int32'),
      receiver: tf.tensor1d(receiver, 'int32'),
      edge: tf.tensor1d(edge, 'int32'),
      count,
    };
  });
  return lists as unknown as Routes;
}
