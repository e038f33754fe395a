import type { Layout } from '../layer/layout.js';

/** What is subtracted from a number before it is weighed by its noise: see {@link leaveOneOut}, or nothing. */
export type NoiseBaseline = 'leave-one-out' | 'none';

/** Throws when a baseline is not one. */
export function checkBaseline(name: string, baseline: NoiseBaseline): void {
  if (baseline !== 'leave-one-out' && baseline !== 'none') {
    throw new RangeError(`${name}: baseline must be leave-one-out or none, got ${JSON.stringify(baseline)}`);
  }
}

/**
 * Subtracts from each state's number the mean number of the other states of its group, which does not depend on the state's
 * own noise. So the estimate has the same mean and less variance. A state alone is left as it is.
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
