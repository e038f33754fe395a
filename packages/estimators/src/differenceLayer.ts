import { hostFunction } from '@aimle/engine';
import { foldIn, type Key, type Noise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import { type AveragedDifference, averageDifference, meanOfDraws } from './averageDifference.js';
import type { Compatibility } from './compatibility.js';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer, StepInfo } from './estimator.js';
import { type Layout, layoutOf, refuseGradient, refuseTheta } from './layout.js';
import { meanLoss } from './meanLoss.js';
import { modeOf } from './mode.js';
import { mirrorPairs } from './noise/antithetic.js';
import { drawNoise, type Point, Scratch, signOf, solveAt } from './perturbAndMap.js';
import type { PerturbationPolicy, Scope, Slope } from './perturbation/policy.js';
import { chooseLambda } from './perturbation/scales.js';
import { alongSecant, type SecantState, secant } from './perturbation/secant.js';
import { stepInfo } from './stepInfo.js';
import { type Structure, solverOf } from './structure.js';

/** Everything that tells one finite-difference estimator from another. */
export interface DifferenceSettings {
  readonly noise: Noise;
  /** What turns a draw into its antithetic twin; null where all draws are independent. */
  readonly mirror: ((epsilon: number) => number) | null;
  readonly difference: 'central' | 'forward';
  readonly policy: PerturbationPolicy;
  readonly scope: Scope;
  readonly slope: Slope;
  readonly temperature: { readonly forward: number; readonly backward: number };
  /** 1: the target is theta moved along the loss; 0: the loss direction alone. */
  readonly thetaWeight: 0 | 1;
  readonly marginalSamples: number;
  /** How many draws of the noise a difference is averaged over, z's own among them. */
  readonly draws: number;
  readonly compatibility: Compatibility;
}

/**
 * A layer whose gradient is the difference of two solutions, under the same noise, on either side of theta.
 *
 * For a maximiser (a minimiser has the signs of lambda and epsilon turned, and the result's):
 *
 *   central   [MAP(w theta + lambda g + epsilon) - MAP(w theta - lambda g + epsilon)] / (2 lambda)
 *   forward   [MAP(theta + epsilon) - MAP(w theta - lambda g + epsilon)] / lambda
 *
 * and the mean of such differences where there is more than one draw of the noise.
 */
export class DifferenceLayer implements Layer {
  readonly name: string;
  readonly solver: Solver;
  readonly #settings: DifferenceSettings;
  readonly #scratch = new Scratch();
  #state: JsonValue;
  #secant: SecantState | null;

  constructor(name: string, structure: Structure, settings: DifferenceSettings) {
    this.name = name;
    this.solver = solverOf(name, structure);
    this.#settings = settings;
    this.#state = settings.policy.init();
    this.#secant = settings.slope === 'secant' ? secant.init() : null;
  }

  get state(): JsonValue {
    const policy = { policy: this.#settings.policy.name, state: this.#state };
    return this.#secant === null ? policy : { ...policy, secant: this.#secant };
  }

  set state(saved: JsonValue) {
    const policy = this.#settings.policy.name;
    const {
      policy: found,
      state,
      secant: slope,
    } = (saved ?? {}) as { [name: string]: JsonValue | undefined };
    if (found !== policy || state === undefined) {
      throw new RangeError(
        `${this.name}: the saved state must be of policy "${policy}", got ${JSON.stringify(saved)}`,
      );
    }
    this.#settings.policy.check(state);
    if (this.#secant !== null) {
      secant.check(slope ?? null);
      this.#secant = slope as SecantState;
    }
    this.#state = state;
  }

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, this.solver, theta, context);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected {
    return meanLoss(this.name, this.apply(theta, options), loss);
  }

  apply(theta: tf.Tensor, { key, samples = 1, context }: ApplyOptions): Applied {
    const { noise, mirror, temperature, marginalSamples, compatibility } = this.#settings;
    const layout = layoutOf(this.name, this.solver, theta.shape, samples, marginalSamples);
    const info = stepInfo(0, layout.samples);
    const noiseSign = compatibility.addedNoise ? 1 : signOf(this.solver);
    const draw = (drawKey: Key): Float32Array | null => {
      const epsilon = drawNoise(noise, drawKey, layout);
      if (mirror !== null && epsilon !== null) mirrorPairs(mirror, epsilon, layout, layout.samples);
      return epsilon;
    };
    const epsilon = draw(key);
    let origin: Point;
    let values: Float32Array;
    const z = hostFunction(theta, {
      forward: (host) => {
        refuseTheta(this.name, host, layout.size);
        origin = {
          theta: host,
          weight: 1,
          gradient: null,
          step: null,
          epsilon,
          temperature: noiseSign * temperature.forward,
        };
        values = new Float32Array(layout.rows * layout.size);
        this.#solve(origin, layout, values, info, context);
        return { values, shape: layout.shape };
      },
      backward: (gradient) => {
        const fresh = (index: number): Float32Array | null => draw(foldIn(key, `draw ${index}`));
        return this.#backward(origin, values, gradient, fresh, layout, info, context);
      },
    });
    return { z, info };
  }

  #solve(point: Point, layout: Layout, z: Float32Array, info: StepInfo, context?: Context): Float32Array {
    solveAt(this.solver, point, layout, this.#scratch, z, context);
    info.solverCalls++;
    return z;
  }

  #backward(
    origin: Point,
    z: Float32Array,
    gradient: Float32Array,
    fresh: (index: number) => Float32Array | null,
    layout: Layout,
    info: StepInfo,
    context?: Context,
  ): Float32Array {
    const { policy, scope, noise, temperature, draws } = this.#settings;
    refuseGradient(this.name, gradient, layout.size);
    const slope = this.#slope(gradient, z, origin.epsilon, layout);
    const noiseStd = noise.std * temperature.backward;
    const lambda = chooseLambda(policy, this.#state, scope, layout, origin.theta, slope, noiseStd, draws);
    const differences = [this.#difference(origin, z, slope, lambda, layout, info, context)];
    // Where nothing is perturbed, other noise would tell no more.
    const wanted = lambda.some((size) => size > 0) && origin.epsilon !== null ? draws : 1;
    for (let draw = 1; draw < wanted; draw++) {
      const again = { ...origin, epsilon: fresh(draw) };
      differences.push(this.#difference(again, null, slope, lambda, layout, info, context));
    }
    const averaged = meanOfDraws(differences);
    this.#state = policy.update(this.#state, averaged);
    info.lambda = lambda.reduce((sum, size) => sum + size, 0) / Math.max(lambda.length, 1);
    info.changedCoordinates = averaged.changedCoordinates;
    info.changedShare = averaged.changedShare;
    info.sparsity = averaged.sparsity;
    return averaged.gradient;
  }

  /** The difference under one draw of the noise. @param z - what was drawn with it, or `null` where that is not known. */
  #difference(
    origin: Point,
    z: Float32Array | null,
    slope: Float32Array,
    lambda: Float64Array,
    layout: Layout,
    info: StepInfo,
    context?: Context,
  ): AveragedDifference {
    const { temperature, thetaWeight, difference, compatibility, marginalSamples } = this.#settings;
    const elements = layout.rows * layout.size;
    const sign = signOf(this.solver);
    const noiseSign = compatibility.addedNoise ? 1 : sign;
    const target = (direction: 1 | 0 | -1, weight: 0 | 1): Point => ({
      theta: origin.theta,
      weight,
      gradient: direction === 0 ? null : slope,
      // The tensor engine hands over dL/dz of a mean over samples: a sample's own gradient is `samples` times that.
      step: direction === 0 ? null : lambda.map((size) => direction * sign * size * layout.samples),
      epsilon: origin.epsilon,
      temperature: noiseSign * temperature.backward,
    });
    const solve = (point: Point, scratch: number): Float32Array =>
      this.#solve(point, layout, this.#scratch.take(scratch, elements), info, context);

    let lower = z ?? this.#scratch.take(1, elements);
    let upper = lower;
    // Without a perturbation both solutions are the same one: no need to look for it twice.
    if (lambda.some((size) => size > 0)) {
      lower = solve(target(-1, thetaWeight), 1);
      if (difference === 'central') upper = solve(target(1, thetaWeight), 2);
      else if (compatibility.leftPoint === 'resolved') upper = solve(target(0, thetaWeight), 2);
      // z was drawn at another temperature, and the difference must not measure that.
      else if (temperature.forward !== temperature.backward && compatibility.leftPoint !== 'reused') {
        upper = solve(target(0, 1), 2);
      } else if (z === null) upper = solve(target(0, 1), 2);
    }

    const halved = difference === 'central' ? 2 : 1;
    const mismatch = compatibility.mismatchedLambda ? 1 / Math.sqrt(layout.samples) : 1;
    const scale = lambda.map((size) =>
      size > 0 ? sign / (halved * (compatibility.undividedDifference ? 1 : size * mismatch)) : 0,
    );
    return averageDifference(upper, lower, scale, layout, marginalSamples);
  }

  /** What theta is moved along, by what was known before this pass; then learns from it. */
  #slope(
    gradient: Float32Array,
    z: Float32Array,
    epsilon: Float32Array | null,
    layout: Layout,
  ): Float32Array {
    if (this.#secant === null) return gradient;
    const scale = layout.samples;
    const slope = alongSecant(gradient, z, secant.curvature(this.#secant) / scale);
    const noiseMean = this.#settings.noise.mean;
    this.#secant = secant.learn(this.#secant, { layout, z, gradient, scale, epsilon, noiseMean });
    return slope;
  }
}
