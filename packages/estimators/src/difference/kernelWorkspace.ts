import type { Kernels } from '@aimle/kernels';
import { foldIn, type Key, type Noise } from '@aimle/random';
import { signOf } from '../layer/structure.js';
import type { KernelStructure } from './kernelStructure.js';
import { noiseSignOf, type PassCall, type PassSettings } from './perturbedPass.js';

/** Numbers of z that are worked on between two copies, few enough to stay in the second-level cache. */
const BAND = 65_536;
/** Numbers that kernels work on at a time; rowNoise.ts of the kernels has the same. */
const AT_A_TIME = 1024;

/** What stands for the address of a table where noise is standard normal; rowNoise.ts of the kernels has the same. */
const NORMAL = 1;

function isNormal({ description }: Noise): boolean {
  return description?.name === 'normal';
}

/** Whether kernels draw a noise. */
export function drawnByKernels(noise: Noise): boolean {
  return noise.std === 0 || noise.quantiles !== undefined || isNormal(noise);
}

/** The kernels, set up for the calls of one pass, and their memory. */
export class KernelWorkspace {
  readonly kernels: Kernels;
  readonly #settings: PassSettings;
  readonly #structure: KernelStructure;
  readonly #call: PassCall;

  constructor(kernels: Kernels, settings: PassSettings, structure: KernelStructure, call: PassCall) {
    this.kernels = kernels;
    this.#settings = settings;
    this.#structure = structure;
    this.#call = call;
  }

  /** The number of words of a state as bits. */
  get words(): number {
    return (this.#call.layout.size + 31) >>> 5;
  }

  /** How many batch elements are worked on between two copies. */
  get band(): number {
    const { batch, samples, events, size } = this.#call.layout;
    return Math.max(1, Math.min(batch, Math.floor(BAND / Math.max(samples * events * size, 1))));
  }

  /** Calls for each band with its first batch element and their number. */
  eachBand(work: (first: number, count: number) => void): void {
    const { batch } = this.#call.layout;
    const { band } = this;
    for (let first = 0; first < batch; first += band) work(first, Math.min(band, batch - first));
  }

  /** Sets the kernels up, and returns the addresses of arrays of that many bytes. They last until the next call. */
  prepare(...bytes: readonly number[]): number[] {
    const structure = this.#structure;
    const { solver, noise, marginalSamples } = this.#settings;
    const { samples, events, size } = this.#call.layout;
    const { memory, setNoise, setLayout, forgetMagnitudes } = this.kernels;
    const rows = Math.max(1, Math.floor(AT_A_TIME / size));
    const table = noise.std === 0 ? undefined : noise.quantiles?.();
    const tableAt = table !== undefined ? memory.table(table.cells) : noise.std === 0 ? 0 : NORMAL;
    const [forStructure, forNoise, forLayout, ...arrays] = memory.scratches(
      structure.room,
      4 * (Math.max(AT_A_TIME, size) + 32),
      4 * (rows * (2 * size + 90 + Math.ceil(size / 16)) + 64),
      ...bytes,
    ) as [number, number, number, ...number[]];
    structure.set(this.kernels, forStructure);
    setNoise(tableAt, table?.shift ?? 0, forNoise);
    setLayout(samples, events, marginalSamples, signOf(solver) === -1, forLayout);
    forgetMagnitudes();
    return arrays;
  }

  /** Whether all scores since `prepare` were such as the solver takes. */
  isSound(): boolean {
    const sum = this.kernels.sumOfMagnitudes();
    return this.#structure.finite ? Number.isFinite(sum) : !Number.isNaN(sum);
  }

  /** The key of the stream that `drawNoise` draws under a key. */
  streamOf(key: Key): Key {
    return this.#settings.noise.std === 0 ? [0, 0] : foldIn(key, 'epsilon');
  }

  /** The factor of the noise in a score: scores are the larger the better, so a minimiser's have another sign. */
  temperatureOf(pass: 'forward' | 'backward'): number {
    const sign = signOf(this.#settings.solver);
    return sign * noiseSignOf(this.#settings, sign) * this.#settings.temperature[pass];
  }

  /** Copies the part of a band, `each` numbers for each batch element, to an address. */
  copyIn(at: number, from: Float32Array | Uint32Array, first: number, count: number, each: number): void {
    const { memory } = this.kernels;
    const part = from.subarray(first * each, (first + count) * each);
    if (part instanceof Float32Array) memory.floats(at, part.length).set(part);
    else memory.words(at, part.length).set(part);
  }

  /** Copies it back. */
  copyOut(at: number, to: Float32Array | Uint32Array, first: number, count: number, each: number): void {
    const { memory } = this.kernels;
    const view =
      to instanceof Float32Array ? memory.floats(at, count * each) : memory.words(at, count * each);
    to.set(view, first * each);
  }
}
