import { foldIn, type Key } from '@aimle/random';
import { signOf } from '../layer/structure.js';
import { mirrorPairs } from './antithetic.js';
import { type AveragedDifference, averageDifference, meanOfDraws } from './averageDifference.js';
import { sumRows } from './chooseLambda.js';
import { covariation, withoutCurvature } from './curvatureCorrection.js';
import { drawNoise, type Scratch, solveAt } from './perturbAndMap.js';
import {
  type Direction,
  factorsOf,
  noiseSignOf,
  type PassCall,
  type PassDifference,
  type PassSettings,
  type PerturbedPass,
  type UpperPoint,
  upperPointOf,
} from './perturbedPass.js';

/** A step of every row along its gradient. */
interface Step {
  readonly direction: Float32Array;
  /** Of each instance. */
  readonly length: Float64Array;
}

/** A pass on typed arrays, all rows at a time, with any solver and any noise. */
export class ArrayPass implements PerturbedPass {
  readonly z: Float32Array;
  readonly #settings: PassSettings;
  readonly #call: PassCall;
  readonly #scratch: Scratch;
  readonly #sign: 1 | -1;
  readonly #epsilon: Float32Array | null;
  #solves = 0;

  constructor(settings: PassSettings, call: PassCall, scratch: Scratch) {
    this.#settings = settings;
    this.#call = call;
    this.#scratch = scratch;
    this.#sign = signOf(settings.solver);
    this.#epsilon = this.#draw(call.key);
    this.z = new Float32Array(call.layout.rows * call.layout.size);
    this.#solve(this.#epsilon, settings.temperature.forward, 1, null, this.z);
  }

  epsilon(): Float32Array | null {
    return this.#epsilon;
  }

  along(gradient: Float32Array, c: number): Direction {
    const direction = withoutCurvature(gradient, this.z, c);
    return {
      rowSums: (factor) => sumRows(direction, this.#call.layout.size, factor),
      difference: (lambda, draws) => this.#difference(direction, lambda, draws),
    };
  }

  covariation(gradient: Float32Array): Float64Array | null {
    const { layout } = this.#call;
    const { mean: noiseMean } = this.#settings.noise;
    return covariation({ layout, z: this.z, gradient, epsilon: this.#epsilon, noiseMean });
  }

  #difference(direction: Float32Array, lambda: Float64Array, draws: number): PassDifference {
    this.#solves = 0;
    const { key } = this.#call;
    const differences = [this.#differenceOf(this.z, this.#epsilon, direction, lambda)];
    for (let draw = 1; this.#epsilon !== null && draw < draws; draw++) {
      const fresh = this.#draw(foldIn(key, `draw ${draw}`));
      differences.push(this.#differenceOf(null, fresh, direction, lambda));
    }
    return { ...meanOfDraws(differences), solves: this.#solves };
  }

  /** The difference under one draw of the noise. @param z - the state drawn with it, or `null` if unknown. */
  #differenceOf(
    z: Float32Array | null,
    epsilon: Float32Array | null,
    direction: Float32Array,
    lambda: Float64Array,
  ): AveragedDifference {
    const { temperature, thetaWeight, marginalSamples } = this.#settings;
    const { layout } = this.#call;
    const sign = this.#sign;
    const elements = layout.rows * layout.size;
    const solve = (side: 1 | 0 | -1, weight: 0 | 1, scratch: number): Float32Array => {
      // The gradient is that of a mean over samples: a sample's own gradient is `samples` times larger.
      const length = lambda.map((size) => side * sign * size * layout.samples);
      const step = side === 0 ? null : { direction, length };
      return this.#solve(epsilon, temperature.backward, weight, step, this.#scratch.take(scratch, elements));
    };
    const lower = solve(-1, thetaWeight, 1);
    const upper = ((point: UpperPoint) => {
      if (point === 'central') return solve(1, thetaWeight, 2);
      if (point === 'target') return solve(0, thetaWeight, 2);
      return z === null || point === 'plain' ? solve(0, 1, 2) : z;
    })(upperPointOf(this.#settings));
    const factors = factorsOf(this.#settings, sign, lambda, layout.samples);
    return averageDifference(upper, lower, factors, layout, marginalSamples);
  }

  #draw(key: Key): Float32Array | null {
    const { noise, mirror } = this.#settings;
    const { layout } = this.#call;
    const epsilon = drawNoise(noise, key, layout);
    if (mirror !== null && epsilon !== null) mirrorPairs(mirror, epsilon, layout, layout.samples);
    return epsilon;
  }

  #solve(
    epsilon: Float32Array | null,
    temperature: number,
    weight: 0 | 1,
    step: Step | null,
    z: Float32Array,
  ): Float32Array {
    const { layout, theta, context } = this.#call;
    const point = {
      theta,
      weight,
      gradient: step?.direction ?? null,
      step: step?.length ?? null,
      epsilon,
      temperature: noiseSignOf(this.#settings, this.#sign) * temperature,
    };
    solveAt(this.#settings.solver, point, layout, this.#scratch, z, context);
    this.#solves++;
    return z;
  }
}
