import { describe, expect, it } from 'vitest';
import { checkpointBytes } from '../src/checkpoint/checkpoint.js';
import {
  memoryStore,
  RequestError,
  type RunStore,
  readCheckpoint,
  type TrainEvent,
  trainTask,
} from '../src/index.js';
import { changeConfig, errorOf, messageOf, timelessMetrics, timelessRun } from './toy/contents.js';
import { dyingStore } from './toy/failingStore.js';
import { type LineConfig, lineConfig, lineTask } from './toy/lineTask.js';

const checkpointSeconds = 1e-9; // after every step, so that kills fall on checkpoints inside epochs too
const task = lineTask();

async function uninterrupted(config: LineConfig = lineConfig) {
  const store = memoryStore('scratch');
  await trainTask(task, config, { run: store, checkpointSeconds });
  return timelessRun(store);
}

function stoppedAfter(step: number, store: RunStore, resume: boolean) {
  const stop = new AbortController();
  return trainTask(task, lineConfig, {
    run: store,
    resume,
    signal: stop.signal,
    onEvent(event) {
      if (event.kind === 'step' && event.step === step) stop.abort();
    },
  });
}

describe('a run that is stopped by its signal', () => {
  it('finishes the step, saves, and says that it was interrupted', async () => {
    const store = memoryStore('scratch');
    const summary = await stoppedAfter(7, store, false);
    expect(summary).toMatchObject({ interrupted: true, steps: 7, epochs: 1, metrics: { test: null } });
    expect((await timelessRun(store)).last.state.step).toBe(7);
    expect((await timelessMetrics(store)).at(-1)).toMatchObject({ kind: 'step', step: 7 });
  });

  it('equals an uninterrupted run bit for bit, wherever it was stopped', async () => {
    const expected = await uninterrupted();
    for (let step = 1; step <= 15; step++) {
      const store = memoryStore('scratch');
      await stoppedAfter(step, store, false);
      const summary = await trainTask(task, lineConfig, { run: store, resume: true });
      expect(summary.interrupted, `stopped after ${step}`).toBe(false);
      expect(await timelessRun(store), `stopped after ${step}`).toEqual(expected);
    }
  });

  it('equals an uninterrupted run after it was stopped many times', async () => {
    const store = memoryStore('scratch');
    for (let step = 1; step <= 14; step++) await stoppedAfter(step, store, step > 1);
    await trainTask(task, lineConfig, { run: store, resume: true });
    expect(await timelessRun(store)).toEqual(await uninterrupted());
  });

  it('does no step when the signal came before it began', async () => {
    const run = memoryStore('scratch');
    const summary = await trainTask(task, lineConfig, { run, signal: AbortSignal.abort() });
    expect(summary).toMatchObject({ interrupted: true, steps: 0, metrics: { train: null } });
  });
});

describe('a run that is killed', () => {
  it.each([
    ['killed', 'at the end of an epoch', lineConfig],
    ['killed', 'inside an epoch', { ...lineConfig, steps: 12 }],
    ['power cut', 'inside an epoch', { ...lineConfig, steps: 12 }],
  ] as const)(
    'equals an uninterrupted one at whichever change of its files it died (%s; the run ends %s)',
    async (death, _, config) => {
      const expected = await uninterrupted(config);
      const whole = dyingStore(memoryStore('scratch'), Number.POSITIVE_INFINITY);
      await trainTask(task, config, { run: whole, checkpointSeconds });
      expect(whole.changes).toBeGreaterThan(50);
      for (let change = 0; change < whole.changes; change++) {
        const files = memoryStore('scratch');
        const run = dyingStore(files, change, death);
        const message = await messageOf(trainTask(task, config, { run, checkpointSeconds }));
        expect(message.startsWith(death), `died at change ${change}`).toBe(true);
        const resume = (await files.list()).includes('config.json');
        await trainTask(task, config, { run: files, resume, checkpointSeconds });
        expect(await timelessRun(files), `died at change ${change}`).toEqual(expected);
      }
    },
  );

  it('survives being killed again while it resumes', async () => {
    const expected = await uninterrupted();
    const files = memoryStore('scratch');
    await errorOf(trainTask(task, lineConfig, { run: dyingStore(files, 9), checkpointSeconds }));
    for (let change = 0; change < 40; change++) {
      await errorOf(
        trainTask(task, lineConfig, {
          run: dyingStore(files, change),
          resume: true,
          checkpointSeconds,
        }),
      );
    }
    await trainTask(task, lineConfig, { run: files, resume: true });
    expect(await timelessRun(files)).toEqual(expected);
  });

  it('takes over a folder whose run never reached its first checkpoint', async () => {
    for (const change of [1, 2, 3]) {
      const files = memoryStore('scratch');
      await errorOf(trainTask(task, lineConfig, { run: dyingStore(files, change) }));
      expect(await files.list()).toContain('config.json');
      expect(await files.list()).not.toContain('checkpoints/last.safetensors');
      await trainTask(task, { ...lineConfig, seed: 9 }, { run: files });
      expect((await timelessRun(files)).last.state.step).toBe(15);
    }
  });
});

describe('a run that is resumed after its end', () => {
  it('tests again and changes nothing', async () => {
    const store = memoryStore('scratch');
    const first = await trainTask(task, lineConfig, { run: store });
    const before = await timelessRun(store);
    const again = await trainTask(task, lineConfig, { run: store, resume: true });
    expect(again.metrics).toEqual(first.metrics);
    expect(await timelessRun(store)).toEqual(before);
  });

  it('continues when epochs are raised, as if they always had been that many', async () => {
    const store = memoryStore('scratch');
    await trainTask(task, { ...lineConfig, epochs: 1 }, { run: store });
    await trainTask(task, lineConfig, { run: store, resume: true });
    expect(await timelessRun(store)).toEqual(await uninterrupted());
  });

  it('refuses fewer steps than it has done', async () => {
    const store = memoryStore('scratch');
    await trainTask(task, lineConfig, { run: store });
    const error = await errorOf(trainTask(task, { ...lineConfig, epochs: 1 }, { run: store, resume: true }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/\b15 steps\b.*\b5\b.*; raise epochs or steps$/);
  });
});

describe('a resumption that does not fit', () => {
  async function resumed(change: Partial<LineConfig>, other = task) {
    const store = memoryStore('scratch');
    await stoppedAfter(3, store, false);
    const contents = async () => Promise.all((await store.list()).map((path) => store.read(path)));
    const before = await contents();
    const error = await errorOf(trainTask(other, { ...lineConfig, ...change }, { run: store, resume: true }));
    expect(await contents()).toEqual(before);
    return error;
  }

  it('names the settings that differ', async () => {
    const error = await resumed({ learningRate: 0.1, inputs: 5 });
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/inputs was 4, now 5; learningRate was 0.05, now 0.1;/);
  });

  it('names the setting that was changed in config.json, even if the request agrees with it', async () => {
    const store = memoryStore('scratch');
    await stoppedAfter(3, store, false);
    await changeConfig(store, { learningRate: 0.1 });
    const before = await Promise.all((await store.list()).map((path) => store.read(path)));
    const config = { ...lineConfig, learningRate: 0.1 };
    const error = await errorOf(trainTask(task, config, { run: store, resume: true }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch\/config\.json .*: learningRate was 0\.05, now 0\.1; restore/);
    expect(await Promise.all((await store.list()).map((path) => store.read(path)))).toEqual(before);
  });

  it('continues from a checkpoint that is older than its record of settings', async () => {
    const store = memoryStore('scratch');
    await stoppedAfter(3, store, false);
    const last = 'checkpoints/last.safetensors';
    const { weights, training } = await readCheckpoint((await store.read(last))!, last);
    const { settings, ...older } = training!.progress;
    expect(settings).toMatchObject({ learningRate: 0.05, seed: 3 });
    expect(settings).not.toHaveProperty('epochs');
    await store.write(last, await checkpointBytes(weights, older, training!.adam));
    await trainTask(task, lineConfig, { run: store, resume: true });
    expect(await timelessRun(store)).toEqual(await uninterrupted());
  });

  it('names the task when it is another', async () => {
    const error = await resumed({}, { ...task, name: 'curve' });
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch .*\bline\b.*\bcurve$/);
  });

  it('names the parameters when the architecture has changed', async () => {
    const wider = {
      ...task,
      prepare: () => task.prepare({ ...lineConfig, inputs: 6 }, { folder: '', note() {} }),
    };
    const { message } = await resumed({}, wider);
    expect(message).toBe(
      'scratch/checkpoints/last.safetensors does not fit the model: line.weight must have shape [1, 6], got [1, 4]',
    );
  });

  it('notices that an epoch has another length', async () => {
    const error = await resumed(
      {},
      lineTask(() => ({ stepsPerEpoch: 6 })),
    );
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/5 steps per epoch, and the data now gives 6/);
  });

  it('names the data when it is other', async () => {
    const error = await resumed(
      {},
      lineTask(() => ({ data: 'Other points.' })),
    );
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch was trained on other data: .* "Other points\."/);
  });

  it('finds that the metrics were changed before it changes anything, a damaged checkpoint included', async () => {
    const store = memoryStore('scratch');
    await stoppedAfter(7, store, false);
    const [last, previous] = ['checkpoints/last.safetensors', 'checkpoints/previous.safetensors'];
    await store.write(previous, (await store.read(last))!);
    await store.write(last, (await store.read(last))!.subarray(0, 100));
    const metrics = (await store.read('metrics.jsonl'))!.slice();
    metrics[metrics.indexOf(49)] = 50; // a 1 becomes a 2
    await store.write('metrics.jsonl', metrics);
    const contents = async () => Promise.all((await store.list()).map((path) => store.read(path)));
    const before = await contents();
    const error = await errorOf(trainTask(task, lineConfig, { run: store, resume: true }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/metrics\.jsonl was changed before its byte/);
    expect(await contents()).toEqual(before);
  });

  it('says that there is no run', async () => {
    const message = await messageOf(trainTask(task, lineConfig, { run: memoryStore('empty'), resume: true }));
    expect(message).toMatch(/^empty holds no run/);
  });

  it('says that there is no checkpoint when all are gone', async () => {
    const store = memoryStore('scratch');
    await stoppedAfter(3, store, false);
    const bare = memoryStore('bare');
    for (const path of ['config.json', 'metrics.jsonl']) await bare.write(path, (await store.read(path))!);
    const message = await messageOf(trainTask(task, lineConfig, { run: bare, resume: true }));
    expect(message).toMatch(/^bare .*no checkpoint.*; start a new run$/);
  });
});

describe('what a resumed run reports', () => {
  async function notesAfter(change: (store: RunStore) => Promise<void>) {
    const store = memoryStore('scratch');
    await stoppedAfter(7, store, false);
    await change(store);
    const events: TrainEvent[] = [];
    await trainTask(task, lineConfig, { run: store, resume: true, onEvent: (event) => events.push(event) });
    return {
      notes: events.flatMap((event) => (event.kind === 'note' ? [event.message] : [])),
      start: events.find((event) => event.kind === 'start'),
      record: JSON.parse(new TextDecoder().decode((await store.read('config.json'))!)),
    };
  }

  it('is where it continues from, in the events and in config.json', async () => {
    const { notes, start, record } = await notesAfter(async () => {});
    expect(notes).toEqual([]);
    expect(start).toMatchObject({ step: 7, steps: 15 });
    expect(record).toMatchObject({ step: 0, resumed: [{ step: 7 }] });
  });

  it('is that the engine is another, on which bits may differ', async () => {
    const { notes } = await notesAfter(async (store) => {
      const last = 'checkpoints/last.safetensors';
      const { weights, training } = await readCheckpoint((await store.read(last))!, last);
      const elsewhere = { ...training!.progress, engine: { name: 'abacus', version: '1', threads: 1 } };
      await store.write(last, await checkpointBytes(weights, elsewhere, training!.adam));
    });
    expect(notes).toEqual([expect.stringMatching(/abacus 1 with 1 thread .* only on the same engine\.$/)]);
  });

  it('is that metrics were lost', async () => {
    const { notes } = await notesAfter(async (store) => {
      await store.write('metrics.jsonl', (await store.read('metrics.jsonl'))!.subarray(0, 300));
    });
    expect(notes).toEqual([expect.stringMatching(/^metrics\.jsonl has lost lines/)]);
  });
});
