import { type Kernels, kernels } from '@aimle/kernels';
import { foldIn, type Key } from '@aimle/random';
import { signOf } from '../layer/structure.js';
import { meanOutcome, outcomeOf } from './averageDifference.js';
import type { KernelStructure } from './kernelStructure.js';
import { drawNoise } from './perturbAndMap.js';
import {
  factorsOf,
  noiseSignOf,
  type PassCall,
  type PassDifference,
  type PassSettings,
  type PerturbedPass,
  upperPointOf,
} from './perturbedPass.js';

/** Numbers of z that are worked on at a time, few enough to stay in the second-level cache. */
const BAND = 65_536;
/** A batch element with more numbers would take too much of the kernels' memory. */
const MOST = 2 ** 25;
/** Numbers that the kernels work on together, and at a time, as they say; and room for the bases of points. */
const TOGETHER = 4096;
const AT_A_TIME = 1024;
const BASES = 8_256;
/** As difference.ts of the kernels numbers them. */
const UPPER_POINTS = { central: 0, state: 1, plain: 2, target: 3 } as const;

/**
 * A pass in WebAssembly: rows are perturbed, solved, compared and summed while they are in the cache, and noise is made
 * where it is needed. Every number is that of the pass on typed arrays.
 */
export class KernelPass implements PerturbedPass {
  readonly z: Float32Array;
  readonly #settings: PassSettings;
  readonly #structure: KernelStructure;
  readonly #call: PassCall;
  readonly #kernels: Kernels;
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
    if (noise.std !== 0 && noise.quantiles === undefined) return null;
    const { samples, events, size } = call.layout;
    if (samples * events * size > MOST) return null;
    const pass = new KernelPass(loaded, settings, structure, call, onArrays);
    return pass.#sample() ? pass : null;
  }

  private constructor(
    loaded: Kernels,
    settings: PassSettings,
    structure: KernelStructure,
    call: PassCall,
    onArrays: () => PerturbedPass,
  ) {
    const { rows, size } = call.layout;
    this.#kernels = loaded;
    this.#settings = settings;
    this.#structure = structure;
    this.#call = call;
    this.#onArrays = onArrays;
    this.z = new Float32Array(rows * size);
    this.#states = new Uint32Array(rows * wordsOf(size));
  }

  noise(): Float32Array | null {
    return drawNoise(this.#settings.noise, this.#call.key, this.#call.layout);
  }

  /** Fills z. Returns whether all scores were such as the solver takes. */
  #sample(): boolean {
    const { layout, theta, key } = this.#call;
    const { batch, samples, events, size } = layout;
    const { memory, sampleStates } = this.#kernels;
    const band = bandOf(samples * events * size, batch);
    const rows = band * samples * events;
    const [thetaAt, zAt, statesAt, ...rooms] = memory.scratches(
      4 * band * events * size,
      4 * rows * size,
      4 * rows * wordsOf(size),
      ...this.#rooms(),
    ) as [number, number, number, ...number[]];
    this.#prepare(rooms);
    const [key0, key1] = this.#streamOf(key);
    const temperature = this.#temperature(this.#settings.temperature.forward);
    eachBand(batch, band, (first, count) => {
      const instances = count * events;
      const numbers = instances * samples * size;
      const words = instances * samples * wordsOf(size);
      const from = first * events * size;
      memory.floats(thetaAt, instances * size).set(theta.subarray(from, from + instances * size));
      sampleStates(first, count, key0, key1, temperature, thetaAt, zAt, statesAt);
      this.z.set(memory.floats(zAt, numbers), from * samples);
      this.#states.set(memory.words(statesAt, words), first * samples * events * wordsOf(size));
    });
    return this.#isSound();
  }

  difference(direction: Float32Array, lambda: Float64Array, draws: number): PassDifference {
    const { layout, theta, key } = this.#call;
    const { batch, samples, events, size, instances } = layout;
    const { marginalSamples, noise, solver, temperature, thetaWeight } = this.#settings;
    const { memory, averageDifferences } = this.#kernels;
    const made = noise.std === 0 ? 1 : draws;
    const upper = upperPointOf(this.#settings);
    const band = bandOf(samples * events * size, batch);
    const rows = band * samples * events;
    const [thetaAt, gradientAt, statesAt, alongAt, weightsAt, outAt, spareAt, basesAt, keysAt, countsAt, ...rooms] =
      memory.scratches(
        4 * band * events * size,
        4 * rows * size,
        4 * rows * wordsOf(size),
        8 * band * events,
        8 * band * events,
        4 * band * events * size,
        8 * Math.max(TOGETHER, events * size),
        8 * BASES,
        8 * made,
        24 * made,
        ...this.#rooms(),
      ) as [number, number, number, number, number, number, number, number, number, number, ...number[]];
    this.#prepare(rooms);
    const keys = memory.words(keysAt, 2 * made);
    for (let draw = 0; draw < made; draw++) {
      keys.set(this.#streamOf(draw === 0 ? key : foldIn(key, `draw ${draw}`)), 2 * draw);
    }
    memory.doubles(countsAt, 3 * made).fill(0);
    const factors = factorsOf(this.#settings, signOf(solver), lambda, samples);
    const gradient = new Float32Array(instances * size);
    eachBand(batch, band, (first, count) => {
      const start = first * events;
      const end = start + count * events;
      const width = wordsOf(size);
      memory.floats(thetaAt, (end - start) * size).set(theta.subarray(start * size, end * size));
      memory
        .floats(gradientAt, (end - start) * samples * size)
        .set(direction.subarray(start * samples * size, end * samples * size));
      memory
        .words(statesAt, (end - start) * samples * width)
        .set(this.#states.subarray(start * samples * width, end * samples * width));
      const along = memory.doubles(alongAt, end - start);
      const weights = memory.doubles(weightsAt, end - start);
      for (let i = start; i < end; i++) {
        // The gradient is that of a mean over samples: a sample's own gradient is `samples` times larger.
        along[i - start] = lambda[i]! * samples;
        weights[i - start] = factors[i]! / samples;
      }
      averageDifferences(
        first,
        count,
        keysAt,
        made,
        this.#temperature(temperature.backward),
        thetaWeight === 1,
        UPPER_POINTS[upper],
        thetaAt,
        gradientAt,
        alongAt,
        weightsAt,
        statesAt,
        spareAt,
        basesAt,
        outAt,
        countsAt,
      );
      gradient.set(memory.floats(outAt, (end - start) * size), start * size);
    });
    if (!this.#isSound()) return this.#onArrays().difference(direction, lambda, draws);
    const counts = memory.doubles(countsAt, 3 * made);
    const groups = (instances * samples) / marginalSamples;
    const outcomes = Array.from({ length: made }, (_, draw) =>
      outcomeOf(counts[3 * draw]!, counts[3 * draw + 1]!, counts[3 * draw + 2]!, groups),
    );
    const solves = 2 * made - (upper === 'state' ? 1 : 0);
    return { gradient, ...meanOutcome(outcomes), solves };
  }

  /** Bytes that the kernels work in: for the structure, the noise and the layout. */
  #rooms(): number[] {
    const { size } = this.#call.layout;
    const rows = Math.max(1, Math.floor(AT_A_TIME / size));
    return [
      4 * (2 * size + 256),
      4 * (Math.max(AT_A_TIME, size) + 32),
      4 * (rows * (2 * size + 90 + Math.ceil(size / 16)) + 64),
    ];
  }

  #prepare([forStructure, forNoise, forLayout]: readonly number[]): void {
    const { low, high } = this.#structure;
    const { solver, noise, marginalSamples } = this.#settings;
    const { samples, events, size } = this.#call.layout;
    const { memory, setSubsets, setNoise, setLayout, forgetMagnitudes } = this.#kernels;
    setSubsets(size, low, high, forStructure!);
    const table = noise.std === 0 ? null : noise.quantiles!();
    setNoise(table === null ? 0 : memory.table(table.cells), table?.shift ?? 0, forNoise!);
    setLayout(samples, events, marginalSamples, signOf(solver) === -1, forLayout!);
    forgetMagnitudes();
  }

  /** The key of the stream that `drawNoise` draws under a key. */
  #streamOf(key: Key): Key {
    return this.#settings.noise.std === 0 ? [0, 0] : foldIn(key, 'epsilon');
  }

  /** The factor of the noise in a score: scores are the larger the better, so a minimiser's have another sign. */
  #temperature(temperature: number): number {
    const sign = signOf(this.#settings.solver);
    return sign * noiseSignOf(this.#settings, sign) * temperature;
  }

  /** Whether all scores since `prepare` were such as the solver takes. */
  #isSound(): boolean {
    const sum = this.#kernels.sumOfMagnitudes();
    return this.#structure.finite ? Number.isFinite(sum) : !Number.isNaN(sum);
  }
}

/** The number of words of a state as bits. */
function wordsOf(size: number): number {
  return (size + 31) >>> 5;
}

/** How many batch elements are worked on at a time. */
function bandOf(numbers: number, batch: number): number {
  return Math.max(1, Math.min(batch, Math.floor(BAND / Math.max(numbers, 1))));
}

function eachBand(batch: number, band: number, work: (first: number, count: number) => void): void {
  for (let first = 0; first < batch; first += band) work(first, Math.min(band, batch - first));
}
