import type { Kernels, Memory } from '@aimle/kernels';
import type * as tf from '@tensorflow/tfjs';
import { readValues, tensorOfCopy } from '../operations/hostMemory.js';
import {
  type AdamCoefficients,
  checkSize,
  type MomentArrays,
  type Moments,
  type Moving,
  notFinite,
} from './moments.js';

const BYTES = 4;

/** A parameter and its moments in the kernels' memory, one after the other, each of `room` elements. */
interface Resident {
  readonly at: number;
  readonly size: number;
  /** The size, rounded up to whole vectors. What is beyond stays zero. */
  readonly room: number;
  /** The tensor data that the copy of the parameter equals, if any: parameters may be assigned by others. */
  equals: object | null;
}

/** Moments that stay in the kernels' memory from step to step, with the parameters beside them. */
export class KernelMoments implements Moments {
  readonly place: Kernels;
  readonly #residents = new Map<string, Resident>();

  constructor(kernels: Kernels, { m, v }: MomentArrays) {
    this.place = kernels;
    const { memory } = kernels;
    for (const [name, mean] of m) {
      const resident = this.#reserve(name, mean.length);
      part(memory, resident, 1).set(mean);
      part(memory, resident, 2).set(v.get(name)!);
    }
    abandoned.register(this, { memory, residents: this.#residents }, this);
  }

  step(moving: readonly Moving[], coefficients: AdamCoefficients): void {
    const moved = moving.map((one): [tf.Variable, Resident] => [
      one.parameter,
      this.#update(one, coefficients),
    ]);
    const { memory } = this.place;
    for (const [parameter, resident] of moved) {
      const tensor = tensorOfCopy(part(memory, resident, 0), parameter.shape);
      parameter.assign(tensor);
      tensor.dispose();
      resident.equals = parameter.dataId;
    }
  }

  export(): MomentArrays {
    const { memory } = this.place;
    const copies = (index: number) =>
      new Map([...this.#residents].map(([name, resident]) => [name, part(memory, resident, index).slice()]));
    return { m: copies(1), v: copies(2) };
  }

  dispose(): void {
    release(this.place.memory, this.#residents);
    abandoned.unregister(this);
  }

  #update({ name, parameter, gradient }: Moving, coefficients: AdamCoefficients): Resident {
    const { memory, adamStep } = this.place;
    const resident = this.#residents.get(name) ?? this.#reserve(name, parameter.size);
    checkSize(name, resident.size, parameter.size);
    const { at, size, room } = resident;
    const g = memory.scratch(room * BYTES);
    const values = memory.floats(g, room);
    values.set(readValues(gradient));
    values.fill(0, size);
    if (resident.equals !== parameter.dataId) part(memory, resident, 0).set(readValues(parameter));
    // From here on until the parameter is assigned, the copy is ahead of it.
    resident.equals = null;
    const { beta1, beta2, epsilon, rate, scale } = coefficients;
    const [m, v] = [at + room * BYTES, at + 2 * room * BYTES];
    const sum = adamStep(size, at, g, m, v, beta1, beta2, epsilon, rate, scale);
    if (!Number.isFinite(sum)) throw notFinite(name, readValues(gradient));
    return resident;
  }

  #reserve(name: string, size: number): Resident {
    const room = 4 * Math.ceil(size / 4);
    const resident = { at: this.place.memory.keep(3 * room * BYTES), size, room, equals: null };
    this.#residents.set(name, resident);
    return resident;
  }
}

/** The parameter (0), its mean gradient (1) or its mean squared gradient (2). */
function part(memory: Memory, { at, size, room }: Resident, index: number): Float32Array {
  return memory.floats(at + index * room * BYTES, size);
}

function release(memory: Memory, residents: Map<string, Resident>): void {
  for (const { at, room } of residents.values()) memory.release(at, 3 * room * BYTES);
  residents.clear();
}

interface Held {
  readonly memory: Memory;
  readonly residents: Map<string, Resident>;
}

/** Frees the memory of optimisers that nobody disposed of. */
const abandoned = new FinalizationRegistry<Held>(({ memory, residents }) => release(memory, residents));
