import type { AdamCoefficients } from './moments.js';

/** The arrays of {@link moveByAdam}, all of one length. */
export interface AdamArrays {
  /** Receives the parameter after the step. May be `p`. */
  readonly next: Float32Array;
  readonly p: Float32Array;
  /** The gradient. */
  readonly g: Float32Array;
  /** The mean gradient and the mean squared gradient, which are updated. */
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/**
 * Computes the weights of a step of {@link adam}: rate = learningRate / (1 - beta1^step), scale = 1 / sqrt(1 - beta2^step).
 *
 * @param step - its number, counted from 1.
 * @example
 * ```ts
 * import { adamCoefficients } from '@aimle/engine';
 *
 * adamCoefficients({ learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 1).rate; // => ~5
 * ```
 */
export function adamCoefficients(
  options: Omit<AdamCoefficients, 'rate' | 'scale'> & { readonly learningRate: number },
  step: number,
): AdamCoefficients {
  const { learningRate, beta1, beta2, epsilon } = options;
  const rate = learningRate / (1 - beta1 ** step);
  return { beta1, beta2, epsilon, rate, scale: 1 / Math.sqrt(1 - beta2 ** step) };
}

/**
 * Takes a step of {@link adam} on typed arrays, with the same bits: for parameters outside any engine, such as in memory
 * that threads share, where each moves some of the elements.
 *
 * @returns the sum of the gradient, which is finite only if every element is: float32 numbers cannot overflow a float64
 * sum. Here the sum costs nothing beside the divisions; a separate pass would cost a tenth more.
 * @example
 * ```ts
 * import { adamCoefficients, moveByAdam } from '@aimle/engine';
 *
 * const p = Float32Array.of(1, -1);
 * const [m, v] = [new Float32Array(2), new Float32Array(2)];
 * const settings = { learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
 * moveByAdam({ next: p, p, g: Float32Array.of(2, -8), m, v }, adamCoefficients(settings, 1)); // => -6
 * Array.from(p); // => [0.5, -0.5]
 * ```
 */
export function moveByAdam({ next, p, g, m, v }: AdamArrays, coefficients: AdamCoefficients): number {
  const { beta1, beta2, epsilon, rate, scale } = coefficients;
  let sum = 0;
  for (let i = 0; i < next.length; i++) {
    const gradient = g[i]!;
    sum += gradient;
    const mean = beta1 * m[i]! + (1 - beta1) * gradient;
    const square = beta2 * v[i]! + (1 - beta2) * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    next[i] = p[i]! - (rate * mean) / (Math.sqrt(square) * scale + epsilon);
  }
  return sum;
}
