import { aimle, type Layer, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { tensorLoss } from './estimates.js';
import { ITEMS, type Problem } from './problem.js';

/** Where the two ways to choose lambda stand. */
export interface Lambdas {
  readonly passes: number;
  /** The default: so many widths of the noise. */
  readonly noiseScaled: number;
  /** The paper's controller, which starts at 0 and moves by a thousandth of its unit a pass. */
  readonly paper: number;
}

export type Walk = ReturnType<typeof walk>;

/** AIMLE finds its lambda, by the package's two policies, both without the curvature correction. */
export function walk(problem: Problem, samples: number, key: Key) {
  const solver = topK({ size: ITEMS, k: problem.k });
  const scaled = aimle(solver, { perturbation: noiseScaled(), curvatureCorrection: false });
  const paper = aimle(solver, { perturbation: paperAdaptive() });
  const loss = tensorLoss(problem);
  let passes = 0;
  let latest: Lambdas = { passes: 0, noiseScaled: 0, paper: 0 };

  const pass = (layer: Layer): number =>
    tf.tidy(() => {
      const run = (theta: tf.Tensor): tf.Tensor =>
        tf.sum(layer.expectation(theta, loss, { key: foldIn(key, passes), samples }));
      tf.grad(run)(tf.tensor2d([[...problem.theta]]));
      return layer.lastStep?.lambda ?? 0;
    });

  return {
    /** Goes on by so many passes, forward and backward, theta staying where it is. */
    advance(more: number): Lambdas {
      for (let i = 0; i < more; i++) {
        const next = { passes: passes + 1, noiseScaled: pass(scaled), paper: pass(paper) };
        // A single pass knows the loss by the states it drew: the mean is what is settled on.
        const weight = 1 / Math.min(next.passes, 100);
        const averaged = latest.noiseScaled + weight * (next.noiseScaled - latest.noiseScaled);
        latest = { ...next, noiseScaled: averaged };
        passes++;
      }
      return latest;
    },
  };
}
