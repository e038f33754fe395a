import { foldIn } from '@aimle/random';
import type { Distribution, Numbers, RankedDistribution } from './distribution.js';
import type { Inference } from './inference.js';
import { checkOut, instancesIn, rejectInfeasible, rejectValue } from './validation.js';

/** The distribution of a structure: batches, checks, and all that follows from its few primitives. */
export function assemble(inference: Inference & Required<Pick<Inference, 'best'>>): RankedDistribution;
export function assemble(inference: Inference): Distribution;
export function assemble(inference: Inference): Distribution | RankedDistribution {
  const { name, size, kappa, solver } = inference;
  const here = new Float64Array(size);
  const there = new Float64Array(size);
  const mu = new Float64Array(size);
  const answer = new Float64Array(size);
  const single = { theta: new Float32Array(size), z: new Float32Array(size) };

  /** Copies instance r of theta to `into`, checked. */
  function load(theta: Numbers, r: number, into: Float64Array, label = 'theta'): Float64Array {
    const start = r * size;
    for (let i = 0; i < size; i++) {
      const value = theta[start + i]!;
      if (!(value < Infinity)) rejectValue(name, label, value, r, i);
      into[i] = value;
    }
    return into;
  }

  /** A log-partition of -Infinity says that no state is left. */
  function possible(logPartition: number, r: number): number {
    if (logPartition === -Infinity) rejectInfeasible(name, r);
    return logPartition;
  }

  /** One number an instance. */
  function each(theta: Numbers, out: Float64Array | undefined, number: (r: number) => number): Float64Array {
    const rows = instancesIn(name, 'theta', theta, size);
    const into = checkOut(name, out, rows, theta);
    for (let r = 0; r < rows; r++) into[r] = number(r);
    return into;
  }

  /** One vector an instance: `write` leaves it in `answer`. */
  function eachVector(
    theta: Numbers,
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

  /** One number an instance of a pair. */
  function eachPair(
    theta: Numbers,
    other: Numbers,
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
    kappa,
    mode: (theta, out) =>
      eachVector(theta, out, (r) => {
        single.theta.set(load(theta, r, here));
        if (here.includes(-Infinity)) possible(inference.logPartition(here), r);
        solver.solve(single.theta, single.z, 1);
        answer.set(single.z);
      }),
    sample: (key, theta, out) =>
      eachVector(theta, out, (r) => {
        possible(inference.sample(foldIn(key, r), load(theta, r, here), answer), r);
      }),
    logPartition: (theta, out) =>
      each(theta, out, (r) => possible(inference.logPartition(load(theta, r, here)), r)),
    marginals: (theta, out) =>
      eachVector(theta, out, (r) => {
        possible(inference.marginals(load(theta, r, here), answer), r);
        // Rounding must not lead beyond 1: a user may take the logarithm of the complement.
        for (let i = 0; i < size; i++) answer[i] = Math.min(1, answer[i]!);
      }),
    marginalsProduct(theta, v, out) {
      instancesIn(name, 'v', v, size, theta);
      return eachVector(theta, out, (r) => {
        const start = r * size;
        for (let i = 0; i < size; i++) {
          const value = v[start + i]!;
          if (!Number.isFinite(value)) rejectValue(name, 'v', value, r, i);
          there[i] = value;
        }
        possible(inference.product(load(theta, r, here), there, mu, answer), r);
      });
    },
    logProbability(theta, z, out) {
      instancesIn(name, 'z', z, size, theta);
      return each(theta, out, (r) => {
        const logPartition = possible(inference.logPartition(load(theta, r, here)), r);
        for (let i = 0; i < size; i++) there[i] = z[r * size + i]!;
        return inference.contains(there) ? expectation(there, here) - logPartition : -Infinity;
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

  const { best } = inference;
  if (!best) return distribution;
  return {
    ...distribution,
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
        for (let j = 0; j < found; j++) values[j]! -= logPartition;
      }
      return { z, logProbability };
    },
  };
}

/** <weights, theta>, where what has no weight does not count, were it infinite. */
function expectation(weights: Float64Array, theta: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) sum += weights[i]! * theta[i]!;
  return sum;
}
