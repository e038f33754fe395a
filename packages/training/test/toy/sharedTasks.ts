import { workerData } from 'node:worker_threads';
import type { Task } from '../../src/index.js';
import { type LineConfig, lineTask, type Points } from './lineTask.js';

/** Whether this is a thread of a team, and not that of the tests. */
const inWorker = workerData?.exportedAs !== undefined;

/** The toy for several workers; `changes` replaces parts of its session. */
function shared(exportedAs: string, changes?: Parameters<typeof lineTask>[0]): Task<LineConfig, Points> {
  return { ...lineTask(changes), parallel: { module: import.meta.url, exportedAs } };
}

export const sharedLine = shared('sharedLine');

function sized(exportedAs: string, sizes: readonly number[]): Task<LineConfig, Points> {
  return shared(exportedAs, (_config, { parts }) => ({
    batch: (epoch, index) => parts!.batch(epoch, index, 0, sizes[index]!),
    parts: { ...parts!, size: (_epoch, index) => sizes[index]! },
  }));
}

/** Batches of 8 instances, but of 1 and 5 later in an epoch. */
export const unevenLine = sized('unevenLine', [8, 8, 1, 5, 8]);

export const pairedLine = sized('pairedLine', [2, 2, 2, 2, 2]);

/** The toy whose workers do something else at the third step, other than this thread. */
function failing(exportedAs: string, fail: () => never): Task<LineConfig, Points> {
  return shared(exportedAs, (_config, { parts }) => ({
    parts: {
      ...parts!,
      batch: (epoch, index, from, to) =>
        index === 2 && inWorker ? fail() : parts!.batch(epoch, index, from, to),
    },
  }));
}

export const exitingLine = failing('exitingLine', () => process.exit(7));

export const throwingLine = failing('throwingLine', () => {
  throw new Error('the third batch is broken');
});

/** The toy whose workers find other data. */
export const otherLine = shared('otherLine', () => (inWorker ? { data: 'Other points.' } : {}));

/** The toy whose workers cannot prepare it. */
export const unpreparedLine: Task<LineConfig, Points> = {
  ...shared('unpreparedLine'),
  async prepare(config, context) {
    if (inWorker) throw new Error('the data is gone');
    return lineTask().prepare(config, context);
  },
};

/** The toy, which refuses one seed. */
export const pickyLine: Task<LineConfig, Points> = {
  ...lineTask(),
  parallel: {
    ...sharedLine.parallel!,
    refusal: ({ seed }) => (seed === 7 ? 'seed 7 looks at the whole batch' : null),
  },
};

/** The toy whose loss is finite, and whose gradient is not. */
export const steepLine = shared('steepLine', (_config, { model }) => ({
  model: {
    parameters: model.parameters,
    losses: (batch, key, part) =>
      model.losses(batch, key, part).add(model.parameters.get('line.bias')!.mul(0).sqrt().sum()),
    observations: () => model.observations(),
    state: () => model.state(),
    restore: (state) => model.restore(state),
  },
}));
