import type { Distribution } from '@aimle/distributions';
import { signOf } from '../layer/structure.js';

/**
 * Tabulates all states of a structure and all combinations of independent blocks. Combination j of E blocks has the
 * states that are the digits of j in base N; the first block is the most significant digit.
 */
export class StateTable {
  readonly #size: number;
  readonly #count: number;
  readonly #states: Float32Array;
  readonly #sign: 1 | -1;

  /** Throws when there are more than `limit`. */
  constructor(name: string, distribution: Distribution, limit: number) {
    const states: Uint8Array[] = [];
    for (const state of distribution.states()) {
      if (states.length === limit) refuseCount(name, `more from ${distribution.name}`, limit);
      states.push(state);
    }
    this.#size = distribution.size;
    this.#sign = signOf(distribution);
    this.#count = states.length;
    this.#states = new Float32Array(states.length * this.#size);
    states.forEach((state, s) => {
      this.#states.set(state, s * this.#size);
    });
  }

  /** Counts the combinations of `events` blocks; throws when there are more than the limit. */
  combinations(name: string, events: number, limit: number): number {
    const count = this.#count ** events;
    if (count > limit) refuseCount(name, `${this.#count}^${events} of ${events} blocks together`, limit);
    return count;
  }

  /** Returns the states of all combinations, repeated for every instance: batch * combinations * events * n numbers. */
  states(batch: number, events: number): Float32Array {
    const size = this.#size;
    const count = this.#count ** events;
    const once = new Float32Array(count * events * size);
    for (let j = 0; j < count; j++) {
      for (let e = 0, rest = j; e < events; e++) {
        const state = rest % this.#count;
        rest = (rest - state) / this.#count;
        const block = this.#states.subarray(state * size, (state + 1) * size);
        once.set(block, (j * events + events - 1 - e) * size);
      }
    }
    const all = new Float32Array(batch * once.length);
    for (let b = 0; b < batch; b++) all.set(once, b * once.length);
    return all;
  }

  /** Computes the probability of each combination: batch * combinations numbers. */
  probabilities(theta: Float32Array, batch: number, events: number): Float64Array {
    const count = this.#count ** events;
    const p = new Float64Array(batch * count).fill(1);
    for (let b = 0; b < batch; b++) {
      for (let e = 0; e < events; e++) {
        const own = this.#softmax(theta, (b * events + e) * this.#size);
        const period = this.#count ** (events - 1 - e);
        for (let j = 0; j < count; j++) p[b * count + j]! *= own[Math.floor(j / period) % this.#count]!;
      }
    }
    return p;
  }

  /** Computes the vector-Jacobian product of the probabilities. */
  vjp(p: Float64Array, gradient: Float32Array, events: number): Float64Array {
    const size = this.#size;
    const count = this.#count ** events;
    const batch = count === 0 ? 0 : p.length / count;
    const total = new Float64Array(batch * events * size);
    for (let b = 0; b < batch; b++) {
      let mean = 0;
      for (let j = 0; j < count; j++) mean += p[b * count + j]! * gradient[b * count + j]!;
      for (let j = 0; j < count; j++) {
        const along = this.#sign * p[b * count + j]! * (gradient[b * count + j]! - mean);
        if (along === 0) continue;
        for (let e = events - 1, rest = j; e >= 0; e--) {
          const state = rest % this.#count;
          rest = (rest - state) / this.#count;
          const into = (b * events + e) * size;
          for (let i = 0; i < size; i++) total[into + i]! += along * this.#states[state * size + i]!;
        }
      }
    }
    return total;
  }

  #softmax(theta: Float32Array, from: number): Float64Array {
    const size = this.#size;
    const scores = new Float64Array(this.#count);
    let top = -Infinity;
    for (let s = 0; s < this.#count; s++) {
      for (let i = 0; i < size; i++)
        if (this.#states[s * size + i] === 1) scores[s]! += this.#sign * theta[from + i]!;
      top = Math.max(top, scores[s]!);
    }
    let sum = 0;
    for (let s = 0; s < this.#count; s++) {
      scores[s] = Math.exp(scores[s]! - top);
      sum += scores[s]!;
    }
    return scores.map((weight) => weight / sum);
  }
}

function refuseCount(name: string, found: string, limit: number): never {
  throw new RangeError(
    `${name}: an instance must have at most ${limit} states, got ${found}. Raise the limit if memory allows, reshape ` +
      'blocks with separate losses into the batch, or sample states with scoreFunction.',
  );
}
