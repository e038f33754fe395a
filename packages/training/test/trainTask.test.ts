import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import {
  evaluateRun,
  InterruptedError,
  memoryStore,
  RequestError,
  type TaskContext,
  type TrainEvent,
  trainTask,
} from '../src/index.js';
import { errorOf, messageOf, timelessMetrics } from './toy/contents.js';
import { lineConfig, lineTask } from './toy/lineTask.js';

async function eventsOf(task = lineTask(), config = lineConfig) {
  const events: TrainEvent[] = [];
  const store = memoryStore('scratch');
  const summary = await trainTask(task, config, { run: store, onEvent: (event) => events.push(event) });
  return { events, store, summary };
}

describe('trainTask', () => {
  it('learns: validation error falls to the noise, and the summary says so', async () => {
    const { summary } = await eventsOf(lineTask(), { ...lineConfig, epochs: 40 });
    expect(summary).toMatchObject({
      task: 'line',
      method: null,
      run: 'scratch',
      seed: 3,
      steps: 200,
      epochs: 40,
      interrupted: false,
      checkpoint: 'best',
    });
    expect(summary.engine).toBe(process.env['AIMLE_ENGINE']);
    expect(summary.metrics.validation?.['mse']).toBeLessThan(0.01);
    expect(summary.metrics.test?.['mse']).toBeLessThan(0.01);
    expect(summary.metrics.train?.['loss']).toBeLessThan(0.05);
    expect(summary.seconds).toBeGreaterThan(0);
  });

  it('reports everything in order, and writes the same lines', async () => {
    const { events, store } = await eventsOf(lineTask(), { ...lineConfig, epochs: 2 });
    const step = Array.from({ length: 5 }, () => 'step');
    const epoch = ['epoch', 'checkpoint', 'checkpoint'];
    expect(events.map(({ kind }) => kind)).toEqual(
      ['start', 'checkpoint', step, epoch, step, epoch, 'test', 'end'].flat(),
    );
    const lines = events.filter(({ kind }) => ['step', 'epoch', 'test'].includes(kind));
    expect(await timelessMetrics(store)).toEqual(
      lines.map((line) => {
        const { seconds, ...rest } = line as TrainEvent & { seconds: number };
        return rest;
      }),
    );
    expect(events[0]).toMatchObject({ task: 'line', parameters: 5, step: 0, steps: 10, stepsPerEpoch: 5 });
  });

  it('logs the mean over an epoch that its steps logged', async () => {
    const { events } = await eventsOf(lineTask(), { ...lineConfig, epochs: 1 });
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    const epoch = events.find((event) => event.kind === 'epoch');
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(epoch?.train['loss']).toBeCloseTo(mean, 10);
    expect(epoch?.train['seen']).toBe(3);
  });

  it('gives every step its own key, which another run repeats', async () => {
    const keysOf = async () => {
      const keys: string[] = [];
      const task = lineTask();
      const prepare: typeof task.prepare = async (config, context) => {
        const session = await task.prepare(config, context);
        const { model } = session;
        const losses = model.losses.bind(model);
        model.losses = (batch, stepKey) => {
          keys.push(String(stepKey));
          return losses(batch, stepKey);
        };
        return session;
      };
      await eventsOf({ ...task, prepare });
      return keys;
    };
    const keys = await keysOf();
    expect(new Set(keys).size).toBe(15);
    expect(await keysOf()).toEqual(keys);
  });

  it('writes the same numbers under the same seed, and others under another', async () => {
    const one = await timelessMetrics((await eventsOf()).store);
    const two = await timelessMetrics((await eventsOf()).store);
    expect(two).toEqual(one);
    const other = await timelessMetrics((await eventsOf(lineTask(), { ...lineConfig, seed: 4 })).store);
    expect(other).not.toEqual(one);
  });

  it('keeps the best checkpoint by the metric, not the last', async () => {
    const scores = [5, 2, 4];
    const { events, summary } = await eventsOf(
      lineTask(() => ({ evaluate: async (split) => ({ mse: split === 'test' ? 7 : scores.shift()! }) })),
    );
    const best = events.flatMap((event) => (event.kind === 'epoch' ? [event.best] : []));
    expect(best).toEqual([true, true, false]);
    expect(summary).toMatchObject({
      checkpoint: 'best',
      metrics: { validation: { mse: 2 }, test: { mse: 7 } },
    });
    expect(events.find((event) => event.kind === 'test')).toMatchObject({ step: 10, epoch: 2 });
  });

  it('tests the weights and the state of the best checkpoint', async () => {
    const seen: number[] = [];
    const scores = [5, 2, 4];
    await eventsOf(
      lineTask(() => ({
        async evaluate(this: import('../src/index.js').Session<unknown>, split) {
          seen.push(this.model.observations()['seen']!);
          return { mse: split === 'test' ? 7 : scores.shift()! };
        },
      })),
    );
    expect(seen).toEqual([5, 10, 15, 10]);
  });

  it('takes the higher value as better where the session says so', async () => {
    const scores = [5, 2, 4];
    const { summary } = await eventsOf(
      lineTask(() => ({
        selection: { metric: 'accuracy', split: 'validation', better: 'higher' },
        evaluate: async () => ({ accuracy: scores.shift() ?? 0 }),
      })),
    );
    expect(summary.metrics.validation).toEqual({ accuracy: 5 });
  });

  it('never takes a value that is not a number for the best', async () => {
    const scores = [Number.NaN, 3, Number.NaN];
    const { summary } = await eventsOf(
      lineTask(() => ({ evaluate: async () => ({ mse: scores.shift() ?? 0 }) })),
    );
    expect(summary.metrics.validation).toEqual({ mse: 3 });
  });

  it('works without validation, test and selection', async () => {
    const { summary, store } = await eventsOf(
      lineTask(() => ({ evaluate: async () => ({}), selection: undefined as never })),
    );
    expect(summary).toMatchObject({ checkpoint: 'last', metrics: { validation: null, test: null } });
    expect(await store.list()).not.toContain('checkpoints/best.safetensors');
  });

  it('follows the test split from epoch to epoch where the session monitors it', async () => {
    const { events } = await eventsOf(
      lineTask(() => ({
        monitor: 'test',
        selection: undefined as never,
        evaluate: async (split) => ({ [split]: 1 }),
      })),
    );
    expect(events.find((event) => event.kind === 'epoch')).toMatchObject({
      validation: null,
      test: { test: 1 },
    });
  });

  it('ends after exactly config.steps, and validates there', async () => {
    const { events, summary } = await eventsOf(lineTask(), { ...lineConfig, epochs: 1, steps: 7 });
    expect(summary).toMatchObject({ steps: 7, epochs: 1 });
    const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [[event.step, event.epoch]] : []));
    expect(epochs).toEqual([
      [5, 1],
      [7, 2],
    ]);
  });

  it('leaves as many tensors after step 1,000 as after step 10', async () => {
    const counts = new Map<number, number>();
    await trainTask(
      lineTask(),
      { ...lineConfig, steps: 1000 },
      {
        run: memoryStore('scratch'),
        onEvent(event) {
          if (event.kind === 'step') counts.set(event.step, tf.memory().numTensors);
        },
      },
    );
    expect(counts.get(10)).toBeGreaterThan(0);
    expect(counts.get(1000)).toBe(counts.get(10));
  });

  it('leaves no tensor behind when it ends, and none when it fails', async () => {
    const before = tf.memory().numTensors;
    await eventsOf();
    expect(tf.memory().numTensors).toBe(before);
    await errorOf(eventsOf(lineTask(), { ...lineConfig, broken: [7, 3] }));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('lets timers run within an epoch, and writes lines for those who watch', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const store = memoryStore('scratch');
    let fired = false;
    let written = 0;
    const longEpoch = lineTask(() => ({ stepsPerEpoch: 21 }));
    await trainTask(
      longEpoch,
      { ...lineConfig, steps: 20 },
      {
        run: {
          ...store,
          async append(path, bytes) {
            await store.append(path, bytes);
            if (path === 'metrics.jsonl' && !fired) written += bytes.length;
          },
        },
        checkpointSeconds: Number.MAX_VALUE,
        onEvent(event) {
          if (event.kind !== 'step') return;
          if (event.step === 1)
            setImmediate(() => {
              fired = true;
            });
          if (event.step === 20) expect(fired).toBe(true);
        },
      },
    );
    clock.mockRestore();
    expect(written).toBeGreaterThan(0);
  });

  it('hands its signal to the preparation, and calls what that then throws an interruption', async () => {
    const stop = new AbortController();
    const download = {
      ...lineTask(),
      prepare: (_: object, { signal }: TaskContext) =>
        new Promise<never>((_, reject) => {
          if (signal === undefined) reject(new Error('no signal came'));
          signal?.addEventListener('abort', () => reject(signal.reason));
          stop.abort();
        }),
    };
    const store = memoryStore('scratch');
    const error = await errorOf(trainTask(download, lineConfig, { run: store, signal: stop.signal }));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.message).toMatch(/^scratch: stopped/);
    expect(error.cause).toBe(stop.signal.reason);
    expect(await trainTask(lineTask(), lineConfig, { run: store })).toMatchObject({ steps: 15 });
  });

  it('calls begin once in a new run, and not in one that is resumed or evaluated', async () => {
    const [task, store, begun] = [lineTask(), memoryStore('scratch'), { times: 0 }];
    const beginning: typeof task = {
      ...task,
      prepare: async (config, context) => ({
        ...(await task.prepare(config, context)),
        begin: async () => {
          begun.times++;
        },
      }),
    };
    await trainTask(beginning, lineConfig, { run: store });
    expect(begun.times).toBe(1);
    await trainTask(
      beginning,
      { ...lineConfig, epochs: lineConfig.epochs + 1 },
      { run: store, resume: true },
    );
    await evaluateRun(beginning, store);
    expect(begun.times).toBe(1);
  });

  it('keeps nothing of a run that was stopped before it began', async () => {
    const [task, store, stop] = [lineTask(), memoryStore('scratch'), new AbortController()];
    let begun = 0;
    const beginning: typeof task = {
      ...task,
      prepare: async (config, context) => {
        const session = await task.prepare(config, context);
        if (begun === 0) stop.abort();
        return {
          ...session,
          begin: async () => {
            begun++;
          },
        };
      },
    };
    const error = await errorOf(trainTask(beginning, lineConfig, { run: store, signal: stop.signal }));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(begun).toBe(0);
    begun = 1;
    await trainTask(beginning, lineConfig, { run: store });
    expect(begun).toBe(2);
  });

  it('disposes of a session that could not begin', async () => {
    const task = lineTask();
    let disposed = 0;
    const failing: typeof task = {
      ...task,
      prepare: async (config, context) => {
        const session = await task.prepare(config, context);
        const dispose = () => {
          disposed++;
          session.dispose();
        };
        return { ...session, dispose, begin: () => Promise.reject(new Error('no good start')) };
      },
    };
    const error = await errorOf(trainTask(failing, lineConfig, { run: memoryStore('scratch') }));
    expect(error.message).toBe('no good start');
    expect(disposed).toBe(1);
  });

  it('leaves an error of the preparation as it is where no signal came', async () => {
    const failing = { ...lineTask(), prepare: () => Promise.reject(new Error('no mirror answers')) };
    const signal = new AbortController().signal;
    const error = await errorOf(trainTask(failing, lineConfig, { run: memoryStore('scratch'), signal }));
    expect(error).not.toBeInstanceOf(InterruptedError);
    expect(error.message).toBe('no mirror answers');
  });

  it.each([
    ['seed', { seed: -1 }, 'line: seed must be an integer in [0, 9007199254740991], got -1'],
    ['epochs', { epochs: 0 }, 'line: epochs must be an integer of at least 1, got 0'],
    ['steps', { steps: 1.5 }, 'line: steps must be an integer of at least 1, or left out, got 1.5'],
    [
      'learningRate',
      { learningRate: Number.NaN },
      'line: learningRate must be a finite number above 0, got NaN',
    ],
    ['adamEpsilon', { adamEpsilon: 0 }, 'line: adamEpsilon must be a finite number above 0, got 0'],
    ['a setting of the task', { inputs: 0 }, 'line: inputs must be an integer of at least 1, got 0'],
  ])('calls a wrong %s a wrong request, and writes nothing', async (_, change, message) => {
    const store = memoryStore('scratch');
    const error = await errorOf(trainTask(lineTask(), { ...lineConfig, ...change }, { run: store }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toBe(message);
    expect(await store.list()).toEqual([]);
  });

  it('names an observation that would hide a field of the line', async () => {
    const task = lineTask();
    const prepare: typeof task.prepare = async (config, context) => {
      const session = await task.prepare(config, context);
      session.model.observations = () => ({ loss: 1 });
      return session;
    };
    expect(await messageOf(eventsOf({ ...task, prepare }))).toMatch(/rename "loss"/);
  });

  it('names the metric when a session selects by one that it does not measure', async () => {
    const message = await messageOf(eventsOf(lineTask(() => ({ evaluate: async () => ({ mae: 1 }) }))));
    expect(message).toMatch(/selects by mse, which its validation does not measure; it measures mae/);
  });
});
