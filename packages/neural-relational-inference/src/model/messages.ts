import { customGradient, dense } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import type { Route, Routes } from './routes.js';
import { sumRows, takeRows } from './rows.js';

interface Layer {
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

export interface MessageWeights {
  readonly first: Layer;
  readonly second: Layer;
}

export type BothMessages = readonly [none: MessageWeights, joined: MessageWeights];

/** Computes the message of each pair: two rectified layers of its sender's and receiver's positions, [r, width]. */
function messages(
  positions: tf.Tensor2D,
  { sender, receiver }: Pick<Route, 'sender' | 'receiver'>,
  { first, second }: MessageWeights,
  between: (hidden: tf.Tensor2D) => tf.Tensor2D = (hidden) => hidden,
): tf.Tensor2D {
  const ends = tf.concat([takeRows(positions, sender), takeRows(positions, receiver)], 1) as tf.Tensor2D;
  const hidden = between(dense(ends, first.weight, first.bias, 'relu'));
  return dense(hidden, second.weight, second.bias, 'relu');
}

/**
 * Sums the messages at each vertex for hard edges: each pair sends the message of its own type. That of the other type,
 * which would be multiplied by zero, is not computed.
 *
 * The gradient in z needs it, because it compares the two types:
 *
 *   dL/dz_e = sum over both directions of <dL/d(sum at the receiver), joined message - other message>
 *
 * So the backward pass computes the messages that were not sent, without gradients through them.
 *
 * @param positions [R, D]. @param z Edges, [trees, edges], which `routes` were made of. @returns [R, width].
 */
export function hardMessages(
  positions: tf.Tensor2D,
  z: tf.Tensor2D,
  routes: Routes,
  weights: BothMessages,
): tf.Tensor2D {
  const sent = routes.map((route, type) => messages(positions, route, weights[type]!)) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const sums = routes.map(({ receiver }, type) => sumRows(sent[type]!, receiver, positions.shape[0]));
  return withEdgeGradient(sums[0]!.add(sums[1]!), z, { positions, sent, routes, weights });
}

interface Sent {
  readonly positions: tf.Tensor2D;
  readonly sent: readonly tf.Tensor2D[];
  readonly routes: Routes;
  readonly weights: BothMessages;
}

/** Returns the sums unchanged, and adds the gradient with respect to z. */
function withEdgeGradient(
  sums: tf.Tensor2D,
  z: tf.Tensor2D,
  { positions, sent, routes, weights }: Sent,
): tf.Tensor2D {
  const used = {
    positions,
    sent,
    routes: routes.map(({ sender, receiver, edge }) => [sender, receiver, edge]),
    weights: weights.map(({ first, second }) => [first.weight, first.bias, second.weight, second.bias]),
  };
  return customGradient([sums, z], ([value, edges], save) => {
    save([positions, ...sent, ...used.routes.flat(), ...used.weights.flat(), edges!]);
    return {
      value: value!.clone(),
      backward: (gradient, saved) => {
        const [positions, sentNone, sentJoined, ...rest] = saved as tf.Tensor2D[];
        const edges = rest.at(-1)!;
        const route = (type: number): Route => {
          const [sender, receiver, edge] = rest.slice(3 * type) as unknown as tf.Tensor1D[];
          return { sender: sender!, receiver: receiver!, edge: edge!, count: sender!.size };
        };
        const layers = (type: number): MessageWeights => {
          const [a, b, c, d] = rest.slice(6 + 4 * type) as unknown as [
            tf.Tensor2D,
            tf.Tensor1D,
            tf.Tensor2D,
            tf.Tensor1D,
          ];
          return { first: { weight: a, bias: b }, second: { weight: c, bias: d } };
        };
        const ofType = (type: 0 | 1): tf.Tensor2D => {
          const { sender, receiver, edge } = route(type);
          const unsent = messages(positions!, { sender, receiver }, layers(1 - type));
          const gain = type === 1 ? tf.sub(sentJoined!, unsent) : tf.sub(unsent, sentNone!);
          const atReceiver = takeRows(gradient as tf.Tensor2D, receiver);
          return sumRows(atReceiver.mul(gain).sum<tf.Tensor2D>(1, true), edge, edges.size);
        };
        return [gradient, ofType(0).add(ofType(1)).reshape(edges.shape)];
      },
    };
  }) as tf.Tensor2D;
}

/** Sums the messages at each vertex for weighted edges: both types' messages of all pairs, weighted by 1 - z and z. */
export function softMessages(
  positions: tf.Tensor2D,
  z: tf.Tensor2D,
  all: Route,
  weights: BothMessages,
  between: (hidden: tf.Tensor2D, type: number) => tf.Tensor2D,
): tf.Tensor2D {
  const joined = takeRows(z.reshape([-1, 1]), all.edge);
  const [none, some] = weights.map((layers, type) =>
    messages(positions, all, layers, (hidden) => between(hidden, type)),
  ) as [tf.Tensor2D, tf.Tensor2D];
  const weighted = none.mul(tf.sub(1, joined)).add<tf.Tensor2D>(some.mul(joined));
  return sumRows(weighted, all.receiver, positions.shape[0]);
}
