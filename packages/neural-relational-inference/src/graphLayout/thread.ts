import { simulateGraphLayout } from './simulate.js';

/** The code of each thread: simulates parts as they arrive. */
const threads = globalThis.process.getBuiltinModule('node:worker_threads');

threads.parentPort!.on('message', (options: Parameters<typeof simulateGraphLayout>[0]) => {
  const { positions, edges } = simulateGraphLayout(options);
  threads.parentPort!.postMessage({ positions, edges }, [positions.buffer, edges.buffer] as ArrayBuffer[]);
});
