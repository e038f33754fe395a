import { type Device, type DeviceDifference, device } from '@aimle/engine/operations';
import { foldIn } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { JsonValue, StepInfo } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';
import { meanOverParts } from '../layer/parts.js';
import type { Rule, RuleCall, RuleGradient, RulePass } from '../layer/rule.js';
import { requireSolver } from '../layer/structure.js';
import type { PerturbationPolicy, PerturbationScope } from '../perturbation/policy.js';
import { chooseLambda } from './chooseLambda.js';
import { type CurvatureState, curvatureCorrection, isBinary, learnFrom } from './curvatureCorrection.js';
import { deviceDescriptionOf, fromDevice, toDevice } from './devicePass.js';
import {
  type Direction,
  type PassCall,
  type PassDifference,
  type PassSettings,
  type PerturbedPass,
  upperPointOf,
} from './perturbedPass.js';
import { PerturbedPasses } from './perturbedPasses.js';

/** Settings that distinguish one finite-difference estimator from another. */
export interface DifferenceSettings
  extends Pick<PassSettings, 'solver' | 'noise' | 'difference'>,
    Partial<
      Pick<PassSettings, 'mirror' | 'temperature' | 'thetaWeight' | 'marginalSamples' | 'officialCode'>
    > {
  readonly name: string;
  /** The user's options, as given. */
  readonly options: object;
  readonly policy: PerturbationPolicy;
  readonly scope?: PerturbationScope;
  readonly curvatureCorrection?: boolean;
  /** The number of noise draws that a difference is averaged over, including that of z. */
  readonly draws?: number;
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
  readonly #passes: PerturbedPasses;
  #policy: JsonValue;
  #curvature: CurvatureState | null;
  /** The layer on the device that it was last used on, and whether what adapts has moved there since it was read. */
  #onDevice: { readonly device: Device; readonly layer: DeviceDifference | null } | null = null;
  #isAhead = false;

  constructor(settings: DifferenceSettings) {
    this.#settings = { ...plain, ...settings };
    this.name = settings.name;
    this.solver = settings.solver;
    this.options = settings.options;
    this.marginalSamples = this.#settings.marginalSamples;
    requireSolver(settings.name, settings.solver);
    this.#passes = new PerturbedPasses(this.#settings);
    this.#policy = settings.policy.init();
    this.#curvature = this.#settings.curvatureCorrection ? curvatureCorrection.init() : null;
  }

  get state(): JsonValue {
    this.#takeFromDevice();
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
    this.#giveToDevice();
  }

  forward(theta: Float32Array, layout: Layout, { key, context }: RuleCall): RulePass {
    const call: PassCall = { layout, theta, key, context };
    const pass = this.#passes.start(call);
    return { z: pass.z, solverCalls: 1, vjp: (gradient) => this.#gradient(call, pass, gradient) };
  }

  onDevice(
    theta: tf.Tensor,
    { batch, samples, events, shape, part }: Layout,
    { key, context }: RuleCall,
    onGradient: (read: () => Omit<StepInfo, 'samples'>) => void,
  ): tf.Tensor | null {
    if (context !== undefined || part !== undefined || theta.dtype !== 'float32') return null;
    const layer = this.#layerOf(device());
    if (layer === null) return null;
    const { noise, draws } = this.#settings;
    const made = noise.std === 0 ? 1 : draws;
    const streams = Array.from({ length: noise.std === 0 ? 0 : draws }, (_, draw) =>
      foldIn(draw === 0 ? key : foldIn(key, `draw ${draw}`), 'epsilon'),
    );
    const solves = 2 * made - (upperPointOf(this.#settings) === 'state' ? 1 : 0);
    const read = () => {
      const report = layer.readReport();
      return { ...report, solverCalls: report.lambda > 0 ? 1 + solves : 1 };
    };
    const whenAsked = () => {
      this.#isAhead = true;
      onGradient(read);
    };
    return layer.sample(theta, { batch, samples, events, shape, streams, onGradient: whenAsked });
  }

  #layerOf(found: Device | null): DeviceDifference | null {
    if (found === null || found.isSoftware || found.difference === undefined) return null;
    if (this.#onDevice?.device !== found) {
      this.#takeFromDevice();
      const description = deviceDescriptionOf(this.#settings);
      this.#onDevice = { device: found, layer: description && found.difference(description) };
      this.#giveToDevice();
    }
    return this.#onDevice.layer;
  }

  #takeFromDevice(): void {
    const layer = this.#onDevice?.layer;
    if (!this.#isAhead || !layer) return;
    const { policy, curvature } = fromDevice(this.#settings.policy.name, layer.readState());
    // Only now: a reading that throws what a pass refused must be made again.
    this.#isAhead = false;
    this.#policy = policy;
    if (this.#curvature !== null) this.#curvature = curvature;
  }

  #giveToDevice(): void {
    this.#isAhead = false;
    this.#onDevice?.layer?.writeState(toDevice(this.#settings.policy.name, this.#policy, this.#curvature));
  }

  #gradient(call: PassCall, pass: PerturbedPass, gradient: Float32Array): RuleGradient {
    const { policy, scope, noise, temperature, draws } = this.#settings;
    const { layout, theta } = call;
    // An empty batch teaches nothing.
    if (layout.instances === 0) return { gradient: new Float32Array(0), solverCalls: 0 };
    this.#takeFromDevice();
    const { direction, curvature } = this.#direction(call, pass, gradient);
    const noiseStd = noise.std * temperature.backward;
    const lambda = chooseLambda(policy, this.#policy, scope, layout, theta, direction, noiseStd, draws);
    const [mean, perturbed] = meanOverParts(layout, [
      lambda.reduce((sum, size) => sum + size, 0) / lambda.length,
      lambda.some((size) => size > 0) ? 1 : 0,
    ]) as [number, number];
    // Without a perturbation all solutions are the same, so none is computed.
    const averaged = perturbed > 0 ? direction.difference(lambda, draws) : noDifference(layout);
    const [changedCoordinates, changedShare, changedSize] = meanOverParts(layout, [
      averaged.changedCoordinates,
      averaged.changedShare,
      averaged.changedSize,
    ]) as [number, number, number];
    // Learned only now: a solver that throws leaves the state as it was.
    this.#policy = policy.update(this.#policy, { changedCoordinates, changedShare, changedSize });
    this.#curvature = curvature;
    this.#giveToDevice();
    return {
      gradient: averaged.gradient,
      solverCalls: averaged.solves,
      lambda: mean,
      changedCoordinates,
      changedShare,
    };
  }

  /** Returns the direction that theta is moved along, from what earlier passes learned, and what this one adds to it. */
  #direction(
    { layout }: PassCall,
    pass: PerturbedPass,
    gradient: Float32Array,
  ): { readonly direction: Direction; readonly curvature: CurvatureState | null } {
    const before = this.#curvature;
    if (before === null) return { direction: pass.along(gradient, 0), curvature: null };
    // Other states in one part rule the correction out for all of them.
    if (layout.part?.sum([isBinary(pass.z) ? 0 : 1])[0]) {
      return { direction: pass.along(gradient, 0), curvature: before };
    }
    const scale = layout.samples;
    const direction = pass.along(gradient, curvatureCorrection.estimate(before) / scale);
    const curvature = learnFrom(before, layout, scale, pass.covariation(gradient));
    return { direction, curvature };
  }
}

function noDifference({ instances, size }: Layout): PassDifference {
  const gradient = new Float32Array(instances * size);
  return { gradient, changedCoordinates: 0, changedShare: 0, changedSize: 0, solves: 0 };
}
