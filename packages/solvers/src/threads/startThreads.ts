import type { Recipe } from './recipe.js';
import { startThread, type Thread } from './thread.js';
import { workerThreads } from './workerThreads.js';

/** Starts threads and waits until each has made its solver. They do not keep the process alive. */
export async function startThreads(recipe: Recipe, count: number): Promise<readonly Thread[]> {
  if (count > 0 && typeof SharedArrayBuffer === 'undefined') {
    throw new Error(
      'inThreads: needs SharedArrayBuffer, got a page that is not cross-origin isolated; serve it with the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or use one thread',
    );
  }
  const threads = Array.from({ length: count }, startThread);
  const answers = Promise.all(threads.map(({ ready }) => ready));
  try {
    for (const thread of threads) thread.post({ recipe });
    for (const answer of await answers) if (!answer.ready) throw new Error(answer.reason);
  } catch (cause) {
    for (const thread of threads) thread.stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`inThreads: a thread could not be started: ${reason}`, { cause });
  }
  for (const thread of threads) thread.release();
  return threads;
}

/** The number of threads that can run at once. */
export function processors(): number {
  const { navigator } = globalThis as { readonly navigator?: { readonly hardwareConcurrency?: number } };
  const node = workerThreads() && globalThis.process.getBuiltinModule('node:os');
  return Math.min(256, node?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1);
}
