import type { Solver } from '@aimle/solvers';
import type { Inference } from '../inference.js';
import { arcsOf } from './arcs.js';
import { Draw } from './draw.js';
import { meanOverPath } from './meanOverPath.js';
import { Reduction } from './reduction.js';
import { everyTree, type Shape, treeTest } from './shape.js';
import { Shares } from './shares.js';
import { Surprisal } from './surprisal.js';
import { Weights } from './weights.js';

/** How far the sum of the marginals may be from the number of edges of a tree, relative to it. */
const MAX_ERROR = 1e-3;

/** Builds exact inference on the spanning trees of a graph, by elimination of its vertices. */
export function treeInference(solver: Solver, shape: Shape): Inference {
  const arcs = arcsOf(shape);
  const { vertices, rooted, child, parent, element, begin } = arcs;
  const weights = new Weights(arcs, solver.size);
  const graph = new Reduction(vertices);
  const shares = new Shares(vertices);
  const surprisal = new Surprisal(arcs);
  const draw = new Draw(arcs);
  const rootShares = new Float64Array(vertices);
  const along = new Float64Array(child.length);
  const marginals = new Float64Array(solver.size);
  const between = new Float64Array(solver.size);
  const sign = solver.sense === 'maximise' ? 1 : -1;
  const single = { theta: new Float32Array(solver.size), z: new Float32Array(solver.size) };

  /** The logarithm of what the shift of the weights takes from the weight of each tree. */
  const shifted = (): number => (shape.vertices - 1) * weights.shift;

  /** Computes A of the weights' theta. */
  function treeWeight(): number {
    weights.fill(graph);
    if (!weights.arithmetic.eliminate(graph, 0)) return -Infinity;
    let sum = shifted();
    for (let v = 0; v < vertices; v++) sum += weights.arithmetic.log(graph.pivots[v]!);
    return sum;
  }

  /**
   * Finds the shares, with the slopes of the arcs along which they are differentiated if given, and the marginals.
   * Returns A; NaN where theta spreads so far that logarithms have too few digits, which the sum of the marginals shows.
   */
  function findShares(slopes?: Float64Array): number {
    weights.fill(shares.graph, slopes);
    const answer = shares.find(weights.arithmetic, slopes !== undefined) + shifted();
    if (answer === -Infinity) return answer;
    marginals.fill(0);
    let sum = 0;
    for (let a = 0; a < child.length; a++) {
      const probability = probabilityOf(a);
      if (element[a] === -1) continue;
      marginals[element[a]!]! += probability;
      sum += probability;
    }
    return Math.abs(sum / (shape.vertices - 1) - 1) < MAX_ERROR ? answer : NaN;
  }

  /** Returns the probability that a tree has an arc, as a weight, once the shares are found. */
  function weightOf(arc: number): number {
    const { arithmetic } = weights;
    return arithmetic.times(weights.of(arc), shares.of(arithmetic, child[arc]!, parent[arc]!));
  }

  /** Returns it as a number. */
  function probabilityOf(arc: number): number {
    return Math.min(1, weights.arithmetic.plain(weightOf(arc)));
  }

  /** Returns the derivative of its logarithm along the slopes. */
  function slope(arc: number): number {
    return along[arc]! + shares.slopeOf(weights.arithmetic, child[arc]!, parent[arc]!);
  }

  const scoreOf = (arc: number, theta: Float64Array): number =>
    element[arc] === -1 ? 0 : theta[element[arc]!]!;

  /**
   * Finds the shares and a tree of probable edges, and orients that tree. If one tree has almost all the probability, it
   * is that one. The solver computes in single precision, which resolves logarithms of probabilities near 1 however
   * large theta is.
   */
  function orientProbable(): number {
    const answer = findShares();
    if (!(answer > -Infinity)) return answer;
    for (let i = 0; i < marginals.length; i++) single.theta[i] = sign * Math.log(marginals[i]!);
    solver.solve(single.theta, single.z, 1);
    surprisal.orient(single.z);
    return answer;
  }

  /**
   * Computes by how much the oriented tree scores better than trees do on average. Each vertex compares the arcs from
   * it with the one in the tree. If that tree has almost all the probability, each term is small, and nothing cancels.
   */
  function meanGap(scores: Float64Array): number {
    let sum = 0;
    for (let v = 0; v < vertices; v++) {
      const best = scoreOf(surprisal.treeArc[v]!, scores);
      if (best === -Infinity) return Infinity;
      for (let a = begin[v]!; a < begin[v + 1]!; a++) {
        const p = probabilityOf(a);
        if (p === 0) continue;
        const score = scoreOf(a, scores);
        if (score === -Infinity) return Infinity;
        sum += p * (best - score);
      }
    }
    return sum;
  }

  /**
   * Writes by how much more the arcs fall short of those of the oriented tree in theta than in the other, and returns
   * the maximum sum of that over a tree: Infinity where one of the two has an arc that the other lacks.
   */
  function compare(theta: Float64Array, other: Float64Array): number {
    let sum = 0;
    for (let v = 0; v < vertices; v++) {
      const tree = surprisal.treeArc[v]!;
      const best = scoreOf(tree, theta) - scoreOf(tree, other);
      let max = 0;
      for (let a = begin[v]!; a < begin[v + 1]!; a++) {
        const [here, there] = [scoreOf(a, theta), scoreOf(a, other)];
        along[a] = (here === there ? 0 : here - there) - best;
        max = Math.max(max, Math.abs(along[a]!));
      }
      sum += max;
    }
    return sum;
  }

  /**
   * Computes the variance of the sum of `along` over a tree, at the fraction t of the path from one theta to the other.
   */
  function variance(theta: Float64Array, other: Float64Array, t: number): number {
    for (let i = 0; i < between.length; i++) {
      between[i] = theta[i] === -Infinity ? -Infinity : theta[i]! + t * (other[i]! - theta[i]!);
    }
    weights.read(between);
    let sum: number;
    do {
      findShares(along);
      sum = 0;
      for (let a = 0; a < child.length; a++) {
        if (along[a] !== 0) sum += probabilityOf(a) * along[a]! * slope(a);
      }
    } while (weights.leftRange());
    return sum;
  }

  /** Computes -log p of the oriented tree. */
  function surprisalOf(theta: Float64Array): number {
    weights.read(theta);
    let answer: number;
    do answer = surprisal.of(weights);
    while (weights.leftRange());
    return answer;
  }

  return {
    solver,
    contains: treeTest(shape),
    logPartition(theta) {
      weights.read(theta);
      let answer: number;
      do answer = treeWeight();
      while (weights.leftRange());
      return answer;
    },
    marginals(theta, mu) {
      weights.read(theta);
      let answer: number;
      do answer = findShares();
      while (weights.leftRange());
      mu.set(marginals);
      return answer;
    },
    covarianceProduct(theta, v, mu, out) {
      for (let a = 0; a < child.length; a++) along[a] = scoreOf(a, v);
      weights.read(theta);
      let answer: number;
      do {
        answer = findShares(along);
        out.fill(0);
        for (let a = 0; a < child.length && answer > -Infinity; a++) {
          if (element[a] !== -1) out[element[a]!]! += probabilityOf(a) * slope(a);
        }
      } while (weights.leftRange());
      mu.set(marginals);
      return answer;
    },
    sample(key, theta, z) {
      weights.read(theta);
      let answer: number;
      do {
        answer = rooted ? treeWeight() : findShares();
        if (!(answer > -Infinity)) continue;
        for (let v = 0; v < vertices && !rooted; v++) rootShares[v] = weightOf(begin[v + 1]! - 1);
        draw.draw(key, weights, z, rooted ? undefined : rootShares);
      } while (weights.leftRange());
      return answer;
    },
    /**
     * -log p of the best tree, plus by how much less than it trees score on average: both terms are as small as the
     * entropy.
     */
    entropy(theta) {
      weights.read(theta);
      let answer: number;
      do {
        answer = orientProbable();
        if (answer > -Infinity) answer = surprisal.of(weights) + meanGap(theta);
      } while (weights.leftRange());
      return answer;
    },
    /**
     * The cross-entropy minus the entropy, each computed like the entropy. If the two are almost equal, the mean of
     * variances on the path from theta to the other instead, because the second derivative of A is the variance.
     */
    kl(theta, other) {
      weights.read(theta);
      let [answer, missed, entropy] = [0, 0, 0];
      do {
        answer = orientProbable();
        if (!(answer > -Infinity)) continue;
        missed = meanGap(other);
        entropy = surprisal.of(weights) + meanGap(theta);
      } while (weights.leftRange());
      if (!(answer > -Infinity)) return answer;
      if (missed === Infinity) return missed;
      if (compare(theta, other) <= 1) return meanOverPath((t) => variance(theta, other, t));
      return surprisalOf(other) + missed - entropy;
    },
    states: () => everyTree(shape),
  };
}
