import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { evaluateRun, memoryStore, RequestError, type RunStore, trainTask } from '../src/index.js';
import { changeConfig, errorOf, messageOf, rewriteRecord } from './toy/contents.js';
import { lineConfig, lineTask } from './toy/lineTask.js';

/** Validation is best after the second of three epochs, whatever the weights. */
const task = lineTask(() => {
  const scores = [5, 2, 4];
  return {
    async evaluate(this: import('../src/index.js').Session<unknown>, split) {
      const [weight] = await this.model.parameters.get('line.weight')!.data();
      return { mse: split === 'test' ? weight! : scores.shift()!, seen: this.model.observations()['seen']! };
    },
  };
});

describe('evaluateRun', () => {
  let store: RunStore;
  let trained: Awaited<ReturnType<typeof trainTask>>;

  beforeEach(async () => {
    store = memoryStore('scratch');
    trained = await trainTask(task, lineConfig, { run: store });
  });

  it('gives the numbers that training ended with', async () => {
    const summary = await evaluateRun(task, store);
    expect(summary.metrics.test).toEqual(trained.metrics.test);
    expect(summary.metrics.validation).toEqual(trained.metrics.validation);
    expect(summary).toMatchObject({
      task: 'line',
      run: 'scratch',
      seed: 3,
      steps: 10,
      epochs: 2,
      checkpoint: 'best',
    });
  });

  it('evaluates the last checkpoint when it is asked for', async () => {
    const summary = await evaluateRun(task, store, { checkpoint: 'last' });
    expect(summary).toMatchObject({
      steps: 15,
      epochs: 3,
      checkpoint: 'last',
      metrics: { validation: { mse: 4 } },
    });
    expect(summary.metrics.test).not.toEqual(trained.metrics.test);
    expect(summary.metrics.test?.['seen']).toBe(15);
  });

  it('changes nothing in the run, and leaves no tensor behind', async () => {
    const contents = async () => Promise.all((await store.list()).map((path) => store.read(path)));
    const before = await contents();
    const tensors = tf.memory().numTensors;
    await evaluateRun(task, store);
    expect(await contents()).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('refuses a run of another task', async () => {
    const error = await errorOf(evaluateRun({ ...task, name: 'curve' }, store));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch .*\bline\b.*\bcurve\b/);
  });

  it('checks the configuration that it reads by the table of the task', async () => {
    await changeConfig(store, { inputs: 0 });
    const error = await errorOf(evaluateRun(task, store));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toBe('line: inputs must be an integer of at least 1, got 0');
  });

  it.each<[Partial<typeof lineConfig>, string]>([
    [{ learningRate: 0.06 }, 'learningRate was 0.05, now 0.06'],
    [{ seed: 4, batchSize: 9 }, 'seed was 3, now 4; batchSize was 8, now 9'],
    [{ broken: [999, 1] }, 'broken was absent, now [999,1]'],
  ])('refuses a config.json in which settings were changed after training: %j', async (change, list) => {
    await changeConfig(store, change);
    for (const checkpoint of ['best', 'last'] as const) {
      const error = await errorOf(evaluateRun(task, store, { checkpoint }));
      expect(error).toBeInstanceOf(RequestError);
      expect(error.message).toBe(
        `scratch/config.json has other settings than scratch/checkpoints/${checkpoint}.safetensors was trained ` +
          `with: ${list}; restore them in config.json, or train a new run with the new ones`,
      );
    }
  });

  it('takes another length, which is no part of what was learned', async () => {
    await changeConfig(store, { epochs: 30, steps: 70 });
    expect((await evaluateRun(task, store)).metrics.test).toEqual(trained.metrics.test);
  });

  it('refuses a config.json that lacks its parts', async () => {
    for (const part of [{ config: null }, { config: [1] }, { task: 3 }, { resumed: {} }]) {
      const before = (await store.read('config.json'))!;
      await rewriteRecord(store, (record) => ({ ...record, ...part }));
      const error = await errorOf(evaluateRun(task, store));
      expect(error).toBeInstanceOf(RequestError);
      expect(error.message).toMatch(/^scratch\/config\.json must have the text "task", the object "config"/);
      await store.write('config.json', before);
    }
  });

  it('refuses other data than the run was trained on, and leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const elsewhere = lineTask(() => ({ data: 'Other points.' }));
    const error = await errorOf(evaluateRun(elsewhere, store));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch .*"Points on a plane, .*"Other points\."/);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('says so when there is no best checkpoint', async () => {
    const plain = memoryStore('plain');
    const unselective = lineTask(() => ({ selection: undefined as never }));
    await trainTask(unselective, lineConfig, { run: plain });
    expect(await messageOf(evaluateRun(unselective, plain, { checkpoint: 'best' }))).toMatch(
      /^plain has no best checkpoint/,
    );
    expect(await evaluateRun(unselective, plain)).toMatchObject({ checkpoint: 'last', steps: 15 });
  });
});
