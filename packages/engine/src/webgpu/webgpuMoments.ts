import * as tf from '@tensorflow/tfjs';
import {
  type AdamCoefficients,
  checkSize,
  lateNotFinite,
  type MomentArrays,
  type Moments,
  type Moving,
} from '../optimiser/moments.js';
import { checkProgram, FLAGS, moveProgram, NONE, THREADS } from './adamPrograms.js';
import { type Gpu, sharedNumbers } from './gpu.js';

/** The two moments of a parameter, one behind the other. */
interface Resident {
  readonly size: number;
  readonly buffer: tf.TensorInfo;
}

/**
 * Moments that stay on the GPU. Nothing is read within a step: that a gradient was not finite is noted there, where no
 * parameter moves from then on, and is thrown when the note has arrived.
 */
export class WebgpuMoments implements Moments {
  readonly place: object;
  readonly #gpu: Gpu;
  readonly #residents = new Map<string, Resident>();
  /** Null until a step needs them. */
  #flags: tf.TensorInfo | null = null;
  #steps = 0;
  #awaited = false;
  #failure: Error | null = null;

  constructor(place: object, gpu: Gpu, { m, v }: MomentArrays) {
    this.place = place;
    this.#gpu = gpu;
    for (const [name, mean] of m) {
      const both = new Float32Array(2 * mean.length);
      both.set(mean);
      both.set(v.get(name)!, mean.length);
      this.#residents.set(name, { size: mean.length, buffer: gpu.make(both) });
    }
  }

  step(moving: readonly Moving[], coefficients: AdamCoefficients): void {
    if (this.#failure !== null) throw this.#failure;
    const gpu = this.#gpu;
    const residents = moving.map(({ name, parameter }) => this.#resident(name, parameter));
    this.#flags ??= gpu.make(new Int32Array(4).fill(NONE));
    const flags = this.#flags;
    this.#steps++;
    const names = [...this.#residents.keys()];
    for (const { name, gradient } of moving) {
      const numbers = [gradient.size, names.indexOf(name), this.#steps].map((n) => ['u32', n] as const);
      gpu.run(checkProgram, [gradient, flags], sharedNumbers(numbers), groupsOf(gradient.size));
    }
    const { beta1, beta2, epsilon, rate, scale } = coefficients;
    moving.forEach(({ parameter, gradient }, i) => {
      const next = gpu.backend.makeTensorInfo(parameter.shape, 'float32');
      const numbers = [beta1, 1 - beta1, beta2, 1 - beta2, epsilon, rate, scale].map(
        (n) => ['f32', n] as const,
      );
      gpu.run(
        moveProgram,
        [parameter, gradient, flags, residents[i]!.buffer, next],
        sharedNumbers([['u32', parameter.size], ...numbers]),
        groupsOf(parameter.size),
      );
      const tensor = tf.engine().makeTensorFromTensorInfo(next);
      parameter.assign(tensor);
      tensor.dispose();
    });
    void this.#ask(flags);
  }

  export(): MomentArrays {
    if (this.#flags !== null) this.#take(this.#gpu.readSync(this.#flags));
    if (this.#failure !== null) throw this.#failure;
    const both = new Map(
      [...this.#residents].map(([name, { buffer }]) => [name, this.#gpu.readSync(buffer)]),
    );
    const half = (index: 0 | 1) =>
      new Map(
        [...both].map(([name, values]) => {
          const size = values.length / 2;
          return [name, Float32Array.from(values.subarray(index * size, (index + 1) * size))];
        }),
      );
    return { m: half(0), v: half(1) };
  }

  dispose(): void {
    this.#gpu.dispose(...[...this.#residents.values()].map(({ buffer }) => buffer));
    if (this.#flags !== null) this.#gpu.dispose(this.#flags);
    this.#flags = null;
    this.#residents.clear();
  }

  #resident(name: string, parameter: tf.Tensor): Resident {
    let resident = this.#residents.get(name);
    if (resident === undefined) {
      resident = { size: parameter.size, buffer: this.#gpu.make(new Float32Array(2 * parameter.size)) };
      this.#residents.set(name, resident);
    }
    checkSize(name, resident.size, parameter.size);
    return resident;
  }

  /** Asks for the flags, unless they are on their way. */
  async #ask(flags: tf.TensorInfo): Promise<void> {
    if (this.#awaited) return;
    this.#awaited = true;
    try {
      const values = await this.#gpu.read(flags);
      if (flags === this.#flags) this.#take(values);
    } catch {
      // A lost device: whoever reads a parameter is told.
    } finally {
      this.#awaited = false;
    }
  }

  #take(flags: ArrayLike<number>): void {
    const [parameter, element] = [flags[FLAGS.parameter]! >>> 0, flags[FLAGS.element]! >>> 0];
    if (parameter === NONE) return;
    this.#failure = lateNotFinite([...this.#residents.keys()][parameter]!, element);
  }
}

function groupsOf(size: number): number {
  return Math.ceil(size / THREADS);
}
