import { poissonTerm } from './logGamma.js';

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
