import { exponentials } from '../scaled/exponential.js';
import { type Arithmetic, MAX_WEIGHT, MIN_WEIGHT } from './arithmetic.js';
import type { Escapes } from './escapes.js';
import { eliminate, eliminateAlong } from './linearElimination.js';
import { substitute, substituteAlong } from './linearSubstitution.js';
import type { Reduction } from './reduction.js';

/**
 * Weights in their direct form. Every product of numbers above zero is held against the range of doubles: one by one
 * where they are few, by the minima of the factors in the loops that take the time. Because nothing is subtracted, a
 * computation whose numbers all stay in range has all its digits.
 */
export class Linear implements Arithmetic {
  readonly zero = 0;
  readonly one = 1;
  inRange = true;

  begin(): void {
    this.inRange = true;
  }

  represent(theta: Float64Array, shift: number, into: Float64Array): void {
    exponentials(theta, shift, into, 0, theta.length);
  }

  readonly log = Math.log;
  readonly plain = (weight: number): number => weight;
  readonly plus = (a: number, b: number): number => a + b;
  readonly times = (a: number, b: number): number => {
    const product = a * b;
    if (!(product >= MIN_WEIGHT && product <= MAX_WEIGHT) && a !== 0 && b !== 0) this.inRange = false;
    return product;
  };
  readonly over = (a: number, b: number): number => {
    const quotient = a / b;
    if (!(quotient >= MIN_WEIGHT && quotient <= MAX_WEIGHT) && a !== 0) this.inRange = false;
    return quotient;
  };
  readonly tangent = (weight: number, slope: number): number => weight * slope;
  readonly slope = (weight: number, tangent: number): number => (weight === 0 ? 0 : tangent / weight);

  eliminate(graph: Reduction, kept: number): boolean {
    return eliminate(graph, kept, this);
  }

  eliminateAlong(graph: Reduction, kept: number): boolean {
    return eliminateAlong(graph, kept, this);
  }

  substitute(graph: Reduction, kept: number, count: number, escapes: Escapes): void {
    substitute(graph, kept, count, escapes, this);
  }

  substituteAlong(graph: Reduction, kept: number, count: number, escapes: Escapes): void {
    substituteAlong(graph, kept, count, escapes, this);
  }
}
