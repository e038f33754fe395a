import type * as tf from '@tensorflow/tfjs';
import type { MomentArrays, Moments } from '../optimiser/moments.js';
import { tensorEngine } from './tensorEngine.js';

/**
 * Subsets of at least `low` and at most `high` of `size` items: the best scores, and of those after the first `low` only
 * the ones of 0 or more.
 *
 * @experimental
 */
export interface SubsetStructure {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How lambda is chosen; policies of the same names in @aimle/estimators have the formulas.
 *
 * @experimental
 */
export type DevicePolicy =
  | { readonly name: 'fixed'; readonly lambda: number }
  | { readonly name: 'noise-scaled'; readonly scaleWithBatch: boolean }
  | {
      readonly name: 'paper';
      readonly step: number;
      readonly target: number;
      readonly decay: number;
      readonly momentum: number;
    };

/**
 * A layer of finite differences of perturb-and-MAP, as data.
 *
 * @experimental
 */
export interface DifferenceDescription {
  /** The name of the layer in errors. */
  readonly name: string;
  readonly structure: SubsetStructure;
  /** Whether infinite scores are refused, too, not only NaN. */
  readonly finite: boolean;
  /** -1 for a minimiser, whose scores are -theta. */
  readonly sign: 1 | -1;
  /** The cubics of the quantiles, as `Noise.quantiles` of @aimle/random gives them; null without noise. */
  readonly noise: {
    readonly cells: Float64Array;
    readonly shift: number;
    readonly mean: number;
    readonly std: number;
  } | null;
  /** The factors of the noise in a score. */
  readonly temperature: { readonly forward: number; readonly backward: number };
  /** Whether theta counts in the points that the gradient moves. */
  readonly thetaWeight: 0 | 1;
  /** What stands above the lower point. */
  readonly upper: 'central' | 'state' | 'plain' | 'target';
  /** The factor of a difference, before its division by lambda if that is wanted. */
  readonly factor: (samples: number) => number;
  readonly divided: boolean;
  readonly draws: number;
  readonly policy: DevicePolicy;
  readonly curvatureCorrection: boolean;
  /** The errors of a theta and of a gradient that were refused, by the place of their element. */
  readonly refusals: { theta(element: number): Error; gradient(element: number): Error };
}

/**
 * The rows of one call, and the streams of its noise: that of z, and those of further draws.
 *
 * @experimental
 */
export interface DeviceCall {
  readonly batch: number;
  readonly samples: number;
  readonly events: number;
  readonly shape: readonly number[];
  readonly streams: readonly (readonly [number, number])[];
  /** Is told when the gradient has been asked for. */
  onGradient(): void;
}

/**
 * What adapts: numbers of the policy, and of the curvature.
 *
 * @experimental
 */
export interface DeviceState {
  readonly policy: readonly [number, number, number];
  readonly curvature: readonly [number, number, number, number];
}

/**
 * What the latest backward pass did.
 *
 * @experimental
 */
export interface DeviceReport {
  readonly lambda: number;
  readonly changedCoordinates: number;
  readonly changedShare: number;
  readonly sparsity: number;
}

/**
 * A layer on a device. Nothing is read within a step; what a step refused is thrown by a later call.
 *
 * @experimental
 */
export interface DeviceDifference {
  /** Draws states, differentiable in theta. Null where they need more memory than a program may use. */
  sample(theta: tf.Tensor, call: DeviceCall): tf.Tensor | null;
  /** Reads what adapts. It waits for the device, unless the numbers have arrived. */
  readState(): DeviceState;
  writeState(state: DeviceState): void;
  readReport(): DeviceReport;
}

/**
 * A GPU that computes without sending its numbers to the host.
 *
 * @experimental
 */
export interface Device {
  /** Whether the GPU is emulated by the processor, where the host is faster. Layers then stay on the host. */
  readonly isSoftware: boolean;
  /** Makes a layer; absent where the device has no programs for it. */
  difference?(description: DifferenceDescription): DeviceDifference;
}

/** A device, and what this package itself computes there. */
export interface OwnDevice extends Device {
  /** Makes the moments of an optimiser that stay on the device. */
  moments(arrays: MomentArrays): Moments;
}

const devices = new WeakMap<object, OwnDevice>();

/** Notes the device of the backend in use. */
export function installDevice(found: OwnDevice): void {
  devices.set(tensorEngine().backend, found);
}

/** The device of the backend in use, with what is private to this package. */
export function ownDevice(): OwnDevice | null {
  return devices.get(tensorEngine().backend) ?? null;
}

/**
 * Returns the device of the backend in use; `null` where the host computes. `useEngine` starts it on webgl and webgpu.
 *
 * @experimental
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { device } from '@aimle/engine/operations';
 *
 * await useEngine('wasm', { report: () => {} });
 * device(); // => null
 * ```
 */
export function device(): Device | null {
  return ownDevice();
}
