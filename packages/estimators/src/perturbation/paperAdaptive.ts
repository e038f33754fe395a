import { checkOptions } from '@aimle/solvers';
import { describedAs } from '../layer/describe.js';
import type { PerturbationPolicy } from './policy.js';

/** The controller's memory. */
export type PaperState = {
  /** The factor of norm(theta) / norm(g). */
  readonly alpha: number;
  /** Running mean of the number of changed coordinates in a sample. */
  readonly changed: number;
  /** The last move of alpha, for momentum. */
  readonly move: number;
};

/** Settings of {@link paperAdaptive}; the defaults are the paper's. */
export interface PaperAdaptiveOptions {
  /** alpha at the start; default 0, for which the first gradients are zero. */
  readonly initialAlpha?: number;
  /** How far alpha moves each step; default 1e-3. */
  readonly step?: number;
  /** How many coordinates of a sample should change; default 1. */
  readonly target?: number;
  /** Weight of the past in the running mean; default 0.9. */
  readonly decay?: number;
  /** Share of the last move that is repeated; default 0, as in the paper. */
  readonly momentum?: number;
}

/**
 * Builds the paper's controller of the perturbation size.
 *
 *   lambda = alpha * norm(theta) / norm(g)
 *   changed <- decay * changed + (1 - decay) * (non-zero coordinates of a sample's difference)
 *   move    <- momentum * move + (step if changed < target, else -step)
 *   alpha   <- max(0, alpha + move)
 *
 * starting from changed = 1 and move = 0.
 *
 * **When to use**: to reproduce the paper. alpha moves by at most `step / (1 - momentum)` in each backward pass, so it takes thousands
 * of passes to settle, and the final value depends on the scale of theta. {@link noiseScaled} has neither problem.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * ```ts
 * import { paperAdaptive } from '@aimle/estimators';
 *
 * const policy = paperAdaptive({ step: 0.5, target: 2 });
 * policy.update(policy.init(), { changedCoordinates: 0, changedShare: 0, changedSize: 0 }).alpha; // => 0.5
 * ```
 * @see Minervini, Franceschi, Niepert 2023, arXiv:2209.04862, section 3.2.
 */
export function paperAdaptive(options: PaperAdaptiveOptions = {}): PerturbationPolicy<PaperState> {
  checkOptions('paperAdaptive', options, {
    initialAlpha: true,
    step: true,
    target: true,
    decay: true,
    momentum: true,
  });
  const { initialAlpha = 0, step = 1e-3, target = 1, decay = 0.9, momentum = 0 } = options;
  demand('initialAlpha', initialAlpha, initialAlpha >= 0, 'at least 0');
  demand('step', step, step > 0, 'above 0');
  demand('target', target, target > 0, 'above 0');
  demand('decay', decay, decay >= 0 && decay < 1, 'in [0, 1)');
  demand('momentum', momentum, momentum >= 0 && momentum < 1, 'in [0, 1)');
  const policy: PerturbationPolicy<PaperState> = {
    name: 'paper',
    scope: 'batch',
    curvatureCorrection: false,
    needsNoise: false,
    init: () => ({ alpha: initialAlpha, changed: 1, move: 0 }),
    lambda: ({ alpha }, { thetaNorm, gradientNorm }) =>
      gradientNorm > 0 ? (alpha * thetaNorm) / gradientNorm : 0,
    update: (state, { changedCoordinates }) => {
      const changed = decay * state.changed + (1 - decay) * changedCoordinates;
      const move = momentum * state.move + (changed < target ? step : -step);
      return { alpha: Math.max(state.alpha + move, 0), changed, move };
    },
    check: (state) => {
      const { alpha, changed, move } = (state ?? {}) as Partial<PaperState>;
      if (![alpha, changed, move].every(Number.isFinite)) {
        throw new RangeError(
          `paperAdaptive: a saved state must have finite alpha, changed and move, got ${JSON.stringify(state)}`,
        );
      }
    },
  };
  return describedAs(policy, () => ({ name: 'paper', options }));
}

function demand(name: string, value: number, holds: boolean, constraint: string): void {
  if (!holds || !Number.isFinite(value)) {
    throw new RangeError(`paperAdaptive: ${name} must be a finite number ${constraint}, got ${value}`);
  }
}
