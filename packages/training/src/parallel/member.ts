import { type BatchPart, moveByAdam, readValues, tensorOfCopy } from '@aimle/engine';
import type { Key } from '@aimle/random';
import type { Session } from '../contracts/session.js';
import type { Order } from '../loop/stepper.js';
import { finiteSum, withGradients } from '../loop/trainStep.js';
import { Barrier } from './barrier.js';
import { ROOM, type TeamMemory, Word } from './teamMemory.js';

/** A thread's share of each step. Member 0 is the thread that leads. */
export class Member<Batch> {
  readonly #memory: TeamMemory;
  readonly #index: number;
  readonly #session: Session<Batch>;
  readonly #stepKey: (step: number) => Key;
  readonly #gradientsReady: Barrier;
  readonly #sumsReady: Barrier;
  /** The tensor data of each parameter that equals the shared memory. */
  readonly #known = new Map<string, object>();
  #exchanges = 0;

  /** @param watch - called while this thread waits for others for long. */
  constructor(
    memory: TeamMemory,
    index: number,
    session: Session<Batch>,
    stepKey: (step: number) => Key,
    watch: () => void = () => {},
  ) {
    this.#memory = memory;
    this.#index = index;
    this.#session = session;
    this.#stepKey = stepKey;
    this.#gradientsReady = new Barrier(memory, Word.gradients, watch);
    this.#sumsReady = new Barrier(memory, Word.sums, watch);
  }

  /**
   * Computes losses and gradients of this member's part of a batch, then adds up gradients and moves parameters, each
   * member a share of them. A batch with fewer instances than members leaves some without a part.
   */
  async work({ epoch, index, step }: Order): Promise<void> {
    const { members } = this.#memory;
    const size = this.#session.parts!.size(epoch, index);
    this.#exchanges = 0;
    const parts = Math.min(members, size);
    this.#memory.losses.fill(0, 2 * this.#index, 2 * this.#index + 2);
    if (this.#index < parts) {
      const [from, to] = share(this.#index, parts, size);
      await this.#compute(this.#session.parts!.batch(epoch, index, from, to), this.#stepKey(step), {
        batch: size,
        first: from,
        sum: (values) => this.#sum(values, parts),
        sumBefore: (value) => this.#exchanged([value], parts, this.#index)[0]!,
      });
    }
    // What a model assigns in a pass is the same in all parts.
    if (this.#index === 0) this.give();
    this.#gradientsReady.meet(members);
    this.#move(parts);
    this.#gradientsReady.meet(members);
  }

  /** Loads the shared parameters into the model. */
  take(): void {
    let at = 0;
    for (const [name, parameter] of this.#session.model.parameters) {
      const values = tensorOfCopy(this.#memory.parameters.subarray(at, at + parameter.size), parameter.shape);
      parameter.assign(values);
      values.dispose();
      this.#known.set(name, parameter.dataId);
      at += parameter.size;
    }
  }

  /** Shares the parameters that were assigned since they were taken or shared: running statistics, or a restored run's. */
  give(): void {
    let at = 0;
    for (const [name, parameter] of this.#session.model.parameters) {
      if (this.#known.get(name) !== parameter.dataId) {
        this.#memory.parameters.set(readValues(parameter), at);
        this.#known.set(name, parameter.dataId);
      }
      at += parameter.size;
    }
  }

  async #compute(batch: Batch, key: Key, part: BatchPart): Promise<void> {
    const { gradients, losses, parameters } = this.#memory;
    const { model } = this.#session;
    let at = this.#index * parameters.length;
    try {
      await withGradients({ model, batch, key, part }, async (each, found) => {
        const values = await each.data();
        losses.set([finiteSum(values, part), values.length], 2 * this.#index);
        for (const name of model.parameters.keys()) {
          const gradient = readValues(found.get(name)!);
          gradients.set(gradient, at);
          at += gradient.length;
        }
      });
    } finally {
      this.#session.disposeBatch(batch);
    }
  }

  /** Adds gradients up over the parts, in their order, into the first one, and moves the parameters by Adam. */
  #move(parts: number): void {
    const { members, gradients, parameters, means, squares, coefficients, control } = this.#memory;
    const size = parameters.length;
    const [from, to] = share(this.#index, members, size);
    const terms = Array.from({ length: parts }, (_, part) =>
      gradients.subarray(part * size + from, part * size + to),
    );
    const g = terms[0]!;
    for (let part = 1; part < parts; part++) {
      const term = terms[part]!;
      for (let i = 0; i < g.length; i++) g[i]! += term[i]!;
    }
    const p = parameters.subarray(from, to);
    const [beta1, beta2, epsilon, rate, scale] = coefficients as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    const arrays = { next: p, p, g, m: means.subarray(from, to), v: squares.subarray(from, to) };
    const sum = moveByAdam(arrays, { beta1, beta2, epsilon, rate, scale });
    if (!Number.isFinite(sum)) Atomics.store(control, Word.notFinite, 1);
  }

  #sum(values: ArrayLike<number>, parts: number): Float64Array {
    const total = new Float64Array(values.length);
    for (let from = 0; from < values.length; from += ROOM) {
      const chunk = Array.from({ length: Math.min(ROOM, values.length - from) }, (_, i) => values[from + i]!);
      total.set(this.#exchanged(chunk, parts, parts), from);
    }
    return total;
  }

  /** Gives a vector to the other parts, and adds up those of the first `count`. */
  #exchanged(values: readonly number[], parts: number, count: number): Float64Array {
    const { members, vectors } = this.#memory;
    // Two places in turn: nobody can write one again while another still reads it.
    const place = (this.#exchanges++ % 2) * members;
    vectors.set(values, (place + this.#index) * ROOM);
    this.#sumsReady.meet(parts);
    const total = new Float64Array(values.length);
    for (let part = 0; part < count; part++) {
      const at = (place + part) * ROOM;
      for (let i = 0; i < total.length; i++) total[i]! += vectors[at + i]!;
    }
    return total;
  }
}

/** The range of the `index`-th of some equal shares of `size` things. */
function share(index: number, shares: number, size: number): [from: number, to: number] {
  return [Math.floor((index * size) / shares), Math.floor(((index + 1) * size) / shares)];
}
