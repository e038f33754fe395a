import { useEngine } from '@aimle/engine';
import { trainTask } from '../../src/index.js';
import { lineTask, wideConfig } from './lineTask.js';

const [run = '', mode, dieAt, turns] = process.argv.slice(2);

await useEngine('auto', { report: () => {} });
await trainTask(lineTask(), wideConfig, {
  run,
  resume: mode === 'resume',
  checkpointSeconds: 1e-9, // after every step, so that most of the time a checkpoint is being written
  onEvent: (event) => {
    if (event.kind === 'step' && event.step === Number(dieAt)) dieIn(Number(turns));
  },
});

/** Kills this process after some turns of the event loop: while files are being written, since that takes many. */
function dieIn(turns: number): void {
  if (turns === 0) process.kill(process.pid, 'SIGKILL');
  else setImmediate(dieIn, turns - 1);
}
