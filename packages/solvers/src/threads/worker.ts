import { useKernels } from '@aimle/kernels';
import { type Batch, takeChunks } from './batch.js';
import { makeSolver } from './recipe.js';
import type { Answer, Message } from './thread.js';
import { workerThreads } from './workerThreads.js';

/** What runs in each thread: makes its solver once, then takes its share of every batch. */
interface Port {
  onmessage: ((event: { readonly data: Message }) => void) | null;
  postMessage(answer: Answer): void;
}

const port = (workerThreads()?.parentPort ?? globalThis) as unknown as Port;
let solve: (batch: Batch) => void = () => {};

port.onmessage = async ({ data }) => {
  if ('batch' in data) {
    solve(data.batch);
    return;
  }
  try {
    // The threads of this solver are enough.
    await useKernels(true, { threads: 1 });
    const solver = await makeSolver(data.recipe);
    solve = (batch) => takeChunks(solver, batch);
    port.postMessage({ ready: true });
  } catch (error) {
    port.postMessage({ ready: false, reason: error instanceof Error ? error.message : String(error) });
  }
};
