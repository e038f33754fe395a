import type { Solver } from '@aimle/solvers';
import type { Inference } from '../inference.js';
import { arcsOf } from './arcs.js';
import { Draw } from './draw.js';
import { Reduction } from './reduction.js';
import { everyTree, type Shape, treeTest } from './shape.js';
import { Shares } from './shares.js';
import { Surprise } from './surprise.js';
import { Weights } from './weights.js';

/** Exact inference on the spanning trees of a graph, by elimination of its vertices. */
export function treeInference(name: string, shape: Shape, solver: Solver): Inference {
  const arcs = arcsOf(shape);
  const { vertices, rooted, child, parent, element, begin } = arcs;
  const weights = new Weights(arcs);
  const graph = new Reduction(vertices);
  const shares = new Shares(vertices);
  const surprise = new Surprise(arcs);
  const draw = new Draw(arcs);
  const rootShares = new Float64Array(vertices);
  const single = { theta: new Float32Array(solver.size), z: new Float32Array(solver.size) };

  /** A(theta); leaves the arithmetic that fits it. */
  function logPartition(theta: Float64Array): number {
    weights.read(theta);
    weights.fill(theta, graph);
    if (!weights.arithmetic.eliminate(graph, 0)) return -Infinity;
    let sum = (shape.vertices - 1) * weights.shift;
    for (let v = 0; v < vertices; v++) sum += weights.arithmetic.log(graph.pivots[v]!);
    return sum;
  }

  /** The weight of all trees with an arc beside the weight of all: its probability, once the shares are found. */
  function weightOf(arc: number, theta: Float64Array): number {
    const share = shares.weights[child[arc]! * shares.graph.stride + 1 + parent[arc]!]!;
    return weights.arithmetic.times(weights.of(theta[element[arc]!]!), share);
  }

  function probability(arc: number, theta: Float64Array): number {
    return weights.arithmetic.plain(weightOf(arc, theta));
  }

  function findShares(theta: Float64Array, v?: Float64Array): void {
    weights.fill(theta, shares.graph, v);
    shares.find(weights.arithmetic, v !== undefined);
  }

  function hangBest(theta: Float64Array): void {
    findShares(theta);
    single.theta.set(theta);
    solver.solve(single.theta, single.z, 1);
    surprise.hang(single.z);
  }

  /**
   * By how much the tree that hangs scores better than trees do on average; where there is another theta, how much more
   * so by the other. The sum goes by vertices, each of which compares the arcs from it with the one in the tree: where
   * that tree is all there is, each term is small, so that nothing cancels. With `surprise` it makes the entropy.
   */
  function meanGap(theta: Float64Array, other?: Float64Array): number {
    let sum = 0;
    for (let v = 0; v < vertices; v++) {
      const best = scoreOf(surprise.treeArc[v]!, theta, other);
      if (best === -Infinity) return Infinity;
      if (!rooted) sum += weights.arithmetic.plain(shares.weights[v * shares.graph.stride]!) * best;
      for (let a = begin[v]!; a < begin[v + 1]!; a++) {
        const weight = weightOf(a, theta);
        if (weight === weights.arithmetic.zero) continue;
        const score = scoreOf(a, theta, other);
        if (score === -Infinity) return Infinity;
        sum += weights.arithmetic.plain(weight) * (best - score);
      }
    }
    return sum;
  }

  /** Being the root, where it is free, scores 0. */
  function scoreOf(arc: number, theta: Float64Array, other?: Float64Array): number {
    if (arc < 0) return 0;
    const score = theta[element[arc]!]!;
    return other ? other[element[arc]!]! - score : score;
  }

  return {
    name,
    size: solver.size,
    kappa: solver.kappa,
    solver,
    contains: treeTest(shape),
    logPartition,
    marginals(theta, mu) {
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      findShares(theta);
      mu.fill(0);
      for (let a = 0; a < child.length; a++) mu[element[a]!]! += probability(a, theta);
      return answer;
    },
    product(theta, v, mu, out) {
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      findShares(theta, v);
      mu.fill(0);
      out.fill(0);
      for (let a = 0; a < child.length; a++) {
        const p = probability(a, theta);
        const slope = shares.slopes[child[a]! * shares.graph.stride + 1 + parent[a]!]!;
        mu[element[a]!]! += p;
        out[element[a]!]! += p * (v[element[a]!]! + slope);
      }
      return answer;
    },
    sample(key, theta, z) {
      const answer = logPartition(theta);
      if (answer === -Infinity) return answer;
      if (rooted) draw.draw(key, theta, weights, z);
      else {
        findShares(theta);
        for (let v = 0; v < vertices; v++) rootShares[v] = shares.weights[v * shares.graph.stride]!;
        draw.draw(key, theta, weights, z, rootShares);
      }
      return answer;
    },
    entropy(theta) {
      if (logPartition(theta) === -Infinity) return -Infinity;
      hangBest(theta);
      return surprise.of(theta, weights) + meanGap(theta);
    },
    kl(theta, other) {
      if (logPartition(theta) === -Infinity) return -Infinity;
      hangBest(theta);
      const gap = meanGap(theta, other);
      const surprised = surprise.of(theta, weights);
      if (gap === Infinity) return gap;
      weights.read(other);
      return surprise.of(other, weights) - surprised + gap;
    },
    states: () => everyTree(shape),
  };
}
