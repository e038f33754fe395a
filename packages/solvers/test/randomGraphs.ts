import { fillIntegers, key } from '@aimle/random';

/** `count` integers in [low, high), always the same ones for a seed. */
export function integers(seed: number, count: number, low: number, high: number): Int32Array {
  const drawn = new Int32Array(count);
  fillIntegers(key(seed), drawn, low, high);
  return drawn;
}

/** As many single-precision numbers, multiples of `unit`: sums of them are exact. */
export function multiples(
  seed: number,
  count: number,
  low: number,
  high: number,
  unit: number,
): Float32Array {
  return Float32Array.from(integers(seed, count, low, high), (x) => x * unit);
}

/** A random graph without loops: two vertices per edge, one edge after the other; the first edges join all vertices. */
export function connectedGraph(seed: number, vertices: number, edges: number): Int32Array {
  const ends = integers(seed, 2 * edges, 0, 2 ** 31 - 1).map((x, i) => (i % 2 === 0 ? x % vertices : x));
  for (let edge = 0; edge < edges; edge++) {
    if (edge < vertices - 1) {
      ends[2 * edge] = edge + 1;
      ends[2 * edge + 1]! %= edge + 1;
    } else {
      // One of the vertices that are further on, around the circle: never the same.
      ends[2 * edge + 1] = (ends[2 * edge]! + 1 + (ends[2 * edge + 1]! % (vertices - 1))) % vertices;
    }
  }
  return ends;
}
