import type { Calls, Kernels, Memory, Own } from '@aimle/kernels';
import { foldIn, type Key, type Noise } from '@aimle/random';
import { signOf } from '../layer/structure.js';
import type { KernelStructure } from './kernelStructure.js';
import { noiseSignOf, type PassCall, type PassSettings } from './perturbedPass.js';

/** Numbers of z that are worked on between two copies, few enough to stay in the second-level cache. */
const BAND = 65_536;
/** With threads, bands are smaller, so that nobody waits long for the last one, but worth handing over. */
const SMALL_BAND = 4096;
const BANDS_OF_A_THREAD = 8;
/** Batch elements with more numbers would take too much memory, since each thread has several. */
const LARGE = 2 ** 18;
/** Numbers that kernels work on at a time; rowNoise.ts of the kernels has the same. */
const AT_A_TIME = 1024;

/** What kernels do with every batch element, a band of them at a time. */
interface Bands {
  /** Nanoseconds for each number of z, on one thread. */
  readonly cost: number;
  /** Bytes of arrays that all bands share, and those that each thread has for itself. */
  readonly shared?: readonly number[];
  readonly own?: readonly number[];
  /** Bytes of the arrays of a band of so many batch elements. */
  readonly arrays: (count: number) => readonly number[];
  /** Fills the shared arrays. */
  readonly start?: (shared: readonly number[]) => void;
  /** Copies a band in, and calls its kernels. */
  readonly perform: (calls: Calls, band: Band, own: readonly Own[], shared: readonly number[]) => void;
  /** Copies it out. */
  readonly finish: (band: Band) => void;
}

/** Some batch elements, and the addresses of their arrays. */
interface Band {
  readonly first: number;
  readonly count: number;
  readonly at: readonly number[];
}

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
  readonly memory: Memory;
  readonly #kernels: Kernels;
  readonly #settings: PassSettings;
  readonly #structure: KernelStructure;
  readonly #call: PassCall;

  constructor(kernels: Kernels, settings: PassSettings, structure: KernelStructure, call: PassCall) {
    this.memory = kernels.memory;
    this.#kernels = kernels;
    this.#settings = settings;
    this.#structure = structure;
    this.#call = call;
  }

  /** The number of words of a state as bits. */
  get words(): number {
    return (this.#call.layout.size + 31) >>> 5;
  }

  /** Nanoseconds that a solve takes for each number. */
  get costOfSolve(): number {
    return this.#structure.cost;
  }

  /**
   * Runs kernels over all batch elements, in all threads if that is worth it. Returns whether all scores were such as
   * the solver takes, if kernels that return the sum of their magnitudes are called last.
   */
  run({ cost, shared = [], own = [], arrays, start, perform, finish }: Bands): boolean {
    const { batch, samples, events, size } = this.#call.layout;
    const each = samples * events * size;
    const team = this.#kernels.team(each > LARGE || batch < 2 ? 0 : cost * batch * each);
    const most = this.#bandOf(team.threads);
    const setUp = this.#setUp();
    const room = team.reserve({
      shared,
      own: [...setUp.rooms, ...own],
      slot: arrays(most),
    });
    start?.(room.shared);
    const ownArrays = room.own.slice(setUp.rooms.length);
    const band = (task: number, slot: number): Band => {
      const first = task * most;
      return { first, count: Math.min(most, batch - first), at: room.slots[slot]! };
    };
    let magnitudes = 0;
    team.run({
      tasks: Math.ceil(batch / most),
      setUp: (calls) => setUp.call(calls, room.own),
      perform: (calls, task, slot) => perform(calls, band(task, slot), ownArrays, room.shared),
      finish: (task, slot, result) => {
        magnitudes += result;
        finish(band(task, slot));
      },
    });
    return this.#structure.finite ? Number.isFinite(magnitudes) : !Number.isNaN(magnitudes);
  }

  /** How many batch elements come before those of the call, which have other noise. */
  get before(): number {
    return this.#call.layout.part?.first ?? 0;
  }

  /** How many batch elements are worked on between two copies. */
  #bandOf(threads: number): number {
    const { batch, samples, events, size } = this.#call.layout;
    const each = Math.max(samples * events * size, 1);
    const all = batch * each;
    const numbers =
      threads === 1 ? BAND : Math.min(BAND, Math.max(SMALL_BAND, all / (threads * BANDS_OF_A_THREAD)));
    const count = Math.max(1, Math.min(batch, Math.floor(numbers / each)));
    // Shared memory is copied by eight bytes where it can be: a band of an even number of numbers begins at eight.
    return count > 1 && count < batch ? count & ~1 : count;
  }

  /** The calls that set a thread up, and the bytes of its rooms for them. */
  #setUp(): { rooms: readonly number[]; call: (calls: Calls, own: readonly Own[]) => void } {
    const structure = this.#structure;
    const { solver, noise, marginalSamples } = this.#settings;
    const { samples, events, size } = this.#call.layout;
    const rows = Math.max(1, Math.floor(AT_A_TIME / size));
    const table = noise.std === 0 ? undefined : noise.quantiles?.();
    const tableAt = table !== undefined ? this.memory.table(table.cells) : noise.std === 0 ? 0 : NORMAL;
    return {
      rooms: [
        structure.room,
        4 * (Math.max(AT_A_TIME, size) + 32),
        4 * (rows * (2 * size + 90 + Math.ceil(size / 16)) + 64),
      ],
      call: (calls, own) => {
        structure.set(calls, own[0]!);
        calls.setNoise(tableAt, table?.shift ?? 0, own[1]!);
        calls.setLayout(samples, events, marginalSamples, signOf(solver) === -1, own[2]!);
        calls.forgetMagnitudes();
      },
    };
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
    const { memory } = this;
    const part = from.subarray(first * each, (first + count) * each);
    if (part instanceof Float32Array) memory.floats(at, part.length).set(part);
    else memory.words(at, part.length).set(part);
  }

  /** Copies it back. */
  copyOut(at: number, to: Float32Array | Uint32Array, first: number, count: number, each: number): void {
    const { memory } = this;
    const view =
      to instanceof Float32Array ? memory.floats(at, count * each) : memory.words(at, count * each);
    to.set(view, first * each);
  }
}
