import type { Layout } from '../layer/layout.js';
import type { PerturbationOutcome } from '../perturbation/policy.js';

/** The estimate of each instance, and what the perturbation changed. */
export interface AveragedDifference extends PerturbationOutcome {
  readonly gradient: Float32Array;
}

/**
 * Averages scale * (upper - lower) over samples. The difference is summed over groups of `marginalSamples` before
 * changed coordinates are counted.
 */
export function averageDifference(
  upper: Float32Array,
  lower: Float32Array,
  scale: Float64Array,
  layout: Layout,
  marginalSamples: number,
): AveragedDifference {
  const { batch, samples, events, size, instances } = layout;
  const groups = samples / marginalSamples;
  const gradient = new Float32Array(instances * size);
  const group = new Float64Array(size);
  let changed = 0;
  let changedGroups = 0;
  let changedSize = 0;
  for (let b = 0; b < batch; b++) {
    for (let e = 0; e < events; e++) {
      const instance = b * events + e;
      const out = instance * size;
      const weight = scale[instance]! / samples;
      for (let s = 0; s < samples; s += marginalSamples) {
        group.fill(0);
        for (let m = s; m < s + marginalSamples; m++) {
          const row = ((b * samples + m) * events + e) * size;
          for (let j = 0; j < size; j++) group[j]! += upper[row + j]! - lower[row + j]!;
        }
        let coordinates = 0;
        let ones = 0;
        for (let j = 0; j < size; j++) {
          if (group[j] === 0) continue;
          coordinates++;
          ones += group[j]!;
          gradient[out + j]! += weight * group[j]!;
        }
        changed += coordinates;
        changedSize += ones * ones;
        if (coordinates > 0) changedGroups++;
      }
    }
  }
  return { gradient, ...outcomeOf(changed, changedGroups, changedSize, instances * groups) };
}

/** The outcome of that many groups, from its sums over them. */
export function outcomeOf(
  changed: number,
  changedGroups: number,
  changedSize: number,
  groups: number,
): PerturbationOutcome {
  const all = Math.max(groups, 1);
  return {
    changedCoordinates: changed / all,
    changedShare: changedGroups / all,
    changedSize: changedSize / all,
  };
}

/** Averages the differences of the same instances over several draws of the noise. */
export function meanOfDraws(differences: readonly AveragedDifference[]): AveragedDifference {
  const [first, ...others] = differences as [AveragedDifference, ...AveragedDifference[]];
  if (others.length === 0) return first;
  const gradient = first.gradient.slice();
  for (const other of others) {
    for (let i = 0; i < gradient.length; i++) gradient[i]! += other.gradient[i]!;
  }
  for (let i = 0; i < gradient.length; i++) gradient[i]! /= differences.length;
  return { gradient, ...meanOutcome(differences) };
}

/** Averages the outcomes of several draws of the noise. */
export function meanOutcome(outcomes: readonly PerturbationOutcome[]): PerturbationOutcome {
  const mean = (of: (outcome: PerturbationOutcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
  return {
    changedCoordinates: mean(({ changedCoordinates }) => changedCoordinates),
    changedShare: mean(({ changedShare }) => changedShare),
    changedSize: mean(({ changedSize }) => changedSize),
  };
}
