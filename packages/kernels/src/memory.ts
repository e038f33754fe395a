import type { Pages } from './host.js';

const PAGE = 65_536;
/** Vector loads are fastest at multiples of their width. */
const ALIGNMENT = 16;
/** Kernels may write up to 31 numbers behind the end of an array. */
const MARGIN = 128;
/** More than a program uses, so that one which tries many parameters does not fill the memory. */
const MAX_TABLES = 32;

/**
 * The memory of the module, which only grows. `keep` reserves room, such as for a table; `scratch` gives room
 * that the next call of `scratch` gives again, so nothing is allocated from step to step.
 *
 * @experimental
 * @example
 * ```ts
 * import { kernels, useKernels } from '@aimle/kernels';
 * await useKernels();
 * const memory = kernels()?.memory;
 * memory?.scratch(100) === memory?.scratch(10); // => true
 * ```
 */
export class Memory {
  readonly #memory: Pages;
  #end: number;
  #scratch = 0;
  #scratchBytes = 0;
  readonly #tables = new Map<Float64Array, number>();
  /** Addresses given back, by their size in bytes. */
  readonly #released = new Map<number, number[]>();

  constructor(memory: Pages, firstFreeByte: number) {
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
    this.#reach(aligned(at + bytes + MARGIN));
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
      // Where nothing lies behind the room it has, it grows in place.
      const last = this.#end === this.#scratch + aligned(this.#scratchBytes + MARGIN);
      const room = last ? bytes : 2 * bytes;
      if (last) this.#reach(aligned(this.#scratch + room + MARGIN));
      else this.#scratch = this.keep(room);
      this.#scratchBytes = room;
    }
    return this.#scratch;
  }

  /** Moves the end. Nothing has changed where the memory cannot grow that far: it throws. */
  #reach(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    this.#end = end;
  }

  /** Returns the addresses of several arrays of that many bytes, in one `scratch`. */
  scratches(...bytes: readonly number[]): number[] {
    const rooms = bytes.map((length) => aligned(length + MARGIN));
    let at = this.scratch(rooms.reduce((sum, room) => sum + room, 0));
    return rooms.map((room) => {
      const start = at;
      at += room;
      return start;
    });
  }

  /** The address of a copy of a table that never changes. The last 32 are kept: an older one gives its place. */
  table(values: Float64Array): number {
    let at = this.#tables.get(values);
    if (at === undefined) {
      at = this.#placeOfOldTable(values.length) ?? this.keep(values.byteLength);
      this.doubles(at, values.length).set(values);
      this.#tables.set(values, at);
    }
    return at;
  }

  #placeOfOldTable(length: number): number | undefined {
    if (this.#tables.size < MAX_TABLES) return undefined;
    for (const [old, at] of this.#tables) {
      if (old.length === length) {
        this.#tables.delete(old);
        return at;
      }
    }
    return undefined;
  }

  /** A view of float32 numbers. It ends with the next `keep` or `scratch`, which may move the memory. */
  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, length);
  }

  /** A view of 32-bit words, as short-lived as `floats`. */
  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, at, length);
  }

  /** A view of float64 numbers, as short-lived as `floats`. */
  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length);
  }
}

function aligned(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
