import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { ArrayPass } from './arrayPass.js';
import { KernelPass } from './kernelPass.js';
import { type KernelStructure, kernelStructureOf } from './kernelStructure.js';
import { Scratch } from './perturbAndMap.js';
import type { PassCall, PassSettings, PerturbedPass } from './perturbedPass.js';

/**
 * Starts the passes of an estimator: in WebAssembly where kernels are loaded and know the solver and the noise,
 * otherwise on typed arrays. Both give the same numbers to the last bit.
 */
export class PerturbedPasses {
  readonly #settings: PassSettings;
  readonly #structure: KernelStructure | null;
  readonly #scratch = new Scratch();

  /** Passes whose backward pass is another estimator's: only the states that they draw count. */
  static ofSolutions(
    solver: Solver,
    noise: Noise,
    temperature: PassSettings['temperature'],
  ): PerturbedPasses {
    return new PerturbedPasses({
      solver,
      noise,
      temperature,
      mirror: null,
      difference: 'central',
      thetaWeight: 1,
      marginalSamples: 1,
      officialCode: {},
    });
  }

  constructor(settings: PassSettings) {
    this.#settings = settings;
    this.#structure = kernelStructureOf(settings.solver);
  }

  start(call: PassCall): PerturbedPass {
    const onArrays = () => new ArrayPass(this.#settings, call, this.#scratch);
    return KernelPass.start(this.#settings, this.#structure, call, onArrays) ?? onArrays();
  }
}
