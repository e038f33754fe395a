import type { Arcs } from './arcs.js';
import type { Arithmetic } from './arithmetic.js';
import { linear } from './linear.js';
import { logarithmic } from './logarithmic.js';
import type { Reduction } from './reduction.js';

/** Products of two weights of this many nats each stay within the range of doubles, which is 708 nats. */
const range = 300;

/** The weights of one theta: their arithmetic, and the shift subtracted from each number of theta. */
export class Weights {
  arithmetic: Arithmetic = logarithmic;
  /** The maximum of theta. */
  shift = 0;
  readonly #arcs: Arcs;

  constructor(arcs: Arcs) {
    this.#arcs = arcs;
  }

  /**
   * Selects the arithmetic for theta. It uses weights directly if no relevant weight can leave the range of doubles. In
   * a complete graph none ever falls below the smallest one. Otherwise a single path may be all that remains between
   * two vertices; it can be as light as the product of the lightest step from each of its vertices, relative to all
   * steps from there.
   */
  read(theta: Float64Array): void {
    const { element, vertices, begin } = this.#arcs;
    let [high, low, path] = [-Infinity, Infinity, 0];
    let complete = this.#arcs.complete;
    for (let v = 0; v < vertices; v++) {
      let [highest, lowest, count] = [-Infinity, Infinity, 0];
      for (let a = begin[v]!; a < begin[v + 1]!; a++) {
        if (element[a] === -1) continue;
        const score = theta[element[a]!]!;
        if (score === -Infinity) complete = false;
        else count++;
        if (score > highest) highest = score;
        if (score < lowest && score !== -Infinity) lowest = score;
      }
      if (count === 0) continue;
      path += highest - lowest + Math.log(count);
      if (highest > high) high = highest;
      if (lowest < low) low = lowest;
    }
    this.shift = high === -Infinity ? 0 : high;
    const depth = high - low + (complete ? 2 * Math.log(vertices + 1) : path);
    this.arithmetic = depth <= range ? linear : logarithmic;
  }

  /** Returns the weight of an arc. */
  of(theta: Float64Array, arc: number): number {
    const element = this.#arcs.element[arc]!;
    return element === -1 ? this.arithmetic.one : this.arithmetic.of(theta[element]! - this.shift);
  }

  /** Fills a graph, optionally with the slopes of its arcs in some direction, or without one arc of each vertex. */
  fill(theta: Float64Array, graph: Reduction, along?: Float64Array, without?: Int32Array): void {
    const { child, parent, vertices, rooted } = this.#arcs;
    const { zero, plus, plain, over } = this.arithmetic;
    const { weights, slopes } = graph;
    graph.begin(vertices, rooted);
    weights.fill(zero);
    if (along) slopes.fill(0);
    for (let a = 0; a < child.length; a++) {
      const at = child[a]! * graph.stride + 1 + parent[a]!;
      const weight = this.of(theta, a);
      if (weight === zero || without?.[child[a]!] === a) continue;
      weights[at] = plus(weights[at]!, weight);
      if (along) slopes[at]! += plain(over(weight, weights[at]!)) * (along[a]! - slopes[at]!);
    }
  }
}
