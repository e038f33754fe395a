import { isDeepStrictEqual } from 'node:util';
import { writeSafetensors } from '@aimle/datasets';
import { key } from '@aimle/random';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointBytes } from '../src/checkpoint/checkpoint.js';
import {
  evaluateRun,
  linear,
  loadWeights,
  memoryStore,
  openCheckpoint,
  RequestError,
  type RunStore,
  readCheckpoint,
  type TrainEvent,
  trainTask,
} from '../src/index.js';
import { messageOf, timelessRun } from './toy/contents.js';
import { lineConfig, lineTask } from './toy/lineTask.js';

const last = 'checkpoints/last.safetensors';

function f32(shape: number[], values: number[]) {
  return { dtype: 'F32' as const, shape, data: Float32Array.from(values) };
}

describe('the checkpoint of a run', () => {
  let store: RunStore;
  let bytes: Uint8Array;

  beforeAll(async () => {
    store = memoryStore('scratch');
    await trainTask(lineTask(), lineConfig, { run: store });
    bytes = (await store.read(last))!;
  });

  it('holds weights, both moments, and the progress', async () => {
    const { weights, training } = await readCheckpoint(bytes, 'last');
    expect([...weights].map(([name, { shape }]) => [name, [...shape]])).toEqual([
      ['line.weight', [1, 4]],
      ['line.bias', [1]],
    ]);
    expect(training?.adam.step).toBe(15);
    expect([...training!.adam.m.keys()]).toEqual(['line.weight', 'line.bias']);
    expect(training?.adam.v.get('line.weight')?.every((square) => square > 0)).toBe(true);
    expect(training?.progress).toMatchObject({ task: 'line', step: 15, model: { seen: 15 } });
  });

  it('is read with 12 MB of adaptive state, of any characters', async () => {
    const { weights, training } = await readCheckpoint(bytes, 'last');
    const model = {
      costs: Array.from({ length: 300_000 }, (_, i) => [`row "${i}"`, `back\\slash\\`, i / 7]),
      text: '\\"{}:'.repeat(1_000_000),
    };
    const large = await checkpointBytes(weights, { ...training!.progress, model }, training!.adam);
    const read = await readCheckpoint(large, 'large');
    // A difference between values this long takes minutes to print.
    expect(isDeepStrictEqual(read.training!.progress.model, model)).toBe(true);
    expect(isDeepStrictEqual(read.weights, weights)).toBe(true);
  });

  it('is known to be damaged, wherever it was cut', async () => {
    for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 40)) {
      const message = await messageOf(readCheckpoint(bytes.subarray(0, length), 'runs/a/last.safetensors'));
      expect(message, `cut to ${length} bytes`).toMatch(/^runs\/a\/last\.safetensors is damaged/);
    }
  });

  it('is known to be damaged, whichever byte was changed', async () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = changed[at]! ^ 0x10;
      const found = await readCheckpoint(changed, 'last').then(
        ({ training }) => training,
        (error: Error) => error,
      );
      // A changed format entry makes it a file of weights only, which no run takes for its own.
      expect(found instanceof Error || found === null, `byte ${at}`).toBe(true);
    }
  });

  it('gives way to the previous one where it is damaged, with a warning, and the run ends the same', async () => {
    const damaged = memoryStore('damaged');
    for (const path of await store.list()) await damaged.write(path, (await store.read(path))!);
    await damaged.write(last, bytes.subarray(0, bytes.length / 2));
    const before = await Promise.all((await damaged.list()).map((path) => damaged.read(path)));
    const warning =
      /^damaged\/checkpoints\/last\.safetensors is damaged.*The previous checkpoint, of step 10, is used\.$/;
    const opened = await openCheckpoint(lineTask(), damaged, 'last');
    expect(opened.training.progress.step).toBe(10);
    expect(opened.warning).toMatch(warning);
    const notes: string[] = [];
    const onEvent = (event: TrainEvent) => event.kind === 'note' && notes.push(event.message);
    await evaluateRun(lineTask(), damaged, { checkpoint: 'last', onEvent });
    expect(notes).toEqual([expect.stringMatching(warning)]);
    expect(await Promise.all((await damaged.list()).map((path) => damaged.read(path)))).toEqual(before);

    await trainTask(lineTask(), lineConfig, { run: damaged, resume: true, onEvent });
    expect(notes[1]).toMatch(warning);
    expect(await timelessRun(damaged)).toEqual(await timelessRun(store));
    for (const name of ['last', 'previous']) {
      const saved = (await damaged.read(`checkpoints/${name}.safetensors`))!;
      expect((await readCheckpoint(saved, name)).training).not.toBeNull();
    }
  });

  it('knows the metrics before it: a changed digit is found when the run is resumed', async () => {
    const changed = memoryStore('changed');
    for (const path of await store.list()) await changed.write(path, (await store.read(path))!);
    const text = new TextDecoder().decode((await store.read('metrics.jsonl'))!);
    const at = text.indexOf('"loss":') + '"loss":'.length;
    const digit = text[at] === '9' ? '8' : '9';
    await changed.write(
      'metrics.jsonl',
      new TextEncoder().encode(text.slice(0, at) + digit + text.slice(at + 1)),
    );
    const longer = { ...lineConfig, epochs: lineConfig.epochs + 1 };
    const error = await trainTask(lineTask(), longer, { run: changed, resume: true }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(RequestError);
    expect(error.message).toMatch(
      /^changed\/metrics\.jsonl was changed .*step 15 ends: its SHA-256 must be \w+, got \w+; restore/,
    );
    await changed.write('metrics.jsonl', new Uint8Array());
    expect((await trainTask(lineTask(), longer, { run: changed, resume: true })).steps).toBe(20);
  });

  it('says so when no other is usable', async () => {
    const damaged = memoryStore('damaged');
    await damaged.write('config.json', (await store.read('config.json'))!);
    await damaged.write(last, bytes.subarray(0, 100));
    const message = await messageOf(trainTask(lineTask(), lineConfig, { run: damaged, resume: true }));
    expect(message).toMatch(/No other checkpoint of this run is usable\. Nothing was changed\.$/);
  });

  it('of another version is refused', async () => {
    const newer = writeSafetensors(new Map([['weight/a', f32([1], [1])]]), { format: 'aimle-checkpoint/2' });
    expect(await messageOf(readCheckpoint(newer, 'last'))).toBe(
      'last must have the format "aimle-checkpoint/1", got "aimle-checkpoint/2": it is from another version',
    );
  });
});

describe('a file of weights from elsewhere', () => {
  const options = { name: 'line', inputs: 2, outputs: 1, key: key(0), init: 'kaiming-uniform' } as const;
  const weight = f32([1, 2], [0.5, -1]);
  const bias = f32([1], [2]);

  async function loaded(tensors: Record<string, ReturnType<typeof f32>>): Promise<number[][]> {
    const { weights, training } = await readCheckpoint(
      writeSafetensors(new Map(Object.entries(tensors))),
      'file',
    );
    expect(training).toBeNull();
    const layer = linear(options);
    try {
      loadWeights(layer.parameters, weights, 'file');
      return [...layer.parameters.values()].map((parameter) => [...parameter.dataSync()]);
    } finally {
      layer.dispose();
    }
  }

  it('loads by name', async () => {
    expect(await loaded({ 'line.bias': bias, 'line.weight': weight })).toEqual([[0.5, -1], [2]]);
  });

  it('loads names under weight/, and leaves tensors under other prefixes aside', async () => {
    const tensors = { 'weight/line.weight': weight, 'weight/line.bias': bias, 'grad_norm/line.bias': bias };
    expect(await loaded({ ...tensors, 'input/x': f32([3], [1, 2, 3]) })).toEqual([[0.5, -1], [2]]);
  });

  it('names what is missing, what is surplus, and what has another shape', async () => {
    const message = await messageOf(loaded({ 'line.weight': f32([2, 1], [0, 0]), 'line.scale': bias }));
    expect(message).toBe(
      'file does not fit the model: line.weight must have shape [1, 2], got [2, 1]; line.bias is missing; ' +
        'line.scale is surplus: the model has no such parameter',
    );
  });

  it('must be float32', async () => {
    const tensors = new Map([['a', { dtype: 'I32' as const, shape: [1], data: Int32Array.of(1) }]]);
    expect(await messageOf(readCheckpoint(writeSafetensors(tensors), 'file'))).toMatch(
      /a must have dtype F32, got I32/,
    );
  });

  it('must hold a tensor', async () => {
    expect(await messageOf(readCheckpoint(writeSafetensors(new Map()), 'file'))).toBe(
      'file holds no weights',
    );
  });
});
