import type { StepInfo } from './estimator.js';

/** What is known of a step before its gradient has passed. */
export function stepInfo(solverCalls: number, samples: number): StepInfo {
  return {
    solverCalls,
    samples,
    lambda: null,
    changedCoordinates: null,
    changedShare: null,
    sparsity: null,
  };
}

/** Share of elements that are exactly zero. */
export function zeroShare(gradient: Float32Array): number {
  let zeros = 0;
  for (let i = 0; i < gradient.length; i++) if (gradient[i] === 0) zeros++;
  return zeros / Math.max(gradient.length, 1);
}
