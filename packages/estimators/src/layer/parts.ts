import type { BatchPart } from '@aimle/engine/operations';
import type { Layout } from './layout.js';

/** Averages means of a part over the parts of the batch, each with the weight of its instances. */
export function meanOverParts({ part, batch }: Layout, means: readonly number[]): readonly number[] {
  if (part === undefined) return means;
  return Array.from(part.sum(means.map((mean) => mean * batch)), (sum) => sum / part.batch);
}

/** Throws where an estimator can draw only for a whole batch. */
export function refusePart(name: string, part: BatchPart | undefined): void {
  if (part === undefined) return;
  throw new RangeError(`${name}: the batch must be whole, got a part; train with one worker, or use aimle`);
}

/** Throws where a part has no instances: it would make fewer sums than other parts, which would wait for it for ever. */
export function refuseEmptyPart(name: string, { batch, part }: Layout): void {
  if (part === undefined || batch > 0) return;
  throw new RangeError(
    `${name}: a part of a batch must have at least one instance, got 0 of ${part.batch}; use fewer workers`,
  );
}
