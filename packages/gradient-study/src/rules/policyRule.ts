import type {
  JsonValue,
  PerturbationOutcome,
  PerturbationPolicy,
  PerturbationScales,
} from '@aimle/estimators';
import { Differences } from '../sampling/difference.js';
import type { Draws } from '../sampling/draws.js';
import { movedAlong, type PerturbationDirection } from './direction.js';
import type { DifferenceMode, StudyRule } from './rule.js';
import { squareSum, varianceAndMean } from './spread.js';

/** Settings of {@link policyRule}. */
export interface PolicyRuleOptions {
  /** Backward passes before the estimates count; default 0. */
  readonly warmUp?: number;
  /** The width of the noise; default its standard deviation. */
  readonly width?: number;
  /** Computes the spread of g; default the policy's own formula. */
  readonly spread?: (g: Float32Array, n: number) => number;
  /** What scores are moved along; default what the policy is made for. */
  readonly direction?: PerturbationDirection;
}

/**
 * Makes a perturbation policy of `@aimle/estimators` a rule of the study, for one instance of theta: the backward
 * pass of the layer `aimle`, with the same formulas.
 *
 * @example
 * ```ts
 * import { noiseScaled } from '@aimle/estimators';
 * import { policyRule } from '@aimle/gradient-study';
 *
 * policyRule('ours', noiseScaled()).warmUp; // => 0
 * ```
 */
export function policyRule<State extends JsonValue>(
  name: string,
  policy: PerturbationPolicy<State>,
  options: PolicyRuleOptions = {},
): StudyRule {
  const { warmUp = 0, width, spread } = options;
  const { direction = policy.curvatureCorrection ? 'corrected' : 'plain' } = options;
  return {
    name,
    warmUp,
    begin(context) {
      const { problem, noise, samples, mode } = context;
      const { distribution, size } = problem.structure;
      const noiseStd = (width ?? noise.std) * problem.temperature;
      const differences = new Differences(distribution, samples);
      const along = movedAlong(direction, context);
      let state = policy.init();
      return (theta, rows) => {
        const moved = along(theta, rows);
        const scales = scalesOf(theta, moved, noiseStd);
        const lambda = policy.lambda(
          state,
          spread ? { ...scales, gradientSpread: spread(moved.g, size), gradientMean: 0 } : scales,
        );
        const found = differences.solve(moved, () => lambda)[mode];
        state = policy.update(state, outcomeOf(found, size));
        return divide(found, lambda, mode);
      };
    },
  };
}

/** The scales of one instance, as a policy receives them. */
export function scalesOf(theta: Float64Array, { rows, g }: Draws, noiseStd: number): PerturbationScales {
  const { variance, mean2 } = varianceAndMean(g, theta.length);
  return {
    thetaNorm: Math.sqrt(squareSum(theta) * rows),
    gradientNorm: Math.sqrt(squareSum(g)),
    gradientSpread: Math.sqrt(variance),
    gradientMean: Math.sqrt(mean2),
    noiseStd,
    samples: rows,
    batch: 1,
  };
}

export function divide(differences: Float32Array, lambda: number, mode: DifferenceMode): Float32Array {
  const factor = lambda > 0 ? 1 / (mode === 'central' ? 2 * lambda : lambda) : 0;
  for (let at = 0; at < differences.length; at++) differences[at]! *= factor;
  return differences;
}

/** What the perturbation changed, as a policy receives it. */
export function outcomeOf(differences: Float32Array, n: number): PerturbationOutcome {
  let coordinates = 0;
  let rows = 0;
  let size = 0;
  for (let row = 0; row < differences.length; row += n) {
    let changed = 0;
    let ones = 0;
    for (let i = row; i < row + n; i++) {
      if (differences[i] !== 0) changed++;
      ones += differences[i]!;
    }
    coordinates += changed;
    size += ones * ones;
    if (changed > 0) rows++;
  }
  const count = differences.length / n;
  return { changedCoordinates: coordinates / count, changedShare: rows / count, changedSize: size / count };
}
