/** A tour that can be rewired: vertices by position and positions by vertex, in arrays that wrap around. */
export interface Cycle {
  readonly tour: Int32Array;
  /** Updates the positions after the tour has been written from outside. */
  index(): void;
  /** The vertex that is `steps` further on from a vertex; negative steps go back. At most once around. */
  step(vertex: number, steps: number): number;
  /** Steps forward from one vertex to another. */
  distance(from: number, to: number): number;
  /**
   * Replaces the edges {a, b} and {c, d} by {a, c} and {b, d}, where b follows a as d follows c, in whichever
   * direction. Reverses the shorter side, which may reverse the direction of the tour.
   */
  exchange(a: number, b: number, c: number, d: number): void;
  /** Swaps two runs of vertices that are neighbours: `first` vertices from a position on, and the `second` after. */
  swap(position: number, first: number, second: number): void;
}

export function cycle(vertices: number): Cycle {
  const tour = new Int32Array(vertices);
  const place = new Int32Array(vertices);

  function reverse(from: number, count: number): void {
    let i = from >= vertices ? from - vertices : from;
    let j = i + count - 1;
    if (j >= vertices) j -= vertices;
    for (let left = count >> 1; left > 0; left--) {
      const low = tour[i]!;
      const high = tour[j]!;
      tour[i] = high;
      place[high] = i;
      tour[j] = low;
      place[low] = j;
      if (++i === vertices) i = 0;
      if (--j < 0) j = vertices - 1;
    }
  }

  function step(vertex: number, steps: number): number {
    let at = place[vertex]! + steps;
    if (at >= vertices) at -= vertices;
    else if (at < 0) at += vertices;
    return tour[at]!;
  }

  function distance(from: number, to: number): number {
    const steps = place[to]! - place[from]!;
    return steps < 0 ? steps + vertices : steps;
  }

  function exchange(a: number, b: number, c: number, d: number): void {
    if (a === d || b === c) return; // the edges share a vertex: they are what replaces them
    const forward = step(a, 1) === b;
    const first = forward ? b : a;
    const last = forward ? c : d;
    const inside = distance(first, last) + 1;
    if (2 * inside <= vertices) reverse(place[first]!, inside);
    else reverse(place[last]! + 1, vertices - inside);
  }

  return {
    tour,
    index() {
      for (let i = 0; i < vertices; i++) place[tour[i]!] = i;
    },
    step,
    distance,
    exchange,
    swap(position, first, second) {
      reverse(position, first + second);
      reverse(position, second);
      reverse(position + second, first);
    },
  };
}
