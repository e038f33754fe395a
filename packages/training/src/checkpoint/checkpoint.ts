import { readSafetensors, writeSafetensors } from '@aimle/datasets';
import type { AdamState } from '@aimle/engine';
import { messageOf } from '../errors.js';
import { type JsonValue, jsonText } from '../json.js';
import type { MeansState, Metrics } from '../metrics/metrics.js';
import type { RunEngine } from '../run/run.js';
import { sha256Of } from '../sha256.js';
import type { TensorValues, Weights } from './weights.js';

const format = 'aimle-checkpoint/1';
const prefixes = { weight: 'weight/', m: 'adam/m/', v: 'adam/v/' };

/** Everything that a run needs to continue, apart from weights and moments: the `state` of a checkpoint. */
export interface Progress {
  readonly task: string;
  /**
   * The settings that it was trained with, without `epochs` and `steps`: a run whose `config.json` has others is neither
   * resumed nor evaluated. Absent in older checkpoints.
   */
  readonly settings?: { readonly [setting: string]: JsonValue };
  /** The engine that computed the weights. */
  readonly engine: RunEngine;
  /** The session's sentence on its data, so that other data is refused when it is resumed or evaluated. */
  readonly data: string;
  readonly stepsPerEpoch: number;
  /** Updates done. */
  readonly step: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  /** The model's adaptive state. */
  readonly model: JsonValue;
  /** Sums over the steps of the current epoch. */
  readonly means: MeansState;
  /** Bytes of `metrics.jsonl` that belong to this checkpoint. */
  readonly metricsLength: number;
  /** Their SHA-256 in hexadecimal, so that a changed line is found when the run is resumed. Absent in older checkpoints. */
  readonly metricsSha256?: string;
  /** Means of the latest closed epoch. */
  readonly train: Metrics | null;
  /** The latest validation. */
  readonly validation: Metrics | null;
  /** The step and validation of the best checkpoint so far. */
  readonly best: { readonly step: number; readonly validation: Metrics } | null;
}

/** What a checkpoint file holds. */
export interface Checkpoint {
  /** Parameters by name. */
  readonly weights: Weights;
  /** What a run continues from; null in a file with weights only, such as one from PyTorch. */
  readonly training: { readonly progress: Progress; readonly adam: AdamState } | null;
}

export async function checkpointBytes(
  weights: Weights,
  progress: Progress,
  adam: AdamState,
): Promise<Uint8Array> {
  const tensors = new Map<string, TensorValues>();
  for (const [name, values] of weights) tensors.set(prefixes.weight + name, values);
  for (const [prefix, moments] of [
    [prefixes.m, adam.m],
    [prefixes.v, adam.v],
  ] as const) {
    for (const [name, data] of moments) tensors.set(prefix + name, { shape: weights.get(name)!.shape, data });
  }
  const state = jsonText({ ...progress, adamStep: adam.step }, 'the state of the run');
  return writeSafetensors(
    new Map([...tensors].map(([name, { shape, data }]) => [name, { dtype: 'F32', shape: [...shape], data }])),
    { format, state, sha256: await digestOf(tensors, state) },
  );
}

/**
 * Reads a checkpoint of a run, or any safetensors file of float32 weights, such as PyTorch users save.
 *
 * If names begin with `weight/`, those are the weights, and tensors under other prefixes are ignored; otherwise every
 * tensor is a weight. A checkpoint of a run carries a SHA-256 of its data and state, which is verified: about
 * 10 ms for each 10 MB.
 *
 * @param bytes The whole file.
 * @param name Its name in messages: the path.
 * @throws An error that names the file when it is truncated, damaged, or holds no float32 weights.
 * @example
 * ```ts
 * import { writeSafetensors } from '@aimle/datasets';
 * import { readCheckpoint } from '@aimle/training';
 *
 * const tensor = { dtype: 'F32', shape: [1, 2], data: new Float32Array([0.5, -1]) } as const;
 * const file = writeSafetensors(new Map([['line.weight', tensor]]));
 * const { weights, training } = await readCheckpoint(file, 'line.safetensors');
 * weights.get('line.weight')?.data; // => [0.5, -1]
 * training; // => null
 * ```
 */
export async function readCheckpoint(bytes: Uint8Array, name: string): Promise<Checkpoint> {
  const { tensors, metadata } = parsed(bytes, name);
  const ofRun = metadata['format']?.startsWith('aimle-checkpoint/') ?? false;
  if (!ofRun) return { weights: weightsIn(tensors, name), training: null };
  if (metadata['format'] !== format) {
    throw new Error(
      `${name} must have the format "${format}", got "${metadata['format']}": it is from another version`,
    );
  }
  const { state = '', sha256 } = metadata;
  if ((await digestOf(tensors, state)) !== sha256) {
    throw new Error(`${name} is damaged: its contents do not match their SHA-256`);
  }
  const { adamStep, ...progress }: Progress & { adamStep: number } = JSON.parse(state);
  const adam = { step: adamStep, m: momentsIn(tensors, prefixes.m), v: momentsIn(tensors, prefixes.v) };
  return { weights: weightsIn(tensors, name), training: { progress, adam } };
}

function parsed(
  bytes: Uint8Array,
  name: string,
): { tensors: Weights; metadata: Readonly<Record<string, string>> } {
  try {
    const { tensors, metadata } = readSafetensors(bytes);
    const weights = new Map<string, TensorValues>();
    for (const [tensor, { dtype, shape, data }] of tensors) {
      if (!(data instanceof Float32Array)) throw new Error(`${tensor} must have dtype F32, got ${dtype}`);
      weights.set(tensor, { shape, data });
    }
    return { tensors: weights, metadata };
  } catch (error) {
    throw new Error(`${name} is damaged or not a safetensors file of float32 tensors: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function weightsIn(tensors: Weights, name: string): Weights {
  const prefixed = under(tensors, prefixes.weight);
  const weights = prefixed.size > 0 ? prefixed : tensors;
  if (weights.size === 0) throw new Error(`${name} holds no weights`);
  return weights;
}

function momentsIn(tensors: Weights, prefix: string): ReadonlyMap<string, Float32Array> {
  return new Map([...under(tensors, prefix)].map(([name, { data }]) => [name, data]));
}

function under(tensors: Weights, prefix: string): Weights {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, values]) => [name.slice(prefix.length), values]),
  );
}

/** Computes the SHA-256, in hexadecimal, of the state and of every tensor's name, shape and bytes, in the order of the names. */
async function digestOf(tensors: Weights, state: string): Promise<string> {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = JSON.stringify([state, sorted.map(([name, { shape }]) => [name, shape])]);
  const parts = [
    new TextEncoder().encode(header),
    ...sorted.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return sha256Of(bytes);
}
