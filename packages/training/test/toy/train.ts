import { useEngine } from '@aimle/engine';
import { trainTask } from '../../src/index.js';
import { lineConfig, lineTask } from './lineTask.js';

const [run = '', mode] = process.argv.slice(2);

await useEngine('auto', { report: () => {} });
// Wide enough that writing a checkpoint takes a while.
await trainTask(
  lineTask(),
  { ...lineConfig, inputs: 20_000, epochs: 8 },
  {
    run,
    resume: mode === 'resume',
    checkpointSeconds: 1e-9,
    onEvent: ({ kind }) => {
      if (kind === 'step') process.stdout.write('.');
    },
  },
);
