import type { TruthComparison } from './diagnosis.js';
import { type Moments, measuredMean } from './moments.js';

/** Compares all estimates with the exact gradient; null where that is zero everywhere. */
export function againstTruth(
  estimates: readonly Float32Array[],
  moments: Moments,
  truth: ArrayLike<number>,
  size: number,
): TruthComparison | null {
  const norms = normsOf(truth, size);
  const squaredNorm = norms.reduce((sum, norm) => sum + norm * norm, 0);
  if (squaredNorm === 0) return null;
  let off = 0;
  for (let i = 0; i < truth.length; i++) off += (moments.mean[i]! - truth[i]!) ** 2;
  const chance = moments.totalVariance / moments.count;
  return {
    cosine: measuredMean(estimates.map((estimate) => meanCosine(estimate, truth, norms, size))),
    scale: measuredMean(estimates.map((estimate) => product(estimate, truth, 0, truth.length) / squaredNorm)),
    bias: {
      value: Math.sqrt(Math.max(0, off - chance) / squaredNorm),
      error: Math.sqrt(chance / squaredNorm),
    },
  };
}

/** The mean cosine over instances whose exact gradient is not zero; an estimate of zero counts as 0. */
function meanCosine(
  estimate: Float32Array,
  truth: ArrayLike<number>,
  norms: Float64Array,
  size: number,
): number {
  const own = normsOf(estimate, size);
  let sum = 0;
  let counted = 0;
  norms.forEach((norm, instance) => {
    if (norm === 0) return;
    counted++;
    const from = instance * size;
    if (own[instance]! > 0) sum += product(estimate, truth, from, from + size) / (norm * own[instance]!);
  });
  return sum / counted;
}

function normsOf(vectors: ArrayLike<number>, size: number): Float64Array {
  return Float64Array.from({ length: vectors.length / size }, (_, instance) =>
    Math.sqrt(product(vectors, vectors, instance * size, (instance + 1) * size)),
  );
}

function product(a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += a[i]! * b[i]!;
  return sum;
}
