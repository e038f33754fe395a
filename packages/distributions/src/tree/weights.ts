import type { Arcs } from './arcs.js';
import type { Arithmetic } from './arithmetic.js';
import { Linear } from './linear.js';
import { logarithmic } from './logarithmic.js';
import type { Reduction } from './reduction.js';

/** A weight relative to the heaviest one that is this many nats lighter is still a double with all its digits. */
const MAX_SPREAD = 600;

/** The weights of one theta: their arithmetic, and the shift subtracted from each number of theta. */
export class Weights {
  arithmetic: Arithmetic = logarithmic;
  /** The maximum of theta. */
  shift = 0;
  readonly #arcs: Arcs;
  readonly #linear = new Linear();
  #theta: Float64Array = new Float64Array();
  /** By element of theta; the last is the weight of a free root's arcs. */
  readonly #values: Float64Array;

  constructor(arcs: Arcs, size: number) {
    this.#arcs = arcs;
    this.#values = new Float64Array(size + 1);
  }

  /**
   * Reads theta. Weights are direct to begin with, unless theta spreads too far even for that: call `leftRange` after
   * the computation.
   */
  read(theta: Float64Array): void {
    let [high, low] = [-Infinity, Infinity];
    for (const element of this.#arcs.element) {
      if (element === -1) continue;
      const score = theta[element]!;
      if (score > high) high = score;
      if (score < low && score !== -Infinity) low = score;
    }
    this.#theta = theta;
    this.shift = high === -Infinity ? 0 : high;
    this.#represent(high - low > MAX_SPREAD ? logarithmic : this.#linear);
  }

  /** Returns whether the computation has to be repeated, with logarithms, because a direct weight left the range of doubles. */
  leftRange(): boolean {
    if (this.arithmetic.inRange) return false;
    this.#represent(logarithmic);
    return true;
  }

  #represent(arithmetic: Arithmetic): void {
    this.arithmetic = arithmetic;
    arithmetic.begin();
    const size = this.#theta.length;
    for (let i = 0; i < size; i++) this.#values[i] = arithmetic.of(this.#theta[i]! - this.shift);
    this.#values[size] = arithmetic.one;
  }

  /** Returns the weight of an arc. */
  of(arc: number): number {
    const element = this.#arcs.element[arc]!;
    return this.#values[element === -1 ? this.#values.length - 1 : element]!;
  }

  /** Fills a graph, optionally with the slopes of its arcs in some direction, or without one arc of each vertex. */
  fill(graph: Reduction, along?: Float64Array, without?: Int32Array): void {
    const { child, parent, vertices, rooted } = this.#arcs;
    const { arithmetic } = this;
    const { weights, tangents } = graph;
    graph.begin(vertices, rooted);
    weights.fill(arithmetic.zero);
    if (along) tangents.fill(0);
    for (let a = 0; a < child.length; a++) {
      const weight = this.of(a);
      if (weight === arithmetic.zero || without?.[child[a]!] === a) continue;
      const at = child[a]! * graph.stride + 1 + parent[a]!;
      const before = weights[at]!;
      const sum = arithmetic.plus(before, weight);
      weights[at] = sum;
      if (!along) continue;
      // The slope of a sum is the weighted mean of its terms' slopes.
      const slope = arithmetic.slope(before, tangents[at]!);
      const share = arithmetic.plain(arithmetic.over(weight, sum));
      tangents[at] = arithmetic.tangent(sum, slope + share * (along[a]! - slope));
    }
  }
}
