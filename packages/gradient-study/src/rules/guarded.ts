import { noiseScaled } from '@aimle/estimators';
import { Differences } from '../sampling/difference.js';
import { movedAlong } from './direction.js';
import { divide, outcomeOf, scalesOf } from './policyRule.js';
import type { StudyRule } from './rule.js';

/** Settings of {@link guardedRule}. */
export interface GuardOptions {
  /** The target share of changed samples at S = 1. At S it is this times S^(-1/3). */
  readonly share: number;
  /** Whether the estimate shrinks by exp(1 - exp(m)) when lambda is raised by exp(m). */
  readonly damped: boolean;
  readonly warmUp?: number;
}

/** The speed of the guard, and the weight of the past in its running share. */
const GAIN = 0.1;
const DECAY = 0.9;

/**
 * Builds `noiseScaled` with a guard for nearly deterministic instances: lambda is multiplied by exp(m), m >= 0, while
 * the running share of changed samples is below its target.
 *
 * `damped` multiplies the estimate by exp(1 - exp(m)). A state that only a perturbation of exp(m) times the width can
 * change lies that far out in the exponential tail of the noise, so its true gradient is small as well.
 *
 * @example
 * ```ts
 * import { guardedRule } from '@aimle/gradient-study';
 *
 * guardedRule('guarded', { share: 0.85, damped: true, warmUp: 60 }).warmUp; // => 60
 * ```
 */
export function guardedRule(name: string, { share, damped, warmUp = 0 }: GuardOptions): StudyRule {
  const policy = noiseScaled();
  return {
    name,
    warmUp,
    begin(context) {
      const { problem, noise, samples, mode } = context;
      const along = movedAlong('corrected', context);
      let state = policy.init();
      const { distribution, size } = problem.structure;
      const differences = new Differences(distribution, samples);
      const target = share * samples ** (-1 / 3);
      let changed = target;
      let raise = 0;
      return (theta, rows) => {
        const moved = along(theta, rows);
        const scales = scalesOf(theta, moved, noise.std * problem.temperature);
        const lambda = policy.lambda(state, scales) * Math.exp(raise);
        const found = differences.solve(moved, () => lambda)[mode];
        const outcome = outcomeOf(found, size);
        state = policy.update(state, outcome);
        const damping = damped ? Math.exp(1 - Math.exp(raise)) : 1;
        changed = DECAY * changed + (1 - DECAY) * outcome.changedShare;
        const missing = Math.log(target / Math.max(changed, Number.MIN_VALUE));
        raise = Math.max(0, raise + GAIN * Math.max(-1, Math.min(1, missing)));
        return divide(found, lambda / damping, mode);
      };
    },
  };
}
