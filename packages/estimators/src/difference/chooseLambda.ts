import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';
import type { PerturbationPolicy, PerturbationScales, PerturbationScope } from '../perturbation/policy.js';
import type { Direction } from './perturbedPass.js';

/**
 * Chooses lambda for every instance: measures theta and g = S dL/dz, then asks the policy once per instance, or once for
 * the pooled batch.
 */
export function chooseLambda(
  policy: PerturbationPolicy,
  state: JsonValue,
  scope: PerturbationScope,
  layout: Layout,
  theta: Float32Array,
  direction: Pick<Direction, 'rowSums'>,
  noiseStd: number,
  draws: number,
): Float64Array {
  const { instances, samples, events } = layout;
  const { batch } = layout.part ?? layout;
  const measured = measure(layout, theta, direction.rowSums(samples));
  const scalesOf = ([theta2, g2, variance, mean2]: Float64Array, rows: number): PerturbationScales => ({
    thetaNorm: Math.sqrt(theta2! * samples),
    gradientNorm: Math.sqrt(g2!),
    gradientSpread: Math.sqrt(variance! / rows),
    gradientMean: Math.sqrt(mean2! / rows),
    noiseStd,
    samples: samples * draws,
    batch,
  });
  if (scope === 'batch') {
    const pooled = measured.reduce((sum, value, i) => {
      sum[i % SUMS]! += value;
      return sum;
    }, new Float64Array(SUMS));
    const lambda = policy.lambda(
      state,
      scalesOf(layout.part?.sum(pooled) ?? pooled, batch * samples * events),
    );
    return new Float64Array(instances).fill(lambda);
  }
  const lambda = new Float64Array(instances);
  for (let i = 0; i < instances; i++) {
    const ofInstance = measured.subarray(SUMS * i, SUMS * (i + 1));
    lambda[i] = policy.lambda(state, scalesOf(ofInstance, samples));
  }
  return lambda;
}

/** The number of sums that `measure` computes per instance. */
const SUMS = 4;

/**
 * Per instance: the sum of squares of theta, and the sums over samples of the squares of g, of its variance over the
 * coordinates, and of the square of its mean over them. `sums` has the sums of g and of its squares along each row.
 */
function measure(layout: Layout, theta: Float32Array, sums: Float64Array): Float64Array {
  const { batch, samples, events, size, instances } = layout;
  const measured = new Float64Array(SUMS * instances);
  for (let i = 0; i < instances; i++) {
    let squares = 0;
    for (let j = i * size; j < (i + 1) * size; j++) {
      const value = theta[j]!;
      // A masked (infinite) coordinate never changes and does not tell the scale of the others.
      if (Number.isFinite(value)) squares += value * value;
    }
    measured[SUMS * i] = squares;
  }
  let row = 0;
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) {
      for (let e = 0; e < events; e++, row += 2) {
        const sum = sums[row]!;
        const squares = sums[row + 1]!;
        const at = SUMS * (b * events + e);
        measured[at + 1]! += squares;
        // A single coordinate has no spread: use its size.
        measured[at + 2]! += size > 1 ? Math.max(0, squares - (sum * sum) / size) / (size - 1) : squares;
        if (size > 1) measured[at + 3]! += (sum / size) ** 2;
      }
    }
  }
  return measured;
}

/** Sums factor * g along each row, and its square. */
export function sumRows(gradient: Float32Array, size: number, factor: number): Float64Array {
  const sums = new Float64Array((2 * gradient.length) / size);
  for (let row = 0, at = 0; at < gradient.length; row += 2) {
    let sum = 0;
    let squares = 0;
    for (const end = at + size; at < end; at++) {
      const g = factor * gradient[at]!;
      sum += g;
      squares += g * g;
    }
    sums[row] = sum;
    sums[row + 1] = squares;
  }
  return sums;
}
