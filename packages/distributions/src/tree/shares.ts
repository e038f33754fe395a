import type { Arithmetic } from './arithmetic.js';
import { Reduction } from './reduction.js';

/**
 * Computes, for all arcs, the derivative of the logarithm of the weight of all trees with respect to the weight of the
 * arc. Times that weight, it is the probability that a tree has the arc.
 *
 * Elimination preserves it, and for two vertices it has a closed form. All pairs are reached in O(vertices^3) by
 * recursion: each of three groups of vertices is eliminated in turn, and the other two are divided again.
 */
export class Shares {
  /** The whole graph; fill it before calling `find`. */
  readonly graph: Reduction;
  /** For the arcs from vertex i: to the root, then to vertex 0, 1, ... Laid out like the weights of the graph. */
  readonly weights: Float64Array;
  /** The derivatives of their logarithms, if requested. */
  readonly slopes: Float64Array;
  readonly #levels: Reduction[] = [];
  /** Which of the three groups a level eliminates next. */
  readonly #turn: Int32Array;
  readonly #order: Int32Array;

  constructor(vertices: number) {
    this.graph = new Reduction(vertices);
    this.weights = new Float64Array(vertices * (vertices + 1));
    this.slopes = new Float64Array(vertices * (vertices + 1));
    this.#order = new Int32Array(vertices);
    this.#levels.push(this.graph);
    for (let size = vertices; size > 2; size -= Math.floor(size / 3)) this.#levels.push(new Reduction(size));
    this.#turn = new Int32Array(this.#levels.length);
  }

  /** Finds them; there must be a tree. */
  find(arithmetic: Arithmetic, withSlopes: boolean): void {
    const { graph } = this;
    const rooted = graph.grounded;
    if (graph.size === 1) {
      this.weights[0] = arithmetic.over(arithmetic.one, graph.weights[0]!);
      this.slopes[0] = -graph.slopes[0]!;
      return;
    }
    let depth = 0;
    this.#turn[0] = 0;
    while (depth >= 0) {
      const here = this.#levels[depth]!;
      if (here.size === 2) this.#settle(here, rooted, arithmetic, withSlopes);
      if (here.size === 2 || this.#turn[depth] === 3) {
        depth--;
        continue;
      }
      const group = this.#turn[depth]!++;
      const kept = this.#arrange(here.size, group);
      const below = this.#levels[++depth]!;
      this.#turn[depth] = 0;
      below.take(here, this.#order, here.size, withSlopes);
      if (withSlopes) arithmetic.eliminateAlong(below, kept);
      else arithmetic.eliminate(below, kept);
    }
  }

  /** Puts one of three groups of vertices last, and returns how many are not in it. */
  #arrange(size: number, group: number): number {
    const from = Math.floor((size * group) / 3);
    const end = Math.floor((size * (group + 1)) / 3);
    let at = 0;
    for (let v = 0; v < from; v++) this.#order[at++] = v;
    for (let v = end; v < size; v++) this.#order[at++] = v;
    const kept = at;
    for (let v = from; v < end; v++) this.#order[at++] = v;
    return kept;
  }

  /** Two vertices i and j have three trees: i -> j -> root, j -> i -> root, and both to the root. */
  #settle(pair: Reduction, rooted: boolean, arithmetic: Arithmetic, withSlopes: boolean): void {
    const { zero, plus, times, over } = arithmetic;
    const { weights, slopes, stride, grounded } = pair;
    const [iRoot, ij, jRoot, ji] = [weights[0]!, weights[2]!, weights[stride]!, weights[stride + 1]!];
    const throughJ = times(ij, jRoot);
    const throughI = times(ji, iRoot);
    const both = grounded ? times(iRoot, jRoot) : zero;
    const all = plus(plus(throughJ, throughI), both);
    const [i, j] = [pair.vertices[0]!, pair.vertices[1]!];
    const width = this.graph.stride;
    this.weights[i * width + 1 + j] = over(jRoot, all);
    this.weights[j * width + 1 + i] = over(iRoot, all);
    // If an eliminated vertex is the root, neither of these two is.
    const rootable = grounded === rooted;
    const [iBeside, jBeside] = grounded ? [iRoot, jRoot] : [zero, zero];
    this.weights[i * width] = rootable ? over(plus(jBeside, ji), all) : zero;
    this.weights[j * width] = rootable ? over(plus(iBeside, ij), all) : zero;
    if (!withSlopes) return;
    const [iRootSlope, ijSlope] = [slopes[0]!, slopes[2]!];
    const [jRootSlope, jiSlope] = [slopes[stride]!, slopes[stride + 1]!];
    const { plain } = arithmetic;
    const slope =
      plain(over(throughJ, all)) * (ijSlope + jRootSlope) +
      plain(over(throughI, all)) * (jiSlope + iRootSlope) +
      plain(over(both, all)) * (iRootSlope + jRootSlope);
    this.slopes[i * width + 1 + j] = jRootSlope - slope;
    this.slopes[j * width + 1 + i] = iRootSlope - slope;
    this.slopes[i * width] = slopeOfSum(arithmetic, jBeside, jRootSlope, ji, jiSlope) - slope;
    this.slopes[j * width] = slopeOfSum(arithmetic, iBeside, iRootSlope, ij, ijSlope) - slope;
  }
}

function slopeOfSum(arithmetic: Arithmetic, a: number, aSlope: number, b: number, bSlope: number): number {
  const sum = arithmetic.plus(a, b);
  if (sum === arithmetic.zero) return 0;
  return aSlope + arithmetic.plain(arithmetic.over(b, sum)) * (bSlope - aSlope);
}
