import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Model, memoryStore, RequestError, readFailure, trainTask } from '../src/index.js';
import { errorOf, messageOf, timelessCheckpoint, timelessMetrics, timelessRun } from './toy/contents.js';
import { fillingDisk } from './toy/failingStore.js';
import { batchOf, lineConfig, lineTask, type Points } from './toy/lineTask.js';

const task = lineTask();

describe('a loss that is not finite', () => {
  const broken = { ...lineConfig, broken: [7, 3] as const };

  it('is an error that names the step and the instance', async () => {
    const message = await messageOf(trainTask(task, broken, { run: memoryStore('scratch') }));
    expect(message).toMatch(
      /^step 7 \(epoch 2, batch 2\): the loss is NaN for instance 3, of 8 in the batch/,
    );
    expect(message).toMatch(/The last checkpoint, of step 5, is untouched in scratch\.$/);
  });

  it('leaves the last good checkpoint, and the metrics of the steps before', async () => {
    const store = memoryStore('scratch');
    await errorOf(trainTask(task, broken, { run: store }));
    expect((await timelessCheckpoint(store, 'last')).state.step).toBe(5);
    expect((await timelessMetrics(store)).at(-1)).toMatchObject({ kind: 'step', step: 6 });
  });

  it('is not saved when it is the weights that broke', async () => {
    const store = memoryStore('scratch');
    const vandal = lineTask(() => ({
      async evaluate(this: import('../src/index.js').Session<unknown>) {
        const weight = this.model.parameters.get('line.weight')!;
        weight.assign(weight.mul(Number.NaN));
        return { mse: 1 };
      },
    }));
    const message = await messageOf(trainTask(vandal, lineConfig, { run: store }));
    expect(message).toMatch(/element 0 of the parameter line\.weight is NaN/);
    expect((await timelessCheckpoint(store, 'last')).state.step).toBe(0);
    expect(await store.list()).not.toContain('checkpoints/best.safetensors');
  });
});

describe('what is kept of an error', () => {
  it('is there also where the first step was not reached', async () => {
    const store = memoryStore('scratch');
    const unable = lineTask(() => ({
      async begin() {
        throw new Error('no start was found');
      },
    }));
    expect(await messageOf(trainTask(unable, lineConfig, { run: store }))).toBe('no start was found');
    expect(await readFailure(store)).toEqual({ step: 0, message: 'no start was found' });
    await trainTask(task, lineConfig, { run: store, resume: true });
    expect(await readFailure(store)).toBeNull();
  });

  it.each(['{}', '{"step": "1", "message": "a"}', '{"step": 1}', '[', 'null'])(
    'is nothing in %s',
    async (text) => {
      const store = memoryStore('scratch');
      await store.write('failure.json', new TextEncoder().encode(text));
      expect(await readFailure(store)).toBeNull();
    },
  );
});

describe('a gradient that is not finite while its loss is', () => {
  it('is an error that names the step and the parameter, and the last checkpoint stays', async () => {
    const cliff = tf.variable(tf.zeros([1, 1]), true, 'cliff');
    const model: Model<Points> = {
      parameters: new Map([['cliff', cliff]]),
      losses: ({ x }) =>
        tf
          .matMul(x.slice([0, 0], [-1, 1]), cliff)
          .abs()
          .sqrt()
          .sum<tf.Tensor1D>(1),
      observations: () => ({}),
      state: () => null,
      restore() {},
    };
    const steep = lineTask(() => ({ model }));
    const message = await messageOf(trainTask(steep, lineConfig, { run: memoryStore('scratch') }));
    expect(message).toMatch(/^step 1 \(epoch 1, batch 1\): adam: the gradient of cliff is NaN at element 0/);
    expect(message).toMatch(/The last checkpoint, of step 0, is untouched in scratch\.$/);
    expect(cliff.dataSync()[0]).toBe(0);
    cliff.dispose();
  });
});

describe('an error in the model', () => {
  it('comes with the step that it happened at', async () => {
    const failing = lineTask((config) => {
      let calls = 0;
      return {
        batch(epoch, index) {
          if (++calls === 4) throw new Error('theta of instance 2 is NaN at element 5');
          return batchOf(config, epoch, index);
        },
      };
    });
    const message = await messageOf(trainTask(failing, lineConfig, { run: memoryStore('scratch') }));
    expect(message).toMatch(/^step 4 \(epoch 1, batch 4\): theta of instance 2 is NaN at element 5/);
  });
});

describe('a full disk', () => {
  it('stops the run at its first checkpoint when not even that fits', async () => {
    const disk = fillingDisk(memoryStore('scratch'), 1);
    const message = await messageOf(trainTask(task, lineConfig, { run: disk }));
    expect(message).toMatch(/the disk is full\nNothing was saved yet\.$/);
  });

  it('leaves a good checkpoint, from which the run resumes to the same end', async () => {
    const whole = memoryStore('scratch');
    await trainTask(task, lineConfig, { run: whole });
    for (let writes = 2; writes <= 8; writes++) {
      const good = writes < 8 ? /The last checkpoint, of step \d+, is untouched/ : /done and saved/;
      const files = memoryStore('scratch');
      const message = await messageOf(trainTask(task, lineConfig, { run: fillingDisk(files, writes) }));
      expect(message).toMatch(/the disk is full\n/);
      expect(message).toMatch(good);
      const named = /of step (\d+), is untouched/.exec(message)?.[1] ?? '15';
      expect((await timelessCheckpoint(files, 'last')).state.step, `full after ${writes}`).toBe(+named);
      await trainTask(task, lineConfig, { run: files, resume: true });
      expect(await timelessRun(files), `full after ${writes} writes`).toEqual(await timelessRun(whole));
    }
  });
});

describe('a run directory', () => {
  it('that already holds a run is a wrong request, and stays as it is', async () => {
    const store = memoryStore('scratch');
    await trainTask(task, lineConfig, { run: store });
    const before = await timelessCheckpoint(store, 'last');
    const error = await errorOf(trainTask(task, { ...lineConfig, seed: 8 }, { run: store }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch already holds a run; resume it/);
    expect(await timelessCheckpoint(store, 'last')).toEqual(before);
  });

  it.each([
    ['of another program', '{"compilerOptions":{}}'],
    ['that is not JSON', 'colour = blue'],
    ['that is empty', ''],
  ])('with a config.json %s is a wrong request, and the file stays as it is', async (_, text) => {
    const store = memoryStore('scratch');
    await store.write('config.json', new TextEncoder().encode(text));
    const error = await errorOf(trainTask(task, lineConfig, { run: store }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/^scratch holds a config\.json .*; choose another folder/);
    expect(await store.list()).toEqual(['config.json']);
    expect(new TextDecoder().decode((await store.read('config.json'))!)).toBe(text);
  });

  it('that cannot be written is a wrong request', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aimle-training-'));
    await writeFile(join(folder, 'file'), 'in the way');
    const error = await errorOf(trainTask(task, lineConfig, { run: join(folder, 'file', 'run') }));
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(/a part of that path is a file; choose another folder/);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('in the way');
    await rm(folder, { recursive: true });
  });
});
