import { kernels } from '@aimle/kernels';
import { KernelDirection } from './kernelDirection.js';
import type { KernelStructure } from './kernelStructure.js';
import { drawnByKernels, KernelWorkspace } from './kernelWorkspace.js';
import { drawNoise } from './perturbAndMap.js';
import type { Direction, PassCall, PassSettings, PerturbedPass } from './perturbedPass.js';

/** A batch element with more numbers would take too much of the kernels' memory. */
const MOST = 2 ** 24;
/** Nanoseconds for each number, about. */
const COST_OF_COVARIATION = 4;

/**
 * A pass in WebAssembly: rows are perturbed, solved, compared and summed while they are in the cache, and noise is made
 * where it is needed. Every number is that of the pass on typed arrays.
 */
export class KernelPass implements PerturbedPass {
  readonly z: Float32Array;
  readonly #settings: PassSettings;
  readonly #call: PassCall;
  readonly #workspace: KernelWorkspace;
  readonly #onArrays: () => PerturbedPass;
  /** The states as bits, which nobody else can change. */
  readonly #states: Uint32Array;

  /**
   * Draws the states of a call. Returns null where it must be made on arrays: for a solver or noise that kernels do not
   * know, or where an infinity or NaN arises that the solver would refuse, in words of its own.
   *
   * @param onArrays - makes the same call on arrays; for a backward pass in which such a number arises.
   */
  static start(
    settings: PassSettings,
    structure: KernelStructure | null,
    call: PassCall,
    onArrays: () => PerturbedPass,
  ): KernelPass | null {
    const loaded = kernels();
    const { solver, noise, mirror } = settings;
    if (loaded === null || structure === null || solver.solve !== structure.solve) return null;
    if (mirror !== null || call.context !== undefined) return null;
    if (!drawnByKernels(noise)) return null;
    const { samples, events, size } = call.layout;
    if (samples * events * size > MOST) return null;
    const workspace = new KernelWorkspace(loaded, settings, structure, call);
    const pass = new KernelPass(workspace, settings, call, onArrays);
    return pass.#sample() ? pass : null;
  }

  private constructor(
    workspace: KernelWorkspace,
    settings: PassSettings,
    call: PassCall,
    onArrays: () => PerturbedPass,
  ) {
    const { rows, size } = call.layout;
    this.#workspace = workspace;
    this.#settings = settings;
    this.#call = call;
    this.#onArrays = onArrays;
    this.z = new Float32Array(rows * size);
    this.#states = new Uint32Array(rows * workspace.words);
  }

  /** Fills z. Returns whether all scores were such as the solver takes. */
  #sample(): boolean {
    const { theta, key, layout } = this.#call;
    const { samples, events, size } = layout;
    const workspace = this.#workspace;
    const { words, before } = workspace;
    const states = samples * events;
    const [key0, key1] = workspace.streamOf(key);
    const temperature = workspace.temperatureOf('forward');
    return workspace.run({
      cost: workspace.costOfSolve,
      arrays: (count) => [4 * count * events * size, 4 * count * states * size, 4 * count * states * words],
      perform: (calls, { first, count, at: [thetaAt, zAt, statesAt] }) => {
        workspace.copyIn(thetaAt!, theta, first, count, events * size);
        calls.sampleStates(before + first, count, key0, key1, temperature, thetaAt!, zAt!, statesAt!);
      },
      finish: ({ first, count, at: [, zAt, statesAt] }) => {
        workspace.copyOut(zAt!, this.z, first, count, states * size);
        workspace.copyOut(statesAt!, this.#states, first, count, states * words);
      },
    });
  }

  /** Draws it again: it was never stored. */
  epsilon(): Float32Array | null {
    return drawNoise(this.#settings.noise, this.#call.key, this.#call.layout);
  }

  along(gradient: Float32Array, c: number): Direction {
    const onArrays = () => this.#onArrays().along(gradient, c);
    return new KernelDirection(
      this.#workspace,
      this.#settings,
      this.#call,
      this.#states,
      gradient,
      c,
      onArrays,
    );
  }

  covariation(gradient: Float32Array): Float64Array | null {
    const { key, layout } = this.#call;
    const { samples, events, size, rows } = layout;
    const { noise } = this.#settings;
    if (samples === 1 && noise.std === 0) return null;
    const workspace = this.#workspace;
    const { words, memory, before } = workspace;
    const states = samples * events;
    const [key0, key1] = workspace.streamOf(key);
    const sums = new Float64Array(2 * rows);
    workspace.run({
      cost: COST_OF_COVARIATION,
      own: [4 * Math.max(states, 2) * size, 8 * events * size],
      arrays: (count) => [4 * count * states * size, 4 * count * states * words, 16 * count * states],
      perform: (calls, { first, count, at: [numbersAt, statesAt, sumsAt] }, [room, centres]) => {
        workspace.copyIn(numbersAt!, gradient, first, count, states * size);
        workspace.copyIn(statesAt!, this.#states, first, count, states * words);
        if (samples > 1) calls.covaryOverSamples(count, numbersAt!, statesAt!, room!, centres!, sumsAt!);
        else {
          const [row, rowsHere] = [(before + first) * events, count * events];
          calls.covaryWithNoise(row, rowsHere, key0, key1, noise.mean, numbersAt!, statesAt!, room!, sumsAt!);
        }
      },
      finish: ({ first, count, at: [, , sumsAt] }) =>
        sums.set(memory.doubles(sumsAt!, 2 * count * states), 2 * first * states),
    });
    return sums;
  }
}
