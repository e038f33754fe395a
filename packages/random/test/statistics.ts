/** Largest distance between the empirical distribution of draws and a distribution function. */
export function kolmogorovSmirnov(draws: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(draws).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]!);
    distance = Math.max(distance, f - i / n, (i + 1) / n - f);
  }
  return distance;
}

/** Largest distance between two empirical distributions. */
export function twoSampleDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const left = Float64Array.from(a).sort();
  const right = Float64Array.from(b).sort();
  let distance = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const x = Math.min(left[i]!, right[j]!);
    while (left[i]! <= x) i++;
    while (right[j]! <= x) j++;
    distance = Math.max(distance, Math.abs(i / left.length - j / right.length));
  }
  return distance;
}

/**
 * What those distances exceed with probability 1e-6 (Massart's form of the Dvoretzky-Kiefer-Wolfowitz inequality);
 * for two samples give n m / (n + m).
 */
export function distanceLimit(n: number): number {
  return Math.sqrt(Math.log(2 / 1e-6) / (2 * n));
}

export function moments(draws: ArrayLike<number>): { mean: number; std: number; fourth: number } {
  const n = draws.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += draws[i]! / n;
  let variance = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const d = draws[i]! - mean;
    variance += d ** 2 / n;
    fourth += d ** 4 / n;
  }
  return { mean, std: Math.sqrt(variance), fourth };
}
