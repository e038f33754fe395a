/** A queue of vertices, each on it once at most. */
export class Ring {
  held = 0;
  readonly #slots: Int32Array;
  readonly #listed: Uint8Array;
  #head = 0;

  constructor(vertices: number) {
    this.#slots = new Int32Array(vertices);
    this.#listed = new Uint8Array(vertices);
  }

  clear(): void {
    this.held = 0;
    this.#listed.fill(0);
  }

  /** Puts a vertex at the end, unless it is listed. */
  add(vertex: number): void {
    if (this.#listed[vertex] === 1) return;
    this.#listed[vertex] = 1;
    let at = this.#head + this.held++;
    if (at >= this.#slots.length) at -= this.#slots.length;
    this.#slots[at] = vertex;
  }

  /** Puts a vertex at the front, unless it is listed. */
  addFirst(vertex: number): void {
    if (this.#listed[vertex] === 1) return;
    this.#listed[vertex] = 1;
    this.held++;
    this.#head = (this.#head === 0 ? this.#slots.length : this.#head) - 1;
    this.#slots[this.#head] = vertex;
  }

  /** Takes the first vertex. */
  take(): number {
    const vertex = this.#slots[this.#head]!;
    if (++this.#head === this.#slots.length) this.#head = 0;
    this.held--;
    this.#listed[vertex] = 0;
    return vertex;
  }
}
