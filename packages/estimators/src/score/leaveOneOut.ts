import type { Layout } from '../layer/layout.js';

/**
 * What is subtracted from a number before its noise weighs it: the mean of the others (`leave-one-out`), or nothing.
 */
export type NoiseBaseline = 'leave-one-out' | 'none';

/** Throws when a baseline is unknown. */
export function checkBaseline(name: string, baseline: NoiseBaseline): void {
  if (baseline !== 'leave-one-out' && baseline !== 'none') {
    throw new RangeError(`${name}: baseline must be leave-one-out or none, got ${JSON.stringify(baseline)}`);
  }
}

/**
 * Subtracts from each state's number the mean over the other states of its group. That does not depend on the state's
 * own noise, so the estimate keeps its mean and has less variance. A single state is left as it is.
 */
export function leaveOneOut(values: Float64Array, { batch, samples, events }: Layout, group: number): void {
  if (group === 1) return;
  for (let first = 0; first < batch * samples; first += group) {
    for (let e = 0; e < events; e++) {
      let total = 0;
      for (let m = first; m < first + group; m++) total += values[m * events + e]!;
      for (let m = first; m < first + group; m++) {
        const own = values[m * events + e]!;
        values[m * events + e] = own - (total - own) / (group - 1);
      }
    }
  }
}
