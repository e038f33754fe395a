import { foldIn } from '@aimle/random';
import type { Distribution, FloatArray, RankedDistribution } from './distribution.js';
import type { Inference } from './inference.js';
import { checkOut, instancesIn, rejectInfeasible, rejectSpread, rejectValue } from './validation.js';

/** Builds the distribution of a structure from its few primitives: adds batches, checks, and all derived operations. */
export function assemble(inference: Inference & Required<Pick<Inference, 'best'>>): RankedDistribution;
export function assemble(inference: Inference): Distribution;
export function assemble(inference: Inference): Distribution | RankedDistribution {
  const { solver } = inference;
  const { name, size, sense, kappa } = solver;
  const sign = sense === 'maximise' ? 1 : -1;
  const here = new Float64Array(size);
  const there = new Float64Array(size);
  const mu = new Float64Array(size);
  const answer = new Float64Array(size);

  /** Copies instance r of theta to `into`, checked, and as scores: no other place handles costs. */
  function load(theta: FloatArray, r: number, into: Float64Array, label = 'theta'): Float64Array {
    const start = r * size;
    for (let i = 0; i < size; i++) {
      const score = sign * theta[start + i]!;
      if (!(score < Infinity)) rejectValue(name, label, theta[start + i]!, r, i, -sign * Infinity);
      into[i] = score;
    }
    return into;
  }

  /** Throws for a log-partition of -Infinity, which means that no state is left, and of NaN: no digit is. */
  function possible(logPartition: number, r: number): number {
    if (logPartition === -Infinity) rejectInfeasible(name, r);
    if (Number.isNaN(logPartition)) rejectSpread(name, r, here);
    return logPartition;
  }

  /** One number per instance. */
  function each(
    theta: FloatArray,
    out: Float64Array | undefined,
    number: (r: number) => number,
  ): Float64Array {
    const rows = instancesIn(name, 'theta', theta, size);
    const into = checkOut(name, out, rows, theta);
    for (let r = 0; r < rows; r++) into[r] = number(r);
    return into;
  }

  /** One vector per instance: `write` leaves it in `answer`. */
  function eachVector(
    theta: FloatArray,
    out: Float64Array | undefined,
    write: (r: number) => void,
  ): Float64Array {
    const rows = instancesIn(name, 'theta', theta, size);
    const into = checkOut(name, out, rows * size, theta);
    for (let r = 0; r < rows; r++) {
      write(r);
      into.set(answer, r * size);
    }
    return into;
  }

  /** The entropy of the instance in `here`. */
  const entropyOf = (r: number): number => {
    if (inference.entropy) return Math.max(0, possible(inference.entropy(here), r));
    const logPartition = possible(inference.marginals(here, mu), r);
    return Math.max(0, logPartition - expectation(mu, here));
  };

  /** The divergence of the instance in `here` from the one in `there`. */
  const klOf = (r: number): number => {
    if (!inference.kl) return Math.max(0, crossEntropyOf(r) - entropyOf(r));
    const divergence = possible(inference.kl(here, there), r);
    if (divergence === Infinity) possible(inference.logPartition(there), r);
    return Math.max(0, divergence);
  };

  const crossEntropyOf = (r: number): number => {
    if (inference.kl && inference.entropy) return entropyOf(r) + klOf(r);
    const logPartition = possible(inference.logPartition(there), r);
    possible(inference.marginals(here, mu), r);
    return logPartition - expectation(mu, there);
  };

  /** One number per instance of a pair. */
  function eachPair(
    theta: FloatArray,
    other: FloatArray,
    out: Float64Array | undefined,
    number: (r: number) => number,
  ): Float64Array {
    instancesIn(name, 'other', other, size, theta);
    return each(theta, out, (r) => {
      load(theta, r, here);
      load(other, r, there, 'other');
      return number(r);
    });
  }

  const distribution: Distribution = {
    name,
    size,
    sense,
    kappa,
    solve(theta, z, rows, context) {
      solver.solve(theta, z, rows, context);
      if (allFinite(theta)) return;
      // If nothing else is left, some solvers take a forbidden element: a state of probability zero.
      for (let i = 0; i < theta.length; i++) {
        if (Math.abs(theta[i]!) < Infinity) continue;
        const r = Math.floor(i / size);
        if (sign * theta[i]! > 0) rejectValue(name, 'theta', theta[i]!, r, i % size, -sign * Infinity);
        if (z[i] !== 0) rejectInfeasible(name, r);
      }
    },
    sample: (key, theta, out) =>
      eachVector(theta, out, (r) => {
        possible(inference.sample(foldIn(key, r), load(theta, r, here), answer), r);
      }),
    logPartition: (theta, out) =>
      each(theta, out, (r) => possible(inference.logPartition(load(theta, r, here)), r)),
    marginals: (theta, out) =>
      eachVector(theta, out, (r) => {
        possible(inference.marginals(load(theta, r, here), answer), r);
        // Rounding must not give more than 1: a user may take the logarithm of the complement.
        for (let i = 0; i < size; i++) answer[i] = Math.min(1, answer[i]!);
      }),
    covarianceProduct(theta, v, out) {
      instancesIn(name, 'v', v, size, theta);
      return eachVector(theta, out, (r) => {
        const start = r * size;
        for (let i = 0; i < size; i++) {
          const value = v[start + i]!;
          if (!Number.isFinite(value)) rejectValue(name, 'v', value, r, i);
          there[i] = value;
        }
        possible(inference.covarianceProduct(load(theta, r, here), there, mu, answer), r);
      });
    },
    logProbability(theta, z, out) {
      instancesIn(name, 'z', z, size, theta);
      return each(theta, out, (r) => {
        const logPartition = possible(inference.logPartition(load(theta, r, here)), r);
        for (let i = 0; i < size; i++) there[i] = z[r * size + i]!;
        // The two may be equal but for rounding, and no probability exceeds 1.
        return inference.contains(there) ? Math.min(0, expectation(there, here) - logPartition) : -Infinity;
      });
    },
    entropy: (theta, out) =>
      each(theta, out, (r) => {
        load(theta, r, here);
        return entropyOf(r);
      }),
    kl: (theta, other, out) => eachPair(theta, other, out, klOf),
    crossEntropy: (theta, other, out) => eachPair(theta, other, out, crossEntropyOf),
    states: () => inference.states(),
  };

  const { solve } = distribution;
  Object.defineProperty(distribution, 'description', {
    get(this: Distribution) {
      return this.solve === solve ? solver.description : undefined;
    },
  });
  const { best } = inference;
  if (!best) return distribution;
  const ranked: Pick<RankedDistribution, 'topStates'> = {
    topStates(theta, m) {
      if (!Number.isInteger(m) || m < 1) {
        throw new RangeError(`${name}: m must be an integer of at least 1, got ${String(m)}`);
      }
      const rows = instancesIn(name, 'theta', theta, size);
      const z = new Float64Array(rows * m * size);
      const logProbability = new Float64Array(rows * m).fill(-Infinity);
      for (let r = 0; r < rows; r++) {
        const logPartition = possible(inference.logPartition(load(theta, r, here)), r);
        const values = logProbability.subarray(r * m, (r + 1) * m);
        const found = best.call(inference, here, m, z.subarray(r * m * size, (r + 1) * m * size), values);
        for (let j = 0; j < found; j++) values[j] = Math.min(0, values[j]! - logPartition);
      }
      return { z, logProbability };
    },
  };
  return Object.assign(distribution, ranked);
}

/** <weights, theta>, where elements of weight 0 do not count, even if theta is infinite. */
function expectation(weights: Float64Array, theta: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) sum += weights[i]! * theta[i]!;
  return sum;
}

/**
 * Tests four numbers at a time, so that it costs little compared with the fastest solver. A product times 0 is 0 only
 * if all factors are finite.
 */
function allFinite(theta: Float32Array): boolean {
  let i = 0;
  for (; i + 4 <= theta.length; i += 4) {
    if (theta[i]! * theta[i + 1]! * theta[i + 2]! * theta[i + 3]! * 0 !== 0) return false;
  }
  for (; i < theta.length; i++) if (theta[i]! * 0 !== 0) return false;
  return true;
}
