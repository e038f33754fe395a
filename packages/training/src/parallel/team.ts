import type { Worker } from 'node:worker_threads';
import { type AdamCoefficients, type AdamState, adam, adamCoefficients, tensorOfCopy } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import type { Session, Task } from '../contracts/session.js';
import { runKeys } from '../loop/prepareSession.js';
import type { Order, Stepper } from '../loop/stepper.js';
import type { StepLosses } from '../loop/trainStep.js';
import type { TaskConfig } from '../settings/index.js';
import { Member } from './member.js';
import { startThread } from './startThread.js';
import { failureIn, putFailure, type TeamMemory, teamMemory, Word } from './teamMemory.js';
import { identityOf, sizeOf, type TeamEngine, type WorkerTask } from './workerTask.js';

/** What a team trains. */
export interface TeamContext<Config extends TaskConfig, Batch> {
  readonly task: Task<Config, Batch>;
  readonly config: Config;
  /** The session of this thread, which leads. */
  readonly session: Session<Batch>;
  readonly workers: number;
  readonly engine: TeamEngine;
  readonly folder: string;
}

/**
 * Workers that share the steps of a run. This thread is the first of them: it hands out steps, computes a part of each
 * batch as the others do, and moves a share of the parameters by Adam, with the bits of `adam`.
 */
export class Team<Batch> implements Stepper {
  readonly #session: Session<Batch>;
  readonly #memory: TeamMemory;
  readonly #member: Member<Batch>;
  readonly #threads: readonly Worker[];
  readonly #options: Pick<AdamCoefficients, 'beta1' | 'beta2' | 'epsilon'>;
  #steps = 0;

  /** Starts the workers, and waits until each has prepared the same session. */
  static async start<Config extends TaskConfig, Batch>(
    context: TeamContext<Config, Batch>,
  ): Promise<Team<Batch>> {
    const team = new Team(context);
    try {
      await team.#ready();
      return team;
    } catch (error) {
      await team.dispose();
      throw error;
    }
  }

  private constructor({ task, config, session, workers, engine, folder }: TeamContext<TaskConfig, Batch>) {
    const memory = teamMemory(workers, sizeOf(session.model.parameters));
    this.#session = session;
    this.#memory = memory;
    this.#member = new Member(memory, 0, session, runKeys(config.seed).step, () => this.#lookAfterThreads());
    this.#options = { beta1: 0.9, beta2: 0.999, epsilon: config.adamEpsilon };
    const { module, exportedAs } = task.parallel!;
    const state = session.model.state();
    this.#threads = Array.from({ length: workers - 1 }, (_, i) => {
      const data: WorkerTask = { index: i + 1, memory, module, exportedAs, engine, config, folder, state };
      return startThread(data);
    });
    for (const [i, thread] of this.#threads.entries()) {
      thread.on('error', (error) =>
        putFailure(memory, i + 1, `worker ${i + 2} of ${workers}: ${error.message}`),
      );
      thread.on('exit', () => this.#lost(i));
    }
  }

  get workers(): number {
    return this.#memory.members;
  }

  async step(order: Order, learningRate: number): Promise<StepLosses> {
    const { coefficients, control } = this.#memory;
    const options = { ...this.#options, learningRate };
    const { beta1, beta2, epsilon, rate, scale } = adamCoefficients(options, this.#steps + 1);
    coefficients.set([beta1, beta2, epsilon, rate, scale]);
    this.#member.give();
    this.#send(order);
    try {
      await this.#member.work(order);
    } catch (error) {
      putFailure(this.#memory, 0, 'another worker failed');
      throw error;
    }
    if (Atomics.load(control, Word.notFinite) !== 0) this.#throwNotFinite();
    this.#steps += 1;
    this.#member.take();
    this.#informIdle(order);
    return this.#losses();
  }

  exportState(): AdamState {
    const { means, squares } = this.#memory;
    const parts = (values: Float32Array) =>
      new Map(this.#places().map(([name, from, to]) => [name, values.slice(from, to)]));
    return { step: this.#steps, m: parts(means), v: parts(squares) };
  }

  importState({ step, m, v }: AdamState): void {
    const { means, squares } = this.#memory;
    for (const [name, from, to] of this.#places()) {
      for (const [saved, values] of [
        [m.get(name), means],
        [v.get(name), squares],
      ] as const) {
        if (saved === undefined) continue;
        if (saved.length !== to - from) {
          throw new RangeError(
            `adam: the state of ${name} has ${saved.length} elements, its parameter ${to - from}`,
          );
        }
        values.set(saved, from);
      }
    }
    this.#steps = step;
  }

  /** Ends the workers. */
  async dispose(): Promise<void> {
    const { control } = this.#memory;
    Atomics.store(control, Word.stopped, 1);
    Atomics.add(control, Word.order, 1);
    Atomics.notify(control, Word.order);
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  async #ready(): Promise<void> {
    const wanted = identityOf(this.#session);
    await Promise.all(
      this.#threads.map(async (thread) => {
        const found = await new Promise<string>((resolve, reject) => {
          thread.once('message', resolve);
          thread.once('exit', () => reject(new Error(failureIn(this.#memory)!)));
        });
        if (found === wanted) return;
        throw new Error(
          `a worker must prepare the same data and network as the run, "${wanted}", got "${found}"`,
        );
      }),
    );
  }

  #send({ epoch, index, step }: Order): void {
    const { control } = this.#memory;
    Atomics.store(control, Word.epoch, epoch);
    Atomics.store(control, Word.index, index);
    Atomics.store(control, Word.step, step);
    Atomics.add(control, Word.order, 1);
    Atomics.notify(control, Word.order);
  }

  /** Gives the adaptive state to workers that had no part of the batch, and so have not learned from it. */
  #informIdle({ epoch, index }: Order): void {
    const { model, parts } = this.#session;
    for (const thread of this.#threads.slice(parts!.size(epoch, index) - 1))
      thread.postMessage(model.state());
  }

  /** Throws the error of {@link adam} for the gradient. The parameters of the model have not moved. */
  #throwNotFinite(): never {
    const { parameters } = this.#session.model;
    const { gradients } = this.#memory;
    const found = new Map<string, tf.Tensor>();
    for (const [name, from, to] of this.#places()) {
      found.set(name, tensorOfCopy(gradients.subarray(from, to), parameters.get(name)!.shape));
    }
    const optimiser = adam({ ...this.#options, learningRate: 1 });
    try {
      optimiser.apply(parameters, found);
    } finally {
      optimiser.dispose();
      tf.dispose([...found.values()]);
    }
    throw new Error('a gradient is not finite');
  }

  /** Where each parameter lies in the shared memory. */
  #places(): [name: string, from: number, to: number][] {
    let at = 0;
    return Array.from(this.#session.model.parameters, ([name, { size }]) => {
      at += size;
      return [name, at - size, at];
    });
  }

  #losses(): StepLosses {
    const { losses, members } = this.#memory;
    let [sum, count] = [0, 0];
    for (let member = 0; member < members; member++) {
      sum += losses[2 * member]!;
      count += losses[2 * member + 1]!;
    }
    return { sum, count };
  }

  /** Notices a worker that ended, although this thread's event loop waits: its loop then tells times that no loop has. */
  #lookAfterThreads(): void {
    for (const [i, thread] of this.#threads.entries()) {
      const { idle, active } = thread.performance.eventLoopUtilization();
      if (idle < 0 || active === 0) this.#lost(i);
    }
  }

  #lost(thread: number): void {
    const workers = this.#memory.members;
    putFailure(
      this.#memory,
      thread + 1,
      `worker ${thread + 2} of ${workers} ended without an error message; it may have run out of memory; resume with fewer workers`,
    );
  }
}
