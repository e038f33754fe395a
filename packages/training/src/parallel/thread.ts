import { useEngine } from '@aimle/engine';
import type { Task } from '../contracts/session.js';
import { messageOf } from '../errors.js';
import type { JsonValue } from '../json.js';
import { runKeys } from '../loop/prepareSession.js';
import type { Order } from '../loop/stepper.js';
import type { TaskConfig } from '../settings/index.js';
import { TeamFailure } from './barrier.js';
import { Member } from './member.js';
import { putFailure, type TeamMemory, Word } from './teamMemory.js';
import { identityOf, type WorkerTask } from './workerTask.js';

/** The code of each worker: rebuilds the session, then computes its share of every step. */
const threads = globalThis.process.getBuiltinModule('node:worker_threads');

async function work({ index, memory, ...given }: WorkerTask): Promise<void> {
  const { module, exportedAs, engine, config, folder, state } = given;
  await useEngine(engine, { report: () => {} });
  const task = (await import(module))[exportedAs] as Task<TaskConfig, unknown>;
  const session = await task.prepare(config, { folder, note: () => {} });
  session.model.restore(state);
  const member = new Member(memory, index, session, runKeys(config.seed).step);
  threads.parentPort!.postMessage(identityOf(session));
  let order = 0;
  for (let next = orderAfter(order, memory); next !== null; next = orderAfter(++order, memory)) {
    for (let state = stateOf(); state !== undefined; state = stateOf()) session.model.restore(state);
    member.take();
    await member.work(next);
    // Lets finalisers and messages run.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The next adaptive state that the leading thread sent, if any. */
function stateOf(): JsonValue | undefined {
  return threads.receiveMessageOnPort(threads.parentPort!)?.message;
}

/** Waits for the order after that many; null once there are no more. */
function orderAfter(seen: number, { control }: TeamMemory): Order | null {
  while (Atomics.load(control, Word.order) === seen) Atomics.wait(control, Word.order, seen);
  if (Atomics.load(control, Word.stopped) !== 0) return null;
  const word = (at: number): number => Atomics.load(control, at);
  return { epoch: word(Word.epoch), index: word(Word.index), step: word(Word.step) };
}

const given = threads.workerData as WorkerTask;
work(given).catch((error) => {
  if (error instanceof TeamFailure) return;
  putFailure(given.memory, given.index, messageOf(error));
  process.exit(1);
});
