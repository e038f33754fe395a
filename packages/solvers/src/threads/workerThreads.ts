/** Finds Node's threads without an import that bundlers for browsers would follow; undefined in a browser. */
export function workerThreads(): typeof import('node:worker_threads') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads');
}
