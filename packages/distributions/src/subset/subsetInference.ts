import { fillUniform } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { type Hypergraph, HypergraphBuilder } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import type { Inference } from '../inference.js';
import { completions } from './completions.js';

/**
 * Builds exact inference for subsets of `low` to `high` items out of `size`: one item after the other, with the number
 * of items taken so far as the state. The operations that training needs at every step are written out here for the two
 * edges of a node, which is several times as fast as the hypergraph; the others use the hypergraph.
 *
 * Source: K. Ahmed, Z. Zeng, M. Niepert and G. Van den Broeck, "SIMPLE: a gradient estimator for k-subset sampling",
 * ICLR 2023, section 4; S. X. Chen and J. S. Liu, "Statistical applications of the Poisson-binomial and conditional
 * Bernoulli distributions", Statistica Sinica 1997.
 */
export function subsetInference(
  solver: Solver,
  low: number,
  high: number,
): Inference & Required<Pick<Inference, 'best' | 'kl'>> {
  const { name, size } = solver;
  const { base, begin, end, take, stay, solve } = completions(name, size, low, high);
  /** The derivative of `take`; that of `stay` is its negative. */
  const takeSlope = new Float64Array(take.length);
  /** By the count of items taken: the probability of reaching it, and its derivative. */
  const visit = new Float64Array(high + 2);
  const visitSlope = new Float64Array(high + 2);
  /** By the count of items taken: the contribution of the items after it. */
  const below = new Float64Array(high + 2);
  const uniforms = new Float64Array(size);
  let graph: ReturnType<typeof hypergraphInference> | undefined;
  const byGraph = () => {
    graph ??= hypergraphInference(solver, subsetGraph(name, size, low, high));
    return graph;
  };

  function marginals(theta: Float64Array, mu: Float64Array): number {
    const logPartition = solve(theta);
    visit.fill(0);
    visit[0] = 1;
    for (let i = 0; i < size; i++) {
      let marginal = 0;
      for (let j = end[i]!; j >= begin[i]!; j--) {
        const at = base[i]! + j;
        const taken = visit[j]! * take[at]!;
        visit[j]! *= stay[at]!;
        visit[j + 1]! += taken;
        marginal += taken;
      }
      mu[i] = marginal;
    }
    return logPartition;
  }

  /** Computes the derivative of `take` in the direction v from those of the log-values, from the last item backward. */
  function differentiate(v: Float64Array): void {
    below.fill(0);
    for (let i = size - 1; i >= 0; i--) {
      for (let j = begin[i]!; j <= end[i]!; j++) {
        const at = base[i]! + j;
        const gain = v[i]! + below[j + 1]! - below[j]!;
        takeSlope[at] = take[at]! * stay[at]! * gain;
        below[j]! += take[at]! * gain;
      }
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
      return low <= ones && ones <= high;
    },
    logPartition: solve,
    marginals,
    covarianceProduct(theta, v, mu, out) {
      const logPartition = marginals(theta, mu);
      differentiate(v);
      visit.fill(0);
      visitSlope.fill(0);
      visit[0] = 1;
      for (let i = 0; i < size; i++) {
        let slope = 0;
        for (let j = end[i]!; j >= begin[i]!; j--) {
          const at = base[i]! + j;
          const moved = visit[j]! * takeSlope[at]!;
          const taken = visitSlope[j]! * take[at]! + moved;
          visitSlope[j] = visitSlope[j]! * stay[at]! - moved;
          visitSlope[j + 1]! += taken;
          visit[j + 1]! += visit[j]! * take[at]!;
          visit[j]! *= stay[at]!;
          slope += taken;
        }
        out[i] = slope;
      }
      return logPartition;
    },
    sample(key, theta, z) {
      const logPartition = solve(theta);
      if (logPartition === -Infinity) return logPartition;
      fillUniform(key, uniforms);
      let taken = 0;
      for (let i = 0; i < size; i++) {
        const at = base[i]! + taken;
        // A share may round to below 1 even if it must be 1: never skip an item where that is impossible.
        z[i] = +(uniforms[i]! < take[at]! || stay[at] === 0);
        taken += z[i]!;
      }
      return logPartition;
    },
    entropy(theta) {
      if (solve(theta) === -Infinity) return -Infinity;
      below.fill(0);
      for (let i = size - 1; i >= 0; i--) {
        for (let j = begin[i]!; j <= end[i]!; j++) {
          const taken = take[base[i]! + j]!;
          const left = stay[base[i]! + j]!;
          below[j] = taken * below[j + 1]! + left * below[j]! + binaryEntropy(taken, left);
        }
      }
      return below[0]!;
    },
    kl: (theta, other) => byGraph().kl(theta, other),
    best: (theta, m, z, values) => byGraph().best(theta, m, z, values),
    states: () => byGraph().states(),
  };
}

/** -p log p - q log q, where q = 1 - p, or both are zero. */
function binaryEntropy(p: number, q: number): number {
  const less = Math.min(p, q);
  return less === 0 ? 0 : -less * Math.log(less) - Math.max(p, q) * Math.log1p(-less);
}

/** Builds the hypergraph of subsets of `low` to `high` items: at item i with j taken so far, take it or leave it. */
function subsetGraph(name: string, size: number, low: number, high: number): Hypergraph {
  const builder = new HypergraphBuilder(name, size);
  const dead = builder.node();
  builder.edge(undefined);
  const done = builder.node();
  let after = Int32Array.from({ length: high + 2 }, (_, j) => (j >= low && j <= high ? done : dead));
  for (let i = size - 1; i >= 0; i--) {
    const here = new Int32Array(high + 2).fill(dead);
    for (let j = Math.max(0, low - (size - i)); j <= Math.min(i, high); j++) {
      if (after[j + 1] !== dead) builder.edge(i, after[j + 1]!);
      if (after[j] !== dead) builder.edge(undefined, after[j]!);
      here[j] = builder.node();
    }
    after = here;
  }
  return builder.build();
}
