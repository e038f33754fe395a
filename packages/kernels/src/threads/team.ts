import type { Exports } from '../exports.js';
import type { Products } from '../products/products.js';

/**
 * The functions of the modules.
 *
 * @experimental
 */
export type Functions = Omit<Exports, 'firstFreeByte'> & Pick<Products, 'multiply' | 'roomOfProducts'>;

/**
 * The address of room that each thread has for itself.
 *
 * @experimental
 */
export interface Own {
  readonly own: number;
}

/**
 * The kernels as a job calls them: for an address, room of the thread's own may stand.
 *
 * @experimental
 */
export type Calls = {
  readonly [K in keyof Functions]: (...values: OrOwn<Parameters<Functions[K]>>) => void;
};

type OrOwn<Values extends readonly unknown[]> = { [I in keyof Values]: Values[I] | Own };

/**
 * Work that is cut into tasks, of which threads take one after the other.
 *
 * @experimental
 */
export interface Job {
  /** The number of tasks. */
  readonly tasks: number;
  /** Calls that set up a thread, before its first task. */
  readonly setUp?: (calls: Calls) => void;
  /**
   * Makes a task ready: copies in what it needs, and calls its kernels. Runs on the caller's thread, in the order of
   * tasks; the kernels run later, perhaps elsewhere. It may run twice for a task.
   */
  perform(calls: Calls, task: number, slot: number): void;
  /** Copies out what a task has made. In the order of tasks; `result` is what its last call returned. */
  readonly finish?: (task: number, slot: number, result: number) => void;
}

/**
 * Room for a job, in bytes: kept until the next scratch room of the memory.
 *
 * @experimental
 */
export interface Needs {
  /** Arrays that all threads see. */
  readonly shared?: readonly number[];
  /** Arrays that each thread has for itself. */
  readonly own?: readonly number[];
  /** Arrays of a task, which each slot has. */
  readonly slot?: readonly number[];
}

/**
 * The addresses of that room, in the order of its arrays.
 *
 * @experimental
 */
export interface Room {
  readonly shared: readonly number[];
  readonly own: readonly Own[];
  readonly slots: readonly (readonly number[])[];
}

/**
 * The threads that work on a job: the caller's alone, or with others. Every number is the same, as long as tasks touch
 * nothing but their slot, their thread's room, and parts of shared arrays that no other task touches.
 *
 * @experimental
 */
export interface Team {
  readonly threads: number;
  /** Reserves room for a job. */
  reserve(needs: Needs): Room;
  /** Runs a job, whose room was reserved last. */
  run(job: Job): void;
}
