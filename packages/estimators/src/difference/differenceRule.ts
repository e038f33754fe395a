import { foldIn, type Key, type Noise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';
import type { Rule, RuleCall, RuleGradient, RulePass } from '../layer/rule.js';
import { requireSolver, signOf } from '../layer/structure.js';
import type { PerturbationPolicy, PerturbationScope } from '../perturbation/policy.js';
import { mirrorPairs } from './antithetic.js';
import { type AveragedDifference, averageDifference, meanOfDraws } from './averageDifference.js';
import { chooseLambda } from './chooseLambda.js';
import { type CurvatureState, curvatureCorrection, withoutCurvature } from './curvatureCorrection.js';
import type { OfficialCode } from './officialCode.js';
import { drawNoise, type Point, Scratch, solveAt } from './perturbAndMap.js';

/** Settings that distinguish one finite-difference estimator from another. */
export interface DifferenceSettings {
  readonly name: string;
  readonly solver: Solver;
  /** The user's options, as given. */
  readonly options: object;
  readonly noise: Noise;
  /** Maps a draw to its antithetic twin; null where all draws are independent. */
  readonly mirror?: ((epsilon: number) => number) | null;
  readonly difference: 'central' | 'forward';
  readonly policy: PerturbationPolicy;
  readonly scope?: PerturbationScope;
  readonly curvatureCorrection?: boolean;
  readonly temperature?: { readonly forward: number; readonly backward: number };
  /** 1: the target is theta moved along the loss; 0: only the direction of the loss. */
  readonly thetaWeight?: 0 | 1;
  readonly marginalSamples?: number;
  /** The number of noise draws that a difference is averaged over, including that of z. */
  readonly draws?: number;
  readonly officialCode?: OfficialCode;
}

/** Defaults of the settings that only some estimators have. */
const plain = {
  mirror: null,
  scope: 'batch',
  curvatureCorrection: false,
  temperature: { forward: 1, backward: 1 },
  thetaWeight: 1,
  marginalSamples: 1,
  draws: 1,
  officialCode: {},
} as const;

/** What the passes of one call share. */
interface Call {
  readonly layout: Layout;
  readonly theta: Float32Array;
  readonly context: Context | undefined;
  /** Batched solves so far. */
  solves: number;
}

/**
 * Implements the rule whose gradient is the difference of two solutions under the same noise, on either side of
 * theta.
 *
 * For a maximiser (for a minimiser lambda, epsilon and the result change sign):
 *
 *   central   [MAP(w theta + lambda g + epsilon) - MAP(w theta - lambda g + epsilon)] / (2 lambda)
 *   forward   [MAP(theta + epsilon) - MAP(w theta - lambda g + epsilon)] / lambda
 *
 * and the mean of such differences where there is more than one draw of the noise.
 */
export class DifferenceRule implements Rule {
  readonly name: string;
  readonly solver: Solver;
  readonly options: object;
  readonly marginalSamples: number;
  readonly #settings: DifferenceSettings & Required<Pick<DifferenceSettings, keyof typeof plain>>;
  readonly #scratch = new Scratch();
  readonly #sign: 1 | -1;
  readonly #noiseSign: 1 | -1;
  #policy: JsonValue;
  #curvature: CurvatureState | null;

  constructor(settings: DifferenceSettings) {
    this.#settings = { ...plain, ...settings };
    this.name = settings.name;
    this.solver = settings.solver;
    this.options = settings.options;
    this.marginalSamples = this.#settings.marginalSamples;
    requireSolver(settings.name, settings.solver);
    this.#sign = signOf(settings.solver);
    this.#noiseSign = this.#settings.officialCode.addedNoise ? 1 : this.#sign;
    this.#policy = settings.policy.init();
    this.#curvature = this.#settings.curvatureCorrection ? curvatureCorrection.init() : null;
  }

  get state(): JsonValue {
    const policy = { policy: this.#settings.policy.name, state: this.#policy };
    return this.#curvature === null ? policy : { ...policy, curvature: this.#curvature };
  }

  set state(saved: JsonValue) {
    const wanted = this.#settings.policy.name;
    const found = (saved ?? {}) as { [name: string]: JsonValue | undefined };
    if (found['policy'] !== wanted || found['state'] === undefined) {
      throw new RangeError(
        `${this.name}: the saved state must be of policy "${wanted}", got ${JSON.stringify(saved)}`,
      );
    }
    this.#settings.policy.check(found['state']);
    if (this.#curvature !== null) {
      curvatureCorrection.check(found['curvature'] ?? null);
      this.#curvature = found['curvature'] as CurvatureState;
    }
    this.#policy = found['state'];
  }

  forward(theta: Float32Array, layout: Layout, { key, context }: RuleCall): RulePass {
    const call: Call = { layout, theta, context, solves: 0 };
    const epsilon = this.#draw(key, layout);
    const z = new Float32Array(layout.rows * layout.size);
    this.#solve(call, this.#point(theta, epsilon, this.#settings.temperature.forward), z);
    return {
      z,
      solverCalls: call.solves,
      vjp: (gradient) => {
        call.solves = 0;
        return this.#gradient(call, z, epsilon, gradient, key);
      },
    };
  }

  #draw(key: Key, layout: Layout): Float32Array | null {
    const { noise, mirror } = this.#settings;
    const epsilon = drawNoise(noise, key, layout);
    if (mirror !== null && epsilon !== null) mirrorPairs(mirror, epsilon, layout, layout.samples);
    return epsilon;
  }

  #point(theta: Float32Array, epsilon: Float32Array | null, temperature: number): Point {
    return {
      theta,
      weight: 1,
      gradient: null,
      step: null,
      epsilon,
      temperature: this.#noiseSign * temperature,
    };
  }

  #solve(call: Call, point: Point, z: Float32Array): Float32Array {
    solveAt(this.solver, point, call.layout, this.#scratch, z, call.context);
    call.solves++;
    return z;
  }

  #gradient(
    call: Call,
    z: Float32Array,
    epsilon: Float32Array | null,
    gradient: Float32Array,
    key: Key,
  ): RuleGradient {
    const { policy, scope, noise, temperature, draws } = this.#settings;
    const { layout, theta } = call;
    // An empty batch teaches nothing.
    if (layout.instances === 0) return { gradient: new Float32Array(0), solverCalls: 0 };
    const direction = this.#direction(gradient, z, epsilon, layout);
    const noiseStd = noise.std * temperature.backward;
    const lambda = chooseLambda(policy, this.#policy, scope, layout, theta, direction, noiseStd, draws);
    const perturbed = lambda.some((size) => size > 0);
    const differences = [this.#difference(call, z, epsilon, direction, lambda)];
    // Without a perturbation, more draws add nothing.
    for (let draw = 1; perturbed && epsilon !== null && draw < draws; draw++) {
      const fresh = this.#draw(foldIn(key, `draw ${draw}`), layout);
      differences.push(this.#difference(call, null, fresh, direction, lambda));
    }
    const averaged = meanOfDraws(differences);
    this.#policy = policy.update(this.#policy, averaged);
    return {
      gradient: averaged.gradient,
      solverCalls: call.solves,
      lambda: lambda.reduce((sum, size) => sum + size, 0) / Math.max(lambda.length, 1),
      changedCoordinates: averaged.changedCoordinates,
      changedShare: averaged.changedShare,
    };
  }

  /** The difference under one draw of the noise. @param z - the state drawn with it, or `null` if unknown. */
  #difference(
    call: Call,
    z: Float32Array | null,
    epsilon: Float32Array | null,
    direction: Float32Array,
    lambda: Float64Array,
  ): AveragedDifference {
    const { temperature, thetaWeight, difference, officialCode, marginalSamples } = this.#settings;
    const { layout, theta } = call;
    const elements = layout.rows * layout.size;
    const sign = this.#sign;
    const solve = (side: 1 | 0 | -1, weight: 0 | 1, scratch: number): Float32Array =>
      this.#solve(
        call,
        {
          ...this.#point(theta, epsilon, temperature.backward),
          weight,
          gradient: side === 0 ? null : direction,
          // The gradient is that of a mean over samples: a sample's own gradient is `samples` times larger.
          step: side === 0 ? null : lambda.map((size) => side * sign * size * layout.samples),
        },
        this.#scratch.take(scratch, elements),
      );

    let lower = z ?? this.#scratch.take(1, elements);
    let upper = lower;
    // Without a perturbation both solutions are the same, so none is computed.
    if (lambda.some((size) => size > 0)) {
      lower = solve(-1, thetaWeight, 1);
      if (difference === 'central') upper = solve(1, thetaWeight, 2);
      else if (officialCode.leftPoint === 'resolved') upper = solve(0, thetaWeight, 2);
      // z was drawn at another temperature, which must not count as a difference.
      else if (
        z === null ||
        (temperature.forward !== temperature.backward && officialCode.leftPoint !== 'reused')
      ) {
        upper = solve(0, 1, 2);
      }
    }

    const halved = difference === 'central' ? 2 : 1;
    const mismatch = officialCode.mismatchedLambda ? 1 / Math.sqrt(layout.samples) : 1;
    const scale = lambda.map((size) =>
      size > 0 ? sign / (halved * (officialCode.undividedDifference ? 1 : size * mismatch)) : 0,
    );
    return averageDifference(upper, lower, scale, layout, marginalSamples);
  }

  /** Computes the direction that theta is moved along from what earlier passes learned; then learns from this one. */
  #direction(
    gradient: Float32Array,
    z: Float32Array,
    epsilon: Float32Array | null,
    layout: Layout,
  ): Float32Array {
    if (this.#curvature === null) return gradient;
    const scale = layout.samples;
    const direction = withoutCurvature(gradient, z, curvatureCorrection.estimate(this.#curvature) / scale);
    const noiseMean = this.#settings.noise.mean;
    this.#curvature = curvatureCorrection.learn(this.#curvature, {
      layout,
      z,
      gradient,
      scale,
      epsilon,
      noiseMean,
    });
    return direction;
  }
}
