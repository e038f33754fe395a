import type { Exports } from './kernels.js';

const PAGE = 65_536;
/** Vector loads are fastest at multiples of their width. */
const ALIGNMENT = 16;
/** Kernels may write up to a few vectors behind the end of an array. */
const MARGIN = 64;

/**
 * The memory of the module, which only grows. `keep` reserves room, such as for a table; `scratch` gives room
 * that the next call of `scratch` gives again, so nothing is allocated from step to step.
 */
export class Memory {
  readonly #memory: Exports['memory'];
  #end: number;
  #scratch = 0;
  #scratchBytes = 0;
  readonly #tables = new WeakMap<Float64Array, number>();
  /** Addresses given back, by their size in bytes. */
  readonly #released = new Map<number, number[]>();

  constructor(memory: Exports['memory'], firstFreeByte: number) {
    this.#memory = memory;
    this.#end = aligned(firstFreeByte);
  }

  /** Reserves bytes until their release, and returns their address. Their content is zero. */
  keep(bytes: number): number {
    const again = this.#released.get(bytes)?.pop();
    if (again !== undefined) {
      new Uint8Array(this.#memory.buffer, again, bytes).fill(0);
      return again;
    }
    const at = this.#end;
    this.#end = aligned(at + bytes + MARGIN);
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** Gives bytes of `keep` back: the next `keep` of as many takes them. */
  release(at: number, bytes: number): void {
    const others = this.#released.get(bytes);
    if (others === undefined) this.#released.set(bytes, [at]);
    else others.push(at);
  }

  /** Returns the address of that many bytes, whose content is undefined. It ends the use of those given before. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      this.#scratchBytes = 2 * bytes;
      this.#scratch = this.keep(this.#scratchBytes);
    }
    return this.#scratch;
  }

  /** The address of a copy of a table that never changes; the first call makes it, for good. */
  table(values: Float64Array): number {
    let at = this.#tables.get(values);
    if (at === undefined) {
      at = this.keep(values.byteLength);
      this.doubles(at, values.length).set(values);
      this.#tables.set(values, at);
    }
    return at;
  }

  /** A view of float32 numbers. It ends with the next `keep` or `scratch`, which may move the memory. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  /** A view of float64 numbers, as short-lived as `floats`. */
  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
