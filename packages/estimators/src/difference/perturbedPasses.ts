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

  constructor(settings: PassSettings) {
    this.#settings = settings;
    this.#structure = kernelStructureOf(settings.solver);
  }

  start(call: PassCall): PerturbedPass {
    const onArrays = () => new ArrayPass(this.#settings, call, this.#scratch);
    return KernelPass.start(this.#settings, this.#structure, call, onArrays) ?? onArrays();
  }
}
