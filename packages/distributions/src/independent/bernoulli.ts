import { fillUniform } from '@aimle/random';
import { type BernoulliOptions, bernoulli as bernoulliSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkCount } from '../enumeration/listedInference.js';
import { divergenceTerm } from '../enumeration/softmax.js';
import { type Hypergraph, HypergraphBuilder, NOTHING } from '../hypergraph/hypergraph.js';
import { ranking } from '../hypergraph/ranking.js';
import type { Inference } from '../inference.js';
import { checkInteger } from '../validation.js';

/**
 * Builds the distribution of independent bits: p(z_i = 1) = 1 / (1 + exp(-theta_i)).
 *
 * theta has one logit per bit, as for the solver; `-Infinity` makes a bit 0. `size` is at most 2^26 here. Use it for
 * gates, binary codes and masks without a budget. It uses closed forms, which are exact at any range of theta, down to
 * entropies and divergences of 1e-300. Cost: O(size) per instance, O(size * m log m) for `topStates`.
 *
 * @param options - size, and the sense.
 * @returns the distribution, with `kappa` = size / 2.
 * @throws RangeError when size or sense is out of range.
 *
 * @example
 * ```ts
 * import { bernoulli } from '@aimle/distributions';
 *
 * const bits = bernoulli({ size: 2 });
 * const theta = Float64Array.of(0, Math.log(3));
 * Array.from(bits.marginals(theta), (mu) => mu.toFixed(2)) // => ['0.50', '0.75']
 * bits.topStates(theta, 1).logProbability[0]!.toFixed(4) // => '-0.9808'
 * ```
 */
export function bernoulli(options: BernoulliOptions): RankedDistribution {
  checkOptions('bernoulli', options, { size: true, sense: true });
  const { size } = options;
  const name = 'bernoulli';
  checkInteger(name, 'size', size, 1, 2 ** 26);
  const uniforms = new Float64Array(size);
  let graph: Hypergraph | undefined;

  function logPartition(theta: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += softplus(theta[i]!);
    return sum;
  }

  function marginals(theta: Float64Array, mu: Float64Array): number {
    for (let i = 0; i < size; i++) mu[i] = sigmoid(theta[i]!);
    return logPartition(theta);
  }

  const inference: Inference & Required<Pick<Inference, 'best'>> = {
    solver: bernoulliSolver(options),
    contains: (z) => z.every((one) => one === 0 || one === 1),
    logPartition,
    marginals,
    covarianceProduct(theta, v, mu, out) {
      for (let i = 0; i < size; i++) out[i] = sigmoid(theta[i]!) * sigmoid(-theta[i]!) * v[i]!;
      return marginals(theta, mu);
    },
    sample(key, theta, z) {
      fillUniform(key, uniforms);
      for (let i = 0; i < size; i++) z[i] = +(uniforms[i]! < sigmoid(theta[i]!));
      return logPartition(theta);
    },
    entropy(theta) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const gap = Math.abs(theta[i]!);
        if (gap < Infinity) sum += softplus(-gap) + gap * sigmoid(-gap);
      }
      return sum;
    },
    kl(theta, other) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        // A value that theta allows may have a probability too small for a double; its absence from `other` still counts.
        if (other[i] === -Infinity && theta[i]! > -Infinity) return Infinity;
        sum += oneSided(theta[i]!, other[i]!) + oneSided(-theta[i]!, -other[i]!);
      }
      return sum;
    },
    best(theta, m, z, values) {
      graph ??= bitGraph(name, size);
      return ranking(graph, theta, m, z, values);
    },
    states() {
      checkCount(name, 2 ** size);
      return Array.from({ length: 2 ** size }, (_, s) =>
        Uint8Array.from({ length: size }, (_, i) => 1 - ((s >> (size - 1 - i)) & 1)),
      );
    },
  };
  return assemble(inference);
}

/** The part of the divergence for the outcome that the bit is one. */
function oneSided(theta: number, other: number): number {
  return divergenceTerm(sigmoid(theta), sigmoid(other), softplus(-theta) - softplus(-other));
}

/** log(1 + e^x) */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return (x < 0 ? small : 1) / (1 + small);
}

/** Builds the hypergraph of one bit after the other. */
function bitGraph(name: string, size: number): Hypergraph {
  const builder = new HypergraphBuilder(name, size);
  let after = NOTHING;
  for (let i = size - 1; i >= 0; i--) {
    builder.edge(i, after);
    builder.edge(undefined, after);
    after = builder.node();
  }
  return builder.build();
}
