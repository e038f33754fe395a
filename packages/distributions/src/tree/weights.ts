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
  /** By arc, where it finds its weight. */
  readonly #source: Int32Array;

  constructor(arcs: Arcs, size: number) {
    this.#arcs = arcs;
    this.#values = new Float64Array(size + 1);
    this.#source = arcs.element.map((element) => (element === -1 ? size : element));
  }

  /**
   * Reads theta. Weights are direct to begin with, unless theta spreads too far even for that: call `leftRange` after
   * the computation.
   */
  read(theta: Float64Array): void {
    let [high, low] = [-Infinity, Infinity];
    const { element } = this.#arcs;
    for (let a = 0; a < element.length; a++) {
      if (element[a] === -1) continue;
      const score = theta[element[a]!]!;
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
    arithmetic.represent(this.#theta, this.shift, this.#values);
    this.#values[this.#theta.length] = arithmetic.one;
  }

  /** Returns the weight of an arc. */
  of(arc: number): number {
    return this.#values[this.#source[arc]!]!;
  }

  /** Fills a graph, optionally with the slopes of its arcs in some direction, or without one arc of each vertex. */
  fill(graph: Reduction, along?: Float64Array, without?: Int32Array): void {
    const { child, place, vertices, rooted } = this.#arcs;
    const { arithmetic } = this;
    const { weights } = graph;
    graph.begin(vertices, rooted);
    weights.fill(arithmetic.zero);
    if (along) graph.tangents.fill(0);
    for (let a = 0; a < place.length; a++) {
      const weight = this.of(a);
      if (without !== undefined && without[child[a]!] === a) continue;
      const before = weights[place[a]!]!;
      weights[place[a]!] = before === arithmetic.zero ? weight : arithmetic.plus(before, weight);
      if (along) this.#addTangent(graph, place[a]!, before, weight, along[a]!);
    }
  }

  /** The slope of a sum is the weighted mean of its terms' slopes. */
  #addTangent(
    { weights, tangents }: Reduction,
    at: number,
    before: number,
    weight: number,
    slope: number,
  ): void {
    const { arithmetic } = this;
    if (weight === arithmetic.zero) return;
    const sum = weights[at]!;
    const old = arithmetic.slope(before, tangents[at]!);
    const share = before === arithmetic.zero ? 1 : arithmetic.plain(arithmetic.over(weight, sum));
    tangents[at] = arithmetic.tangent(sum, old + share * (slope - old));
  }
}
