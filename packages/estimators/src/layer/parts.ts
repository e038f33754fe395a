import type { BatchPart } from '@aimle/engine/operations';
import type { Layout } from './layout.js';

/** Adds up over the parts of the batch; the numbers themselves where the batch is whole. */
export function overParts({ part }: Pick<Layout, 'part'>, values: Float64Array): Float64Array {
  return part === undefined ? values : part.sum(values);
}

/** Averages means of a part over the parts of the batch, each with the weight of its instances. */
export function meanOverParts({ part, batch }: Layout, means: readonly number[]): readonly number[] {
  if (part === undefined) return means;
  return Array.from(part.sum(means.map((mean) => mean * batch)), (sum) => sum / part.batch);
}

/** The size of the whole batch. */
export function wholeBatch({ part, batch }: Layout): number {
  return part?.batch ?? batch;
}

/** Throws where an estimator can draw only for a whole batch. */
export function refusePart(name: string, part: BatchPart | undefined): void {
  if (part === undefined) return;
  throw new RangeError(
    `${name}: the batch must be whole, got a part of ${part.batch} instances; train with one worker, or use aimle`,
  );
}
