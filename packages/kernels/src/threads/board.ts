/*
 * Where threads meet: words and doubles in the memory that all of them see. Tasks are numbered through all jobs, modulo
 * 2^32, and task t is written in slot t mod `slots`. A thread that has taken a task is the only one to work on it, and
 * its slot does not change before it is done, so what the slot says needs no locks.
 */

/** A function of the module, whose arguments are numbers. */
export type Kernel = (...values: readonly number[]) => number | undefined;

/** The words. */
const PUBLISHED = 0;
const TAKEN = 1;
const READY = 2;
/** Changes from job to job. */
const JOB = 3;
/** One for each slot, from here on: how far its task is. */
const STATUS = 4;

const WAITING = 0;
const DONE = 1;
const FAILED = 2;

/** A call: the number of the kernel, that of its arguments, a bit for each that is the thread's own, the arguments. */
const MAX_ARGUMENTS = 24;
const CALL = 3 + MAX_ARGUMENTS;
const MAX_CALLS = 6;
/** Calls that follow each other: their number, the calls, and the value of the last one. */
const SCRIPT = 1 + MAX_CALLS * CALL + 1;

/** Looks at a word so often before a thread sleeps: some 20 microseconds. */
const PATIENCE = 2000;

/** The first word that is not STATUS, in bytes, and the bytes of a board. */
const doublesAt = (slots: number) => 8 * Math.ceil((STATUS + slots) / 2);
export const bytesOf = (slots: number) => doublesAt(slots) + 8 * (1 + (slots + 1) * SCRIPT);

/** A board, as a thread sees it. */
export class Board {
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #slots: number;
  readonly #thread: number;
  readonly #kernels: readonly Kernel[];
  /** The job that this thread is set up for. */
  #job = 0;

  constructor(
    buffer: ArrayBufferLike,
    at: number,
    slots: number,
    thread: number,
    kernels: readonly Kernel[],
  ) {
    this.#words = new Int32Array(buffer, at, STATUS + slots);
    this.#doubles = new Float64Array(buffer, at + doublesAt(slots), 1 + (slots + 1) * SCRIPT);
    this.#slots = slots;
    this.#thread = thread;
    this.#kernels = kernels;
  }

  /** Starts a job: own addresses of a thread are `stride` bytes behind those of the thread before. */
  open(stride: number): void {
    this.#doubles[0] = stride;
    this.#words[JOB]!++;
    this.#clear(this.#scriptOf(this.#slots));
  }

  /** Writes a call that every thread makes before its first task of the job. */
  writeSetUp(kernel: number, values: readonly number[], own: number): void {
    this.#write(this.#scriptOf(this.#slots), kernel, values, own);
  }

  /** Takes the slot of the next task to be published. */
  prepare(): number {
    const slot = this.#slotOf(this.#words[PUBLISHED]!);
    this.renew(slot);
    return slot;
  }

  /** Forgets what is written in a slot. */
  renew(slot: number): void {
    this.#clear(this.#scriptOf(slot));
    Atomics.store(this.#words, STATUS + slot, WAITING);
  }

  /** Writes a call of the task in a slot. */
  write(slot: number, kernel: number, values: readonly number[], own: number): void {
    this.#write(this.#scriptOf(slot), kernel, values, own);
  }

  /** Lets threads take the task that was prepared, and wakes one. */
  publish(): void {
    Atomics.add(this.#words, PUBLISHED, 1);
    Atomics.notify(this.#words, PUBLISHED, 1);
  }

  /** Takes a task, and returns its slot; -1 where none is left. */
  take(): number {
    for (;;) {
      const task = Atomics.load(this.#words, TAKEN);
      if (task === Atomics.load(this.#words, PUBLISHED)) return -1;
      if (Atomics.compareExchange(this.#words, TAKEN, task, (task + 1) | 0) === task)
        return this.#slotOf(task);
    }
  }

  /** Works on a task that this thread has taken. */
  work(slot: number): void {
    try {
      this.run(slot);
      this.close(slot);
    } catch {
      this.close(slot, FAILED);
    }
  }

  /** Says that nobody is at work on a task any more. */
  close(slot: number, status = DONE): void {
    Atomics.store(this.#words, STATUS + slot, status);
    Atomics.notify(this.#words, STATUS + slot);
  }

  /** Makes the calls of a task. */
  run(slot: number): void {
    if (this.#job !== this.#words[JOB]) {
      this.#runScript(this.#scriptOf(this.#slots));
      this.#job = this.#words[JOB]!;
    }
    this.#runScript(this.#scriptOf(slot));
  }

  isDone(slot: number): boolean {
    return Atomics.load(this.#words, STATUS + slot) === DONE;
  }

  /** Whether somebody may still be at work on the task. */
  isWaiting(slot: number): boolean {
    return Atomics.load(this.#words, STATUS + slot) === WAITING;
  }

  /** The value of the last call of a task. */
  resultOf(slot: number): number {
    return this.#doubles[this.#scriptOf(slot) + SCRIPT - 1]!;
  }

  /** Waits some time until somebody has ended the work on a task, asleep if this thread may. */
  await(slot: number, mayThisSleep: boolean): void {
    for (let i = 0; i < PATIENCE; i++) if (!this.isWaiting(slot)) return;
    if (mayThisSleep) Atomics.wait(this.#words, STATUS + slot, WAITING, 20);
  }

  /** Says that this thread is ready, then works on tasks for ever. */
  serve(): never {
    Atomics.add(this.#words, READY, 1);
    for (;;) {
      const seen = Atomics.load(this.#words, PUBLISHED);
      for (let slot = this.take(); slot >= 0; slot = this.take()) this.work(slot);
      this.#sleep(seen);
    }
  }

  /** How many threads have said that they are ready. */
  ready(): number {
    return Atomics.load(this.#words, READY);
  }

  #sleep(seen: number): void {
    for (let i = 0; i < PATIENCE; i++) if (Atomics.load(this.#words, PUBLISHED) !== seen) return;
    Atomics.wait(this.#words, PUBLISHED, seen);
  }

  #slotOf(task: number): number {
    return task & (this.#slots - 1);
  }

  /** Where a script begins; the one behind the last slot sets a thread up. */
  #scriptOf(slot: number): number {
    return 1 + slot * SCRIPT;
  }

  #clear(script: number): void {
    this.#doubles[script] = 0;
  }

  #write(script: number, kernel: number, values: readonly number[], own: number): void {
    const calls = this.#doubles[script]!;
    if (calls === MAX_CALLS || values.length > MAX_ARGUMENTS) {
      throw new RangeError(`kernels: at most ${MAX_CALLS} calls with ${MAX_ARGUMENTS} arguments in a task`);
    }
    const at = script + 1 + calls * CALL;
    this.#doubles[at] = kernel;
    this.#doubles[at + 1] = values.length;
    this.#doubles[at + 2] = own;
    this.#doubles.set(values, at + 3);
    this.#doubles[script] = calls + 1;
  }

  #runScript(script: number): void {
    const numbers = this.#doubles;
    const shift = this.#thread * numbers[0]!;
    for (let call = 0; call < numbers[script]!; call++) {
      const at = script + 1 + call * CALL;
      const own = numbers[at + 2]!;
      const values = Array.from(numbers.subarray(at + 3, at + 3 + numbers[at + 1]!));
      for (let i = 0; i < values.length; i++) if ((own >>> i) & 1) values[i]! += shift;
      numbers[script + SCRIPT - 1] = this.#kernels[numbers[at]!]!(...values) ?? 0;
    }
  }
}
