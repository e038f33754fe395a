/** Node's threads, found without an import that bundlers for browsers would follow; nothing in a browser. */
export function workerThreads(): typeof import('node:worker_threads') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads');
}
