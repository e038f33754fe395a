/**
 * Memory for a matrix that is handed to the engine and never looked at again. Fresh pages every time would cost more than
 * what is done with them.
 */
export class Workspace {
  #memory = new Float32Array(0);

  /** The first `size` elements, whatever they hold. */
  take(size: number): Float32Array {
    if (this.#memory.length < size) this.#memory = new Float32Array(Math.ceil(size * 1.2));
    return this.#memory.subarray(0, size);
  }
}
