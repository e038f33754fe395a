import type { Worker } from 'node:worker_threads';
import type { WorkerTask } from './workerTask.js';

const source = import.meta.url;

/** Starts a worker's thread. From source, as in our own tests, the thread first registers a TypeScript loader. */
export function startThread(workerData: WorkerTask): Worker {
  const { process } = globalThis;
  const node = process.getBuiltinModule('node:worker_threads');
  // Workers fill the processors: kernels of each need no further threads, unless the user asks for them.
  const env = { ...process.env, AIMLE_THREADS: process.env['AIMLE_THREADS'] ?? '1' };
  if (!source.endsWith('.ts')) return new node.Worker(new URL('thread.js', source), { workerData, env });
  const script = `
    import('${import.meta.resolve('tsx/esm/api')}').then(({ register }) => {
      register();
      return import('${new URL('thread.ts', source)}');
    });
  `;
  return new node.Worker(script, { eval: true, execArgv: ['--conditions=@aimle/source'], workerData, env });
}
