import type { DevicePolicy, DeviceState, DifferenceDescription } from '@aimle/engine/operations';
import type { JsonValue } from '../layer/estimator.js';
import { gradientError, thetaError } from '../layer/finite.js';
import { signOf } from '../layer/structure.js';
import type { NoiseScaledOptions, NoiseScaledState } from '../perturbation/noiseScaled.js';
import type { PaperAdaptiveOptions, PaperState } from '../perturbation/paperAdaptive.js';
import type { PerturbationPolicy, PerturbationScope } from '../perturbation/policy.js';
import type { CurvatureState } from './curvatureCorrection.js';
import { kernelStructureOf } from './kernelStructure.js';
import { factorsOf, noiseSignOf, type PassSettings, upperPointOf } from './perturbedPass.js';

/** What a device needs to know of an estimator. */
interface Settings extends PassSettings {
  readonly name: string;
  readonly policy: PerturbationPolicy;
  readonly scope: PerturbationScope;
  readonly curvatureCorrection: boolean;
  readonly draws: number;
}

/** Above this many items, devices know only subsets of a fixed number. */
const MOST_BOUNDED = 1024;

/** Returns an estimator as data, for a device that knows subsets; null where something of it is not data. */
export function deviceDescriptionOf(settings: Settings): DifferenceDescription | null {
  const { name, solver, noise, mirror, temperature, thetaWeight, marginalSamples, scope, draws } = settings;
  const structure = kernelStructureOf(solver);
  const policy = devicePolicyOf(settings.policy);
  if (structure?.bounds === undefined || structure.solve !== solver.solve || policy === null) return null;
  if (mirror !== null || marginalSamples > 1 || scope === 'instance') return null;
  const { low, high } = structure.bounds;
  if (low !== high && solver.size > MOST_BOUNDED) return null;
  const isSilent = noise.std === 0;
  if (!isSilent && noise.quantiles === undefined) return null;
  const sign = signOf(solver);
  const noiseSign = sign * noiseSignOf(settings, sign);
  const one = Float64Array.of(1);
  return {
    name,
    structure: { size: solver.size, low, high },
    finite: structure.finite,
    sign,
    noise: isSilent ? null : { ...noise.quantiles!(), mean: noise.mean, std: noise.std },
    temperature: { forward: noiseSign * temperature.forward, backward: noiseSign * temperature.backward },
    thetaWeight,
    upper: upperPointOf(settings),
    // Of lambda 1, by which the device divides.
    factor: (samples) => factorsOf(settings, sign, one, samples)[0]!,
    divided: settings.officialCode.undividedDifference !== true,
    draws,
    policy,
    curvatureCorrection: settings.curvatureCorrection,
    refusals: {
      theta: (element) => thetaError(name, element, solver.size, structure.finite),
      gradient: (element) => gradientError(name, element, solver.size),
    },
  };
}

function devicePolicyOf({ description }: PerturbationPolicy): DevicePolicy | null {
  if (description?.name === 'fixed') {
    return { name: 'fixed', lambda: (description.options as { lambda: number }).lambda };
  }
  if (description?.name === 'noise-scaled') {
    const { scaleWithBatch = true } = description.options as NoiseScaledOptions;
    return { name: 'noise-scaled', scaleWithBatch };
  }
  if (description?.name === 'paper') {
    const {
      step = 1e-3,
      target = 1,
      decay = 0.9,
      momentum = 0,
    } = description.options as PaperAdaptiveOptions;
    return { name: 'paper', step, target, decay, momentum };
  }
  return null;
}

/** Writes the states of a policy and of the curvature as a device keeps them. */
export function toDevice(name: string, policy: JsonValue, curvature: CurvatureState | null): DeviceState {
  const { gradient = 0, state = 0, gradientNoise = 0, stateNoise = 0 } = curvature ?? {};
  return {
    policy: numbersOf(name, policy),
    curvature: [gradient, state, gradientNoise, stateNoise],
  };
}

function numbersOf(name: string, state: JsonValue): DeviceState['policy'] {
  if (name === 'noise-scaled') {
    const { size, coordinates } = state as NoiseScaledState;
    return [size, coordinates, 0];
  }
  if (name !== 'paper') return [0, 0, 0];
  const { alpha, changed, move } = state as PaperState;
  return [alpha, changed, move];
}

/** Reads them back. */
export function fromDevice(
  name: string,
  { policy: [a, b, c], curvature }: DeviceState,
): { readonly policy: JsonValue; readonly curvature: CurvatureState } {
  const [gradient, state, gradientNoise, stateNoise] = curvature;
  return {
    policy:
      name === 'noise-scaled'
        ? { size: a, coordinates: b }
        : name === 'paper'
          ? { alpha: a, changed: b, move: c }
          : null,
    curvature: { gradient, state, gradientNoise, stateNoise },
  };
}
