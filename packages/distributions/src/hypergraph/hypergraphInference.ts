import { fillUniform, type Key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkCount, sortLexicographically } from '../enumeration/listedInference.js';
import type { Inference } from '../inference.js';
import { scaledExponentials } from '../scaled/exponential.js';
import { type Scaled, scaled } from '../scaled/scaled.js';
import { derivations, derives } from './derivations.js';
import { draw } from './draw.js';
import { divergence, entropy, type Solved } from './entropy.js';
import type { Hypergraph } from './hypergraph.js';
import { inside } from './inside.js';
import { outside, visits } from './outside.js';
import { plainInside } from './plainInside.js';
import { ranking } from './ranking.js';
import { type Tangents, tangent } from './tangent.js';

/** Builds exact inference for a dynamic program from its hypergraph. */
export function hypergraphInference(
  solver: Solver,
  graph: Hypergraph,
): Inference & Required<Pick<Inference, 'best' | 'kl'>> {
  const size = graph.elements;
  const here = memory(graph);
  const there = memory(graph);
  const plainWeights = new Float64Array(size + 1);
  const plainValues = new Float64Array(graph.nodes);
  const visited = visits(graph);
  const tangents: Tangents = {
    values: new Float64Array(graph.nodes),
    shares: new Float64Array(graph.edges),
    visits: visits(graph),
  };
  const direction = new Float64Array(size + 1);
  const below = new Float64Array(graph.nodes);
  const uniforms = new Float64Array(graph.choices);
  const pending = new Int32Array(graph.length);
  const state = new Float64Array(size + 1);

  /** Fills the shares, and returns the log-partition. */
  function solve(theta: Float64Array): number {
    const { weights, values, share } = here;
    scaledExponentials(theta, weights.mantissa, weights.exponent);
    const logPartition = plainInside(graph, weights, plainWeights, plainValues, share);
    return Number.isNaN(logPartition) ? inside(graph, weights, values, share) : logPartition;
  }

  /** Does the same with numbers that carry an exponent, and leaves them. */
  function solveScaled(theta: Float64Array, { weights, values, share }: Solved): number {
    scaledExponentials(theta, weights.mantissa, weights.exponent);
    return inside(graph, weights, values, share);
  }

  function marginals(theta: Float64Array, mu: Float64Array): number {
    const logPartition = solve(theta);
    outside(graph, here.share, visited);
    for (let i = 0; i < size; i++) mu[i] = visited.elements[i]!;
    return logPartition;
  }

  return {
    solver,
    contains: (z) => derives(graph, z, below),
    logPartition: (theta) => solve(theta),
    marginals,
    covarianceProduct(theta, v, mu, out) {
      const logPartition = marginals(theta, mu);
      direction.set(v);
      tangent(graph, here.share, visited, direction, tangents);
      for (let i = 0; i < size; i++) out[i] = tangents.visits.elements[i]!;
      return logPartition;
    },
    sample(key: Key, theta, z) {
      const logPartition = solve(theta);
      if (logPartition === -Infinity) return logPartition;
      fillUniform(key, uniforms);
      draw(graph, here.share, uniforms, pending, state);
      for (let i = 0; i < size; i++) z[i] = state[i]!;
      return logPartition;
    },
    entropy: (theta) => (solve(theta) === -Infinity ? -Infinity : entropy(graph, here.share, below)),
    kl(theta, other) {
      if (solveScaled(theta, here) === -Infinity) return -Infinity;
      return solveScaled(other, there) === -Infinity ? Infinity : divergence(graph, here, there, below);
    },
    best: (theta, m, z, values) => ranking(graph, theta, m, z, values),
    states() {
      checkCount(solver.name, Math.exp(solve(new Float64Array(size))));
      return sortLexicographically(derivations(graph));
    },
  };
}

function memory(graph: Hypergraph): Solved {
  const weights: Scaled = scaled(graph.elements + 1);
  return { weights, values: scaled(graph.nodes), share: new Float64Array(graph.edges) };
}
