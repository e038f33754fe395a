import { simulateGraphLayout } from './simulate.js';

/** What runs in each thread: simulates the parts that it is given, one after the other. */
const threads = globalThis.process.getBuiltinModule('node:worker_threads');

threads.parentPort!.on('message', (options: Parameters<typeof simulateGraphLayout>[0]) => {
  const { positions, edges } = simulateGraphLayout(options);
  threads.parentPort!.postMessage({ positions, edges }, [positions.buffer, edges.buffer] as ArrayBuffer[]);
});
