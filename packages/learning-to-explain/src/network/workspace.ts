/**
 * Reusable memory for matrices that are copied to the engine at once. Allocating fresh pages each time would cost more than
 * the computation.
 */
export class Workspace {
  #memory = new Float32Array(0);

  /** Returns the first `size` elements, with arbitrary contents. */
  take(size: number): Float32Array {
    if (this.#memory.length < size) this.#memory = new Float32Array(Math.ceil(size * 1.2));
    return this.#memory.subarray(0, size);
  }
}
