import type { Arithmetic } from './arithmetic.js';
import { eliminate, eliminateAlong } from './logarithmicElimination.js';
import { substitute, substituteAlong } from './logarithmicSubstitution.js';
import { logSum } from './logSum.js';

/** Weights as their logarithms; the tangent of a weight is that of its logarithm. */
export const logarithmic: Arithmetic = {
  zero: -Infinity,
  one: 0,
  inRange: true,
  begin() {},
  represent(theta, shift, into) {
    for (let i = 0; i < theta.length; i++) into[i] = theta[i]! - shift;
  },
  log: (weight) => weight,
  plain: Math.exp,
  plus: logSum,
  times: (a, b) => a + b,
  over: (a, b) => a - b,
  tangent: (_, slope) => slope,
  slope: (_, tangent) => tangent,
  eliminate,
  eliminateAlong,
  substitute,
  substituteAlong,
};
