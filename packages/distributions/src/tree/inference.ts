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

/** Builds exact inference on the spanning trees of a graph, by elimination of its vertices. */
export function treeInference(solver: Solver, shape: Shape): Inference {
  const arcs = arcsOf(shape);
  const { vertices, rooted, child, parent, element, begin } = arcs;
  const weights = new Weights(arcs);
  const graph = new Reduction(vertices);
  const shares = new Shares(vertices);
  const surprisal = new Surprisal(arcs);
  const draw = new Draw(arcs);
  const rootShares = new Float64Array(vertices);
  const along = new Float64Array(child.length);
  const between = new Float64Array(solver.size);
  const sign = solver.sense === 'maximise' ? 1 : -1;
  const single = { theta: new Float32Array(solver.size), z: new Float32Array(solver.size) };

  /** Computes A(theta), and selects the arithmetic that fits it. */
  function logPartition(theta: Float64Array): number {
    weights.read(theta);
    weights.fill(theta, graph);
    if (!weights.arithmetic.eliminate(graph, 0)) return -Infinity;
    let sum = (shape.vertices - 1) * weights.shift;
    for (let v = 0; v < vertices; v++) sum += weights.arithmetic.log(graph.pivots[v]!);
    return sum;
  }

  function findShares(theta: Float64Array, withSlopes: boolean): void {
    weights.fill(theta, shares.graph, withSlopes ? along : undefined);
    shares.find(weights.arithmetic, withSlopes);
  }

  /** Returns the probability that a tree has an arc, as a weight, once the shares are found. */
  function probabilityOf(arc: number, theta: Float64Array): number {
    const share = shares.weights[child[arc]! * shares.graph.stride + 1 + parent[arc]!]!;
    return weights.arithmetic.times(weights.of(theta, arc), share);
  }

  /** Returns the derivative of its logarithm along the slopes. */
  function slope(arc: number): number {
    return along[arc]! + shares.slopes[child[arc]! * shares.graph.stride + 1 + parent[arc]!]!;
  }

  const scoreOf = (arc: number, theta: Float64Array): number =>
    element[arc] === -1 ? 0 : theta[element[arc]!]!;

  /** Finds the shares and the best tree, and orients that tree. */
  function orientBest(theta: Float64Array): void {
    findShares(theta, false);
    for (let i = 0; i < theta.length; i++) single.theta[i] = sign * theta[i]!;
    solver.solve(single.theta, single.z, 1);
    surprisal.orient(single.z);
  }

  /**
   * Computes by how much the oriented tree scores better than trees do on average. Each vertex compares the arcs from
   * it with the one in the tree. If that tree has almost all the probability, each term is small, and nothing cancels.
   */
  function meanGap(theta: Float64Array, scores: Float64Array): number {
    let sum = 0;
    for (let v = 0; v < vertices; v++) {
      const best = scoreOf(surprisal.treeArc[v]!, scores);
      if (best === -Infinity) return Infinity;
      for (let a = begin[v]!; a < begin[v + 1]!; a++) {
        const p = weights.arithmetic.plain(probabilityOf(a, theta));
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
    findShares(between, true);
    let sum = 0;
    for (let a = 0; a < child.length; a++) {
      if (along[a] !== 0) sum += weights.arithmetic.plain(probabilityOf(a, between)) * along[a]! * slope(a);
    }
    return sum;
  }

  return {
    solver,
    contains: treeTest(shape),
    logPartition,
    marginals(theta, mu) {
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      findShares(theta, false);
      mu.fill(0);
      for (let a = 0; a < child.length; a++) {
        if (element[a] !== -1) mu[element[a]!]! += weights.arithmetic.plain(probabilityOf(a, theta));
      }
      return answer;
    },
    covarianceProduct(theta, v, mu, out) {
      for (let a = 0; a < child.length; a++) along[a] = scoreOf(a, v);
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      findShares(theta, true);
      mu.fill(0);
      out.fill(0);
      for (let a = 0; a < child.length; a++) {
        if (element[a] === -1) continue;
        const p = weights.arithmetic.plain(probabilityOf(a, theta));
        mu[element[a]!]! += p;
        out[element[a]!]! += p * slope(a);
      }
      return answer;
    },
    sample(key, theta, z) {
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      if (rooted) draw.draw(key, theta, weights, z);
      else {
        findShares(theta, false);
        for (let v = 0; v < vertices; v++) rootShares[v] = probabilityOf(begin[v + 1]! - 1, theta);
        draw.draw(key, theta, weights, z, rootShares);
      }
      return answer;
    },
    /**
     * -log p of the best tree, plus by how much less than it trees score on average: both terms are as small as the
     * entropy.
     */
    entropy(theta) {
      if (logPartition(theta) === -Infinity) return -Infinity;
      orientBest(theta);
      return surprisal.of(theta, weights) + meanGap(theta, theta);
    },
    /**
     * The cross-entropy minus the entropy, each computed like the entropy. If the two are almost equal, the mean of
     * variances on the path from theta to the other instead, because the second derivative of A is the variance.
     */
    kl(theta, other) {
      if (logPartition(theta) === -Infinity) return -Infinity;
      orientBest(theta);
      const missed = meanGap(theta, other);
      if (missed === Infinity) return missed;
      if (compare(theta, other) <= 1) return meanOverPath((t) => variance(theta, other, t));
      const entropy = surprisal.of(theta, weights) + meanGap(theta, theta);
      weights.read(other);
      return surprisal.of(other, weights) + missed - entropy;
    },
    states: () => everyTree(shape),
  };
}
