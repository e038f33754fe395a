const HALF_LOG_TWO_PI = 0.9189385332046728;

/** From here on the six terms below leave an error under 1e-15. */
const STIRLING_FROM = 12;

/** ln Gamma(n + 1) - (n ln n - n + ln(2 pi n) / 2), for n >= STIRLING_FROM. */
function stirlingCorrection(n: number): number {
  const r = 1 / (n * n);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / n;
}

/** ln Gamma(z) for z > 0, by Stirling's series after stepping z up to where that series is exact. */
export function logGamma(z: number): number {
  let steps = 1;
  let n = z;
  while (n < STIRLING_FROM) {
    steps *= n;
    n += 1;
  }
  return n * Math.log(n) - n + HALF_LOG_TWO_PI - 0.5 * Math.log(n) + stirlingCorrection(n) - Math.log(steps);
}

/** x^n e^-x / Gamma(n + 1) for n >= 0: a Poisson probability when n is an integer. Relative error below 1e-13. */
export function poissonTerm(n: number, x: number): number {
  if (n < STIRLING_FROM) return Math.exp(n * Math.log(x) - x - logGamma(n + 1));
  const delta = (x - n) / n;
  const logRatio = Math.abs(delta) < 0.1 ? Math.log1p(delta) : Math.log(x / n);
  return Math.exp(n * (logRatio - delta) - stirlingCorrection(n)) / Math.sqrt(2 * Math.PI * n);
}

/**
 * Computes the regularised upper incomplete gamma function Q(shape, x) for x >= shape + 1, by Legendre's continued
 * fraction in Lentz's form; relative error about 1e-14.
 */
export function upperGamma(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; ; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15 || i === 10_000) break;
  }
  return poissonTerm(shape, x) * shape * fraction;
}
