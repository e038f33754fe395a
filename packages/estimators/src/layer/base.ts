import { hostCallback } from '@aimle/engine/operations';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import { requireTensor } from './callers.js';
import type { JsonValue, StepInfo } from './estimator.js';
import { refuseTheta } from './finite.js';
import { layoutOf } from './layout.js';
import type { RuleBase } from './rule.js';
import { requireSolver } from './structure.js';

type Step = Pick<StepInfo, 'solverCalls' | 'samples'> & Partial<StepInfo>;

/** The base of all estimators: name, structure, mode, adaptive state, and the report of the latest step. */
export class EstimatorBase<R extends RuleBase> {
  protected readonly rule: R;
  #lastStep: StepInfo | (() => Step) | null = null;

  constructor(rule: R) {
    requireSolver(rule.name, rule.solver);
    this.rule = rule;
  }

  get name(): string {
    return this.rule.name;
  }

  get solver(): Solver {
    return this.rule.solver;
  }

  get options(): object {
    return this.rule.options;
  }

  get state(): JsonValue {
    return this.rule.state ?? null;
  }

  set state(saved: JsonValue) {
    // A copy: a checkpoint that is edited afterwards must not reach the estimator.
    if (this.rule.state !== undefined) this.rule.state = structuredClone(saved);
    else if (saved !== null) {
      throw new RangeError(
        `${this.name}: a saved state must be null, since this estimator does not adapt, got ${JSON.stringify(saved)}`,
      );
    }
  }

  get lastStep(): StepInfo | null {
    const step = this.#lastStep;
    if (typeof step !== 'function') return step;
    this.report(step());
    return this.#lastStep as StepInfo;
  }

  /** Records a step, or how it is read when somebody asks. Fields left out do not apply or are not known yet. */
  protected report(step: Step | (() => Step)): void {
    const unknown = { lambda: null, changedCoordinates: null, changedShare: null, sparsity: null };
    this.#lastStep = typeof step === 'function' ? step : Object.freeze({ ...unknown, ...step });
  }

  /** MAP(theta) for every instance, in theta's shape. It is piecewise constant, so its gradient is zero. */
  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    const { name, solver } = this.rule;
    requireTensor(name, 'theta', theta);
    const { instances, size } = layoutOf(name, solver, theta.shape, undefined);
    return hostCallback(theta, {
      name,
      forward: (host) => {
        refuseTheta(name, host, size);
        const values = this.rule.mode?.(host, context) ?? new Float32Array(host.length);
        if (this.rule.mode === undefined) solver.solve(host, values, instances, context);
        return { values, shape: theta.shape };
      },
      backward: (gradient) => new Float32Array(gradient.length),
    });
  }
}
