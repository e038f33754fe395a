import { readSafetensors } from '@aimle/datasets';
import { type RunRecord, type RunStore, readMetrics } from '../../src/index.js';

/** The lines of a run's metrics without their times. */
export async function timelessMetrics(store: RunStore): Promise<object[]> {
  const bytes = await store.read('metrics.jsonl');
  return readMetrics(bytes!).map(({ seconds, ...line }) => line);
}

/** Every tensor of a checkpoint as raw bytes, and its state without the time. */
export async function timelessCheckpoint(store: RunStore, name: 'last' | 'previous' | 'best') {
  const { tensors, metadata } = readSafetensors((await store.read(`checkpoints/${name}.safetensors`))!);
  const { seconds, metricsLength, metricsSha256, ...state } = JSON.parse(metadata['state']!);
  return {
    state,
    tensors: Object.fromEntries(
      [...tensors].map(([tensor, { shape, data }]) => [tensor, { shape: [...shape], bits: bitsOf(data) }]),
    ),
  };
}

/** All that must be equal when a run was resumed and when it was not. */
export async function timelessRun(store: RunStore) {
  return {
    metrics: await timelessMetrics(store),
    last: await timelessCheckpoint(store, 'last'),
    best: await timelessCheckpoint(store, 'best'),
    figures: new TextDecoder().decode((await store.read('figures.json')) ?? undefined),
  };
}

/** Rewrites a run's `config.json`, as a user does in an editor. */
export async function rewriteRecord(store: RunStore, change: (record: RunRecord) => unknown): Promise<void> {
  const record = JSON.parse(new TextDecoder().decode((await store.read('config.json'))!));
  await store.write('config.json', new TextEncoder().encode(JSON.stringify(change(record))));
}

/** Changes settings in a run's `config.json`. */
export function changeConfig(store: RunStore, settings: object): Promise<void> {
  return rewriteRecord(store, (record) => ({ ...record, config: { ...record.config, ...settings } }));
}

function bitsOf(data: ArrayBufferView): number[] {
  return [...new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)];
}

/** The message of the error that the work ends with. */
export async function messageOf(work: Promise<unknown>): Promise<string> {
  return (await errorOf(work)).message;
}

/** The error that the work ends with. */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.then(
    () => new Error('the work did not fail'),
    (error: Error) => error,
  );
  return outcome;
}
