import { foldIn, type Key, permutation } from '@aimle/random';

/**
 * The instances at places `from` to `to - 1` of an epoch's order. Epochs and places count from 0; the returned array is
 * a view and must not be changed.
 *
 * @example
 * ```ts
 * import { key } from '@aimle/random';
 * import { type EpochOrder, epochOrder } from '@aimle/training';
 *
 * const batchSize = 4;
 * const batch = (order: EpochOrder, epoch: number, index: number) =>
 *   order(epoch, index * batchSize, (index + 1) * batchSize);
 * batch(epochOrder(key(0), 10), 0, 1).length; // => 4
 * ```
 */
export type EpochOrder = (epoch: number, from: number, to: number) => Int32Array;

/**
 * Shuffles a data set anew for every epoch: epoch e is in the order `permutation(foldIn(key, e), count)`.
 *
 * The order depends on the arguments only, never on what was asked before, as {@link Session} requires of its batches.
 * One epoch's order is kept: a slice costs nothing, and a change of epoch costs about 15 ns an instance.
 *
 * @param key Belongs to the order alone, such as `foldIn(key(seed), 'order')`.
 * @param count How many instances there are.
 * @example
 * ```ts
 * import { foldIn, key } from '@aimle/random';
 * import { epochOrder } from '@aimle/training';
 *
 * const order = epochOrder(foldIn(key(0), 'order'), 6);
 * [...order(0, 0, 3), ...order(0, 3, 6)].sort(); // => [0, 1, 2, 3, 4, 5]
 * ```
 */
export function epochOrder(key: Key, count: number): EpochOrder {
  let known: { readonly epoch: number; readonly order: Int32Array } | null = null;
  return (epoch, from, to) => {
    if (known?.epoch !== epoch) known = { epoch, order: permutation(foldIn(key, epoch), count) };
    return known.order.subarray(from, to);
  };
}
