import { hostCallback, stopGradient, tensorEngine } from '@aimle/engine/operations';
import type * as tf from '@tensorflow/tfjs';
import { EstimatorBase } from '../layer/base.js';
import { requireDraw, requireTensor } from '../layer/callers.js';
import type { Estimator, JsonValue, SampleOptions } from '../layer/estimator.js';
import { refuseGradient, refuseTheta, zeroShare } from '../layer/finite.js';
import { instanceOfRow, type Layout, layoutOf } from '../layer/layout.js';
import { layoutOfLosses, lossesOf, overSamples } from '../layer/meanLoss.js';
import { refusePart } from '../layer/parts.js';
import type { RuleBase, RuleCall } from '../layer/rule.js';
import type { Baseline, DrawnLosses } from './baseline.js';

/** The rule of an estimator whose gradient goes through the probability of its states, not through the states. */
export interface ScoreRule extends Omit<RuleBase, 'state'> {
  readonly baseline: Baseline;
  /** Whether the baseline needs at least two samples. */
  readonly needsOthers?: boolean;
  /** Draws the states of a call; the result also has the vjp of their log-probability. */
  forward(theta: Float32Array, layout: Layout, call: RuleCall): ScorePass;
}

/** The states of one call of a {@link ScoreRule}. */
export interface ScorePass {
  /** rows * n numbers. */
  readonly z: Float32Array;
  readonly solverCalls: number;
  /** Sums over rows a coefficient times the gradient in theta of the row's log-probability: instances * n. */
  vjp(coefficients: Float64Array): Float32Array;
}

/** Makes an estimator from a rule that knows the score of its states. */
export function scoreEstimatorOf(rule: ScoreRule): Estimator {
  return new ScoreEstimator(rule);
}

/**
 * Computes the mean loss of states that are data. The gradient in theta is the score of each state, weighed by the
 * signal of its loss.
 */
class ScoreEstimator extends EstimatorBase<ScoreRule> implements Estimator {
  #state: JsonValue = this.rule.baseline.init();

  override get state(): JsonValue {
    return { baseline: this.rule.baseline.name, state: this.#state };
  }

  override set state(saved: JsonValue) {
    const { baseline } = this.rule;
    const { baseline: found, state } = (saved ?? {}) as { baseline?: string; state?: JsonValue };
    if (found !== baseline.name || state === undefined) {
      throw new RangeError(
        `${this.name}: the saved state must be of baseline "${baseline.name}", got ${JSON.stringify(saved)}`,
      );
    }
    baseline.check(state);
    this.#state = structuredClone(state);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: SampleOptions): tf.Tensor {
    return tensorEngine().tidy(() => this.#expectation(theta, loss, options));
  }

  #expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: SampleOptions): tf.Tensor {
    const { name, rule } = this;
    requireTensor(name, 'theta', theta);
    requireDraw(name, options);
    refusePart(name, options.part);
    const layout = layoutOf(name, rule.solver, theta.shape, options.samples);
    this.#refuseAlone(layout);
    const step = { samples: layout.samples };
    const host = new Float32Array(theta.dataSync());
    refuseTheta(name, host, layout.size);
    const { z, solverCalls, vjp } = rule.forward(host, layout, options);
    this.report({ ...step, solverCalls });
    const states = tensorEngine().makeTensor(z, [...layout.shape], 'float32');
    const drawn = lossesOfStates(name, states, layout, loss);
    const signal = rule.baseline.signal(drawn, theta, this.#state);
    const score = hostCallback(theta, {
      name,
      forward: () => ({ values: new Float32Array(drawn.layout.instances), shape: drawn.mean.shape }),
      backward: (gradient) => {
        refuseGradient(name, gradient, gradient.length, 1);
        const total = vjp(coefficients(signal.values, gradient, drawn.layout, layout.rows));
        // Learned only now: a solver that throws leaves the state as it was.
        if (gradient.length > 0) this.#state = signal.next(this.#state);
        this.report({ ...step, solverCalls, sparsity: zeroShare(total) });
        return total;
      },
    });
    const value = drawn.mean.add(score);
    // The baseline's loss adds its gradient, and 0 to the value.
    const { ownLoss } = signal;
    return ownLoss === null ? value : value.add(ownLoss.sub(stopGradient(ownLoss)));
  }

  #refuseAlone({ samples }: Layout): void {
    if (samples > 1 || !this.rule.needsOthers) return;
    throw new RangeError(
      `${this.name}: samples must be at least 2 for the baseline leave-one-out, got 1. Draw more, or use ` +
        'movingAverageBaseline().',
    );
  }
}

/** Computes the losses of states that are data. Throws when one is not finite. */
function lossesOfStates(
  name: string,
  z: tf.Tensor,
  states: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): DrawnLosses {
  const losses = lossesOf(name, z, states, loss);
  const values = Float64Array.from(losses.dataSync());
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new RangeError(`${name}: the loss must be finite, got ${values[at]} for state ${at} of the batch`);
  }
  return { losses, mean: overSamples(losses, states), values, layout: layoutOfLosses(states, losses) };
}

/**
 * Computes for each of `rows` states the signal of its loss times the gradient of the mean loss, over the number of
 * samples.
 */
function coefficients(
  signal: Float64Array,
  gradient: Float32Array,
  losses: Layout,
  rows: number,
): Float64Array {
  const instance = instanceOfRow(losses);
  const sharing = rows / Math.max(losses.rows, 1);
  return Float64Array.from({ length: rows }, (_, row) => {
    const at = Math.floor(row / sharing);
    return (signal[at]! * gradient[instance[at]!]!) / losses.samples;
  });
}
