import { fillUniform } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { entropyOf } from '../enumeration/softmax.js';
import { chosen } from '../hypergraph/draw.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import type { Inference } from '../inference.js';
import { chainGraph } from './chainGraph.js';
import { chainTangent } from './chainTangent.js';
import { continuations } from './continuations.js';

/**
 * Builds exact inference for label sequences. The operations that training needs at every step run over the matrices of
 * transitions; the others, and all of them where theta needs more range than plain doubles have, use the hypergraph.
 */
export function chainInference(
  solver: Solver,
  length: number,
  labels: number,
): Inference & Required<Pick<Inference, 'best' | 'kl'>> {
  const { name } = solver;
  const unary = length * labels;
  const inside = continuations(length, labels);
  const { share, start, solve } = inside;
  const tangent = chainTangent(length, labels, inside);
  /** By label: the probability of being there, and at the next position. */
  let visit = new Float64Array(labels);
  let next = new Float64Array(labels);
  const uniforms = new Float64Array(length);
  let graph: ReturnType<typeof hypergraphInference> | undefined;
  const byGraph = () => {
    graph ??= hypergraphInference(solver, chainGraph(name, length, labels));
    return graph;
  };

  /** Writes the marginals from the shares, from the first position onward. */
  function visitAll(mu: Float64Array): void {
    visit.set(start);
    for (let t = 0; t < length; t++) {
      mu.set(visit, t * labels);
      if (t === length - 1) return;
      next.fill(0);
      for (let a = 0; a < labels; a++) {
        const at = (t * labels + a) * labels;
        const probability = visit[a]!;
        for (let b = 0; b < labels; b++) {
          const taken = probability * share[at + b]!;
          mu[unary + at + b] = taken;
          next[b]! += taken;
        }
      }
      [visit, next] = [next, visit];
    }
  }

  return {
    solver,
    contains(z) {
      let ones = 0;
      for (const one of z) {
        if (one !== 0 && one !== 1) return false;
        ones += one;
      }
      let before = 0;
      for (let t = 0; t < length; t++) {
        const label = z.indexOf(1, t * labels) - t * labels;
        if (label < 0 || label >= labels) return false;
        if (t > 0 && z[unary + ((t - 1) * labels + before) * labels + label] !== 1) return false;
        before = label;
      }
      return ones === 2 * length - 1;
    },
    logPartition(theta) {
      const logPartition = solve(theta, false);
      return Number.isNaN(logPartition) ? byGraph().logPartition(theta) : logPartition;
    },
    marginals(theta, mu) {
      const logPartition = solve(theta, true);
      if (Number.isNaN(logPartition)) return byGraph().marginals(theta, mu);
      visitAll(mu);
      return logPartition;
    },
    covarianceProduct(theta, v, mu, out) {
      const logPartition = solve(theta, true);
      if (Number.isNaN(logPartition)) return byGraph().covarianceProduct(theta, v, mu, out);
      visitAll(mu);
      tangent(v, out);
      return logPartition;
    },
    sample(key, theta, z) {
      const logPartition = solve(theta, true);
      if (Number.isNaN(logPartition)) return byGraph().sample(key, theta, z);
      if (logPartition === -Infinity) return logPartition;
      fillUniform(key, uniforms);
      z.fill(0);
      let label = chosen(start, 0, labels, uniforms[0]!);
      for (let t = 0; t < length; t++) {
        const at = t * labels + label;
        z[at] = 1;
        if (t === length - 1) break;
        const transition = chosen(share, at * labels, (at + 1) * labels, uniforms[t + 1]!);
        z[unary + transition] = 1;
        label = transition - at * labels;
      }
      return logPartition;
    },
    entropy(theta) {
      const logPartition = solve(theta, true);
      if (Number.isNaN(logPartition)) return byGraph().entropy!(theta);
      if (logPartition === -Infinity) return logPartition;
      let sum = entropyOf(start);
      visit.set(start);
      for (let t = 0; t < length - 1; t++) {
        next.fill(0);
        for (let a = 0; a < labels; a++) {
          if (visit[a] === 0) continue;
          const at = (t * labels + a) * labels;
          sum += visit[a]! * entropyOf(share, at, at + labels);
          for (let b = 0; b < labels; b++) next[b]! += visit[a]! * share[at + b]!;
        }
        [visit, next] = [next, visit];
      }
      return sum;
    },
    kl: (theta, other) => byGraph().kl(theta, other),
    best: (theta, m, z, values) => byGraph().best(theta, m, z, values),
    states: () => byGraph().states(),
  };
}
